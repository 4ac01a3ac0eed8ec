"""The pages of a registration in their order: which form each shows, what stands in it, which answers it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from embedded.accounts.models import Person
from embedded.nhsuk.forms import NhsForm
from programmes.access import Scope
from programmes.models import Direction, Organisation, Programme, Residency
from programmes.registration import forms
from programmes.registration.actions import CLOSED_STAGES, ONCE_STARTED

MOST_ANSWERS: Final = 14  # users.md §1: the budget of a first sitting, the idea and the check included
MOST_PAGES: Final = 8
# which days are asked for, by who goes where
DAYS: Final[dict[str, str]] = {
    Direction.ACADEMIC_TO_SERVICE: "How many days a week at the host?",
    Direction.SERVICE_TO_ACADEMIC: "How many days a week at the university?",
    Direction.TWO_WAY: "How many days a week at the other place?",
}


@dataclass(frozen=True)
class Page:
    """One page: its name in the address, its heading, and the fields of the record that it asks for."""

    name: str
    title: str
    form: type[NhsForm]
    fields: tuple[str, ...]
    optional: bool = False


PAGES: Final = (
    Page("idea", "Title and host", forms.IdeaForm, ("title", "site")),
    Page(
        "purpose", "The problem and the decision", forms.PurposeForm, ("problem", "decision", "decision_by")
    ),
    Page(
        "difference",
        "What should be different",
        forms.DifferenceForm,
        ("difference", "how_known", "fairer_for"),
    ),
    Page("dates", "Dates and days", forms.DatesForm, ("planned_start", "planned_end", "days_a_week")),
    Page("topics", "Theme and topics", forms.TopicsForm, ("topics",), optional=True),
    Page(
        "people",
        "People and the academic home",
        forms.PeopleForm,
        (
            "host_manager_name",
            "host_manager_email",
            "academic_supervisor_name",
            "academic_supervisor_email",
            "researcher_name",
            "people_not_known",
        ),
    ),
    Page(
        "money",
        "Money and your reference",
        forms.MoneyForm,
        ("money_who_pays", "money_amount", "money_held_by", "money_cost_code", "money_confirmed"),
        optional=True,
    ),
)


def pages_of(programme: Programme) -> list[Page]:
    """Theme and topics are asked only where the programme has any."""
    has_topics = bool(programme.topics) or programme.themes.exists()
    return [page for page in PAGES if page.name != "topics" or has_topics]


def page_called(programme: Programme, name: str) -> Page | None:
    return next((page for page in pages_of(programme) if page.name == name), None)


def page_after(programme: Programme, page: Page) -> Page | None:
    """The page that follows; None when check answers follows."""
    pages = pages_of(programme)
    after = pages[pages.index(page) + 1 :]
    return after[0] if after else None


def hosts_offered(scope: Scope, programme: Programme, permission: str = "register") -> list[Organisation]:
    """The hosts that somebody chooses from: their own; an empty list means that any may be searched for."""
    if scope.leads_whole(permission, programme) or _leads_a_theme(scope, programme):
        return []
    own = {host.pk: host for host in scope.organisations_for(permission, programme)}
    return list(own.values())


def themes_offered(scope: Scope, programme: Programme) -> list[Any]:
    """The themes of somebody who leads themes and not the whole programme; what they register belongs to one."""
    if scope.leads_whole("register", programme):
        return []
    return [m.theme for m in scope.held if m.programme_id == programme.pk and m.theme is not None]


def may_register(scope: Scope, programme: Programme) -> bool:
    """Whoever would reach what they register: a membership of one residency alone is not enough."""
    return bool(
        scope.leads_whole("register", programme)
        or _leads_a_theme(scope, programme)
        or hosts_offered(scope, programme)
    )


def _leads_a_theme(scope: Scope, programme: Programme) -> bool:
    return bool(themes_offered(scope, programme))


def is_changeable(residency: Residency) -> bool:
    return residency.stage not in CLOSED_STAGES


def is_open(page: Page, residency: Residency) -> bool:
    """Dates and people are agreed once it has started: from then on the end is moved with a reason (V-18), the start
    and the days are corrected with one, and people hand over."""
    return is_changeable(residency) and (page.name not in ONCE_STARTED or residency.started_on is None)


def elsewhere(page: Page, residency: Residency) -> str:
    """The name of the address at which a page's answers change once it has started; "" for none."""
    return ONCE_STARTED.get(page.name, "") if is_changeable(residency) else ""


def form_of(
    page: Page,
    residency: Residency,
    hosts: list[Organisation],
    data: Any = None,
    manager: Person | None = None,
) -> NhsForm:
    """The page's form with what is saved in it; `manager` fills it in as a host manager and need not type who that
    is."""
    extra: dict[str, Any] = {}
    if page.name == "idea":
        own = hosts if residency.lead_host in hosts else []
        extra["hosts"] = own
    if page.name == "people":
        extra["researcher_word"] = residency.programme.researcher_word
    if page.name == "topics":
        extra["programme"] = residency.programme
    initial = saved_in(page, residency, hosts)
    if page.name == "people" and manager is not None:
        initial |= _oneself(residency, manager)
    form = page.form(data, initial=initial, version=residency.version, **extra)
    if page.name == "dates":
        form.fields["days_a_week"].label = DAYS[residency.direction]
    return form


def _oneself(residency: Residency, manager: Person) -> dict[str, str]:
    """The manager's own name and address, while nobody else is named; both can be changed."""
    name = residency.host_manager_name
    is_named = name.casefold() == manager.display_name.casefold()
    if residency.host_manager_email or not (is_named or (not name and not residency.people_not_known)):
        return {}
    return {"host_manager_name": name or manager.display_name, "host_manager_email": manager.email}


def saved_in(page: Page, residency: Residency, hosts: list[Organisation]) -> dict[str, Any]:
    """What the record holds for the fields of a page."""
    saved: dict[str, Any] = {name: getattr(residency, name) for name in page.fields}
    if page.name == "idea":
        host = residency.lead_host
        saved["host"] = str(host.pk) if host in hosts and host else host
    if page.name == "people":
        saved["academic_home"] = next(iter(residency.academic_homes), None)
    if page.name == "money":
        saved["own_reference"] = own_reference(residency)
    if page.name == "topics":
        saved["theme"] = str(residency.theme_id) if residency.theme_id else ""
    return saved


def own_reference(residency: Residency) -> str:
    return next((row.own_reference for row in residency.organisations.all() if row.part == "lead_host"), "")


def answers_of(page: Page, form: NhsForm) -> dict[str, Any]:
    """What a valid form gives, by the names that `save_page` takes."""
    typed = form.cleaned_data
    answers = {name: typed[name] for name in page.fields if name in typed}
    if isinstance(form, forms.IdeaForm):
        answers["host"] = form.host()
    if page.name == "people":
        answers["academic_home"] = typed["academic_home"] or None
    if page.name == "money":
        answers["own_reference"] = typed["own_reference"]
    if "theme" in typed:
        answers["theme_id"] = int(typed["theme"]) if typed["theme"] else None
    return answers
