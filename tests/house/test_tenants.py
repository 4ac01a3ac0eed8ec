"""Another tenant's objects do not exist for us (P3): their numbers and codes in addresses, forms and questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client

from embedded.accounts.models import Person
from embedded.open_pages import BY_SIGNED_LINK, OPEN
from programmes.models import (
    Away,
    Contribution,
    Partner,
    PeerSetMember,
    Placement,
    PlannedEntry,
    Project,
    Residency,
    Role,
    Theme,
)
from tests.house.addresses import NUMBERED, Things, address_of, our_names, parts_of, things_in
from tests.house.live import live_links
from tests.house.presses import NAMES, press_of
from tests.house.pressing import undone
from tests.house.shapes import Ids, known_ids, our_models
from tests.house.tables import WRITTEN_BY_READING, changed, digests
from tests.house.tenants import CANARY, SHARED, Tenant, full_tenant
from tests.world import World, make_world

SCRIPT = {"hx-request": "true"}
# whose doors are tried every day; all of them are in the full run
TRIED = ("programme_lead", "theme_lead", "host_manager", "rd_office", "researcher")
UNTOLD = {*WRITTEN_BY_READING, "drafts_formkey"}
GONE = (404, 405)  # 405: nothing can be sent there, whatever it is


@dataclass
class Two:
    """Our programme, and theirs, full."""

    ours: Things
    theirs: Tenant

    @property
    def world(self) -> World:
        return self.ours.world


@pytest.fixture
def two(world: World) -> Two:
    ours = things_in(world, "ours")
    known = known_ids()
    return Two(ours, full_tenant(make_world(), known))


def words_of(answer: Any) -> bytes:
    content = b"".join(answer) if answer.streaming else answer.content
    return content + str(dict(answer.headers)).encode()


def test_p3_their_tenant_is_full(two: Two) -> None:
    """Every table of a tenant's has rows of theirs, and the word stands in hundreds of texts."""
    for model in apps.get_app_config("programmes").get_models():
        if model not in SHARED:
            assert two.theirs.numbers(model), f"nothing of theirs in {model.__name__}"
    assert two.theirs.told > 300
    lead = two.theirs.things.world.client("programme_lead")
    assert CANARY.encode() in words_of(lead.get(address_of("residency", two.theirs.things)))


def their_addresses(name: str, two: Two) -> Iterator[tuple[str, bool]]:
    """Addresses of that name that hold something of theirs, and whether the place in them is theirs: their slug with
    their code, each of them mixed with ours, and every number of theirs under our own place."""
    parts, ours, theirs = parts_of(name), two.world, two.theirs.things.world
    here, there = ours.programme.slug, theirs.programme.slug
    if "code" in parts:
        places = [(there, theirs.residency.code), (here, theirs.residency.code), (there, ours.residency.code)]
    else:
        places = [(there, "")] if "slug" in parts else []
    numbers = numbers_of(name, two)
    for slug, code in places:
        yield address_of(name, two.ours, slug=slug, code=code, pk=numbers[0]), True
    for number in numbers if name in NUMBERED else []:
        yield address_of(name, two.ours, pk=number), False


def numbers_of(name: str, two: Two) -> list[int]:
    """Of whatever the number in an address of that name counts."""
    if name not in NUMBERED:
        return [1]
    return two.theirs.numbers(type(getattr(two.theirs.things, NUMBERED[name])))


def object_names() -> list[str]:
    """Addresses that hold something of a programme's."""
    found = [name for name in our_names() if name not in OPEN and parts_of(name) & {"slug", "code", "pk"}]
    return [name for name in found if not name.startswith(("guidance", "account"))]


def test_p3_every_id_of_theirs_is_a_404_to_every_role_of_ours(
    two: Two, request: pytest.FixtureRequest
) -> None:
    """By GET and by POST, every other one as a script asks; nothing is written and no word of theirs is read."""
    roles = list(Role.values) if request.config.option.full else TRIED
    probes, wrong = 0, []
    headers = cycle(({}, SCRIPT))
    for role in roles:
        browser = two.world.client(
            role
        )  # signed in when its turn comes: nobody sits idle for the half hour of P17
        before = digests(UNTOLD)
        for name in object_names():
            for address, wholly_theirs in their_addresses(name, two):
                empty = {"press": "withdraw", "form_key": ""}
                for answer in (
                    browser.get(address, headers=next(headers)),
                    browser.post(address, empty, headers=next(headers)),
                ):
                    probes += 1
                    # in our own place 403 comes before any number is looked at
                    fits = answer.status_code in GONE or (answer.status_code == 403 and not wholly_theirs)
                    if not fits or CANARY.encode() in words_of(answer):
                        wrong.append(f"{role}: {answer.wsgi_request.method} {address}: {answer.status_code}")
        assert not changed(before, digests(UNTOLD)), role
    assert wrong == []
    assert probes >= 1_500, probes


# press, field, what its number counts, how the value is written; each is a choice that the page offers by number
FIELDS: tuple[tuple[str, str, type[models.Model], str], ...] = (
    ("access", "placement", Placement, "{}"),
    ("adopt", "theme", Theme, "{}"),
    ("away", "remove", Away, "{}"),
    ("calendar_ticks", "tick", PlannedEntry, "{}"),
    ("contribution_add", "partner", Partner, "{}"),
    ("diary_share", "named", Person, "{}"),
    ("diary_share", "readers", Person, "person-{}"),
    ("invite", "residency", Residency, "{}"),
    ("invite", "theme", Theme, "{}"),
    ("log", "named", Person, "{}"),
    ("log", "project", Project, "{}"),
    ("log", "readers", Person, "person-{}"),
    ("log_entry", "named", Person, "{}"),
    ("log_entry", "project", Project, "{}"),
    ("log_entry", "readers", Person, "person-{}"),
    ("log_file_columns", "residency", Residency, "{}"),
    ("log_share", "named", Person, "{}"),
    ("log_share", "readers", Person, "person-{}"),
    ("log_waiting", "named", Person, "{}"),
    ("log_waiting", "project", Project, "{}"),
    ("log_waiting", "readers", Person, "person-{}"),
    ("partner_add", "partner", Partner, "{}"),
    ("peer_meeting", "attended", Person, "{}"),
    ("peer_meeting_new", "attended", Person, "{}"),
    ("peer_set_members", "leave", PeerSetMember, "{}"),
    ("peer_set_members", "person", Person, "{}"),
    ("registration_page", "theme", Theme, "{}"),
    ("reports", "about", Theme, "{}"),
    ("request_change", "project", Project, "{}"),
    ("request_new", "project", Project, "{}"),
    ("use_new", "project", Project, "{}"),
)
NOTE = {"note": "For you"}
BEFORE_IT: dict[str, dict[str, str]] = {"named": {"readers": "people"} | NOTE, "readers": NOTE}


def forged(name: str, field: str, two: Two) -> Any:
    """The press, at the page of its address on which the field is asked."""
    press = press_of(name, two.ours).typing(**BEFORE_IT.get(field, {}))
    address = press.address
    if name == "invite":
        role = {"residency": "academic_supervisor", "theme": "theme_lead"}[field]
        address = address.partition("?")[0] + f"?role={role}"
    if name == "registration_page":
        address = address.replace("/purpose/", "/topics/")
    return type(press)(press.who, address, press.typed, press.lands)


def test_p3_their_numbers_in_our_forms_are_no_choice(two: Two, times: Any) -> None:
    """Each is answered as a number that nobody has: nothing of ours ever points at anything of theirs."""
    sent = 0
    for name, field, model, written in FIELDS:
        press = forged(name, field, two)
        for role in {press.who, "programme_lead"}:
            browser = two.world.client(role)
            for number in two.theirs.numbers(model)[-times(2, 100) :]:
                sent += 1
                with transaction.atomic():
                    answer = press.typing(**{field: written.format(number)}).send(browser)
                    assert CANARY.encode() not in words_of(answer), f"{role} reads {model.__name__} {number}"
                    assert crossing(two.theirs.ids) == [], f"{role} takes {model.__name__} {number}"
                    transaction.set_rollback(True)
                assert answer.status_code in (200, 403, 404) or nothing_taken(name, answer), (
                    f"{name}, {field}"
                )
    assert sent >= len(FIELDS) * 2


def nothing_taken(name: str, answer: Any) -> bool:
    """These pages lead on and say what to choose; a field that a page does not ask for is passed over."""
    return name in ("access", "invite", "registration_page", "reports") and answer.status_code == 302


def crossing(theirs: Ids) -> list[str]:
    """Every row that is not theirs and points at one that is. The directory of organisations is everybody's."""
    found = []
    for model in our_models():
        if model._meta.app_label == "audit":
            continue
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            other = field.related_model
            if other in SHARED or not isinstance(other, type) or not theirs.get(other):
                continue
            rows = model._default_manager.exclude(pk__in=theirs[model])
            for pk in rows.filter(**{f"{field.name}__in": theirs[other]}).values_list("pk", flat=True):
                found.append(f"{model.__name__} {pk}: {field.name}")
    return found


def test_p3_the_look_across_sees_a_row_that_points_at_theirs(two: Two) -> None:
    assert crossing(two.theirs.ids) == []
    taken = Contribution.objects.filter(pk=two.ours.contribution.pk)
    taken.update(partner=two.theirs.numbers(Partner)[0])
    assert crossing(two.theirs.ids) == [f"Contribution {two.ours.contribution.pk}: partner"]


def test_p3_every_choice_by_number_that_a_page_offers_is_tried_above(two: Two) -> None:
    """Reads the pages of all presses: a list of numbers that is not in FIELDS turns this red."""
    tried = {(name, field) for name, field, _, _ in FIELDS}
    # the directory's, offered by `scheme:code` or by number: everybody's, so there is nothing of anybody else's in it
    # duties and paragraphs are numbered within the one text that the page is about, columns within a file; the days of
    # a token are days, and the editions of a document are everybody's
    shared = {"host", "organisation", "at", "parties", "duties", "parts", "days", "edition"}
    untried = set()
    for name in NAMES:
        with undone(two.ours):
            press = press_of(name, two.ours)
            page = press.by(two.ours).get(press.address).content.decode()
        choices = re.findall(
            r'<input[^>]*?name="([\w-]+)" type="(?:radio|checkbox)" value="(?:person-)?\d+"', page
        )
        for select, options in re.findall(r'<select[^>]*?name="([\w-]+)".*?>(.*?)</select>', page, re.DOTALL):
            if re.search(r'<option value="\d+"', options):
                choices.append(select)
        untried |= {
            (name, field) for field in choices if field not in shared and not field.endswith("_at")
        } - tried
    assert sorted(untried) == [], "these are offered by number and not tried"


QUESTIONS = (
    "dashboard",
    "figures",
    "figure_csv",
    "invite",
    "mix_csv",
    "organisations",
    "people_on_site",
    "people_on_site_csv",
    "reports",
    "residencies",
    "team",
)


def test_p3_no_question_finds_anything_of_theirs(two: Two, request: pytest.FixtureRequest) -> None:
    """Filters, searches, look-ups and tables to take away, asked for their numbers, names and words."""
    theirs = two.theirs
    asked = [
        {"theme": str(theirs.numbers(Theme)[0])},
        {"host": str(theirs.things.world.host.pk)},
        {"residency": str(theirs.numbers(Residency)[0]), "role": "academic_supervisor"},
        {"q": CANARY},
        {"q": theirs.things.world.residency.code},
        {"q": str(theirs.numbers(Person)[0]), "stage": "running"},
        {"page": "2", "programme": str(theirs.things.world.programme.pk)},
    ]
    headers = cycle(({}, SCRIPT, {"accept": "application/json"}, {}))
    for role in Role.values if request.config.option.full else ("programme_lead", "host_manager", "funder"):
        browser = two.world.client(role)
        for name in QUESTIONS:
            for query in asked:
                answer = browser.get(address_of(name, two.ours), query, headers=next(headers))
                assert answer.status_code in (200, 302, 403, 404), f"{name} {query}: {answer.status_code}"
                assert not reads_theirs(answer), f"{role}: {name} {query}"


def reads_theirs(answer: Any) -> bool:
    """Whether a text of theirs stands in it: the word alone is what was asked, and is said back."""
    return bool(re.search(rf"{CANARY}( [a-z]|[.]\d)".encode(), words_of(answer)))


def test_p3_a_filter_for_theirs_is_as_if_it_had_not_been_asked(two: Two) -> None:
    lead = two.world.client("programme_lead")
    for name in ("mix_csv", "figure_csv"):
        address = address_of(name, two.ours)
        plain = words_of(lead.get(address))
        for query in ({"theme": two.theirs.numbers(Theme)[0]}, {"host": two.theirs.things.world.host.pk}):
            assert words_of(lead.get(address, query))[:200] == plain[:200]


def test_p3_a_live_link_opens_nothing_but_what_it_is_for(two: Two) -> None:
    """Each of ours and of theirs at each of the other doors that links open."""
    for things in (two.ours, two.theirs.things):
        found = live_links(things)
        for name, address in found.items():
            token = address.rstrip("/").rpartition("/")[2]
            for other in BY_SIGNED_LINK - {name}:
                door = address_of(other, two.ours, token=token)
                for answer in (Client().get(door), Client().post(door, {"form_key": ""})):
                    assert answer.status_code == 410, f"a link for {name} opens {other}"
                    assert CANARY.encode() not in words_of(answer)
