"""What stands in the trail of events alone as sentences; which readers may be told of which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from embedded.audit.models import Event
from embedded.audit.recording import NOBODY
from embedded.nhsuk.words import start_low
from programmes.course import papers, registered, sentences
from programmes.course.sentences import Line, kept, whole
from programmes.models import (
    AccessKind,
    ClosingKind,
    Condition,
    OrganisationPart,
    Role,
)

Conditions = Mapping[int, Condition]
Told = str | Callable[[Event, Conditions], str]


def event(one: Event, conditions: Conditions, *, inside: bool = True) -> Line:
    """`inside`: the reader may open the registration; others are not told of its money and its addresses."""
    if not inside:
        one.details = registered.for_others(one.details)
    who = one.who
    if one.who == NOBODY:
        who = settings.SERVICE_NAME if one.deed in BY_ITSELF else _by_link(one)
    who += f" for {one.on_behalf_of}" if one.on_behalf_of else ""
    told = DEEDS[one.deed]
    words = told(one, conditions) if callable(told) else told
    at = timezone.localtime(one.at).date()
    return Line(at, whole(f"{who} {words}"))


def _by_link(one: Event) -> str:
    """Whose link it was, where that is known."""
    holder = one.details.get("by_link")
    return f"{holder}, by link," if holder else "Somebody with a link"


def _adopted(one: Event, _: Conditions) -> str:
    return (
        "brought it in" + (" from a file" if one.details.get("from_file") else "") + " while it was running"
    )


def _organisation(words: str) -> Told:
    """`words` with the organisation's name and its part put in."""

    def told(one: Event, _: Conditions) -> str:
        part = dict(OrganisationPart.choices).get(str(one.details.get("part")), "part").lower()
        called = f"an {part}" if part.startswith("a") else f"a {part}"
        return words.format(one.details.get("organisation", "an organisation"), called)

    return told


def _condition_met(one: Event, conditions: Conditions) -> str:
    found = conditions.get(int(one.details.get("condition", 0)))
    on = kept(one.details.get("on"))
    return f"recorded a condition as met on {on}" + (f": {found.what}" if found else "")


def _closing(one: Event, _: Conditions) -> str:
    kind = start_low(str(ClosingKind(one.details["kind"]).label))
    done = one.details.get("done_on")
    return f"recorded on the closing list: {kind}" + (
        f" (done on {kept(done)})" if done else " (not done yet)"
    )


def _asked_when_due(one: Event, _: Conditions) -> str:
    months, again = one.details.get("months"), " once more" if one.details.get("again") else ""
    return f"asked by link what lasted{f' after {months} months' if months else ''}{again}"


def _named(one: Event, _: Conditions) -> str:
    start, end, share = (one.details.get(name) for name in ("start", "end", "wte"))
    about = one.details.get("about")
    words = "made a post" + (f" for {about}" if about else "") + (f" from {kept(start)}" if start else "")
    words += f" to {kept(end)}" if end else ""
    return words + (f", {share} of full time" if share else "")


def _invited(verb: str) -> Callable[[Event, Conditions], str]:
    def words(one: Event, _: Conditions) -> str:
        role = one.details.get("role")
        return f"{verb} the invitation of {one.what}" if role in Role.values else f"{verb} an invitation"

    return words


def _access(one: Event, _: Conditions) -> str:
    kind = start_low(str(dict(AccessKind.choices).get(str(one.details.get("kind")), "a thing")))
    before, after = _ACCESS.get(f"access.{one.details.get('was')}", ""), _ACCESS[one.deed]
    before += _period(one, "period_was")
    between = f" (it was: {before})" if before and before != after else ""
    kind += f" for {one.details['about']}" if one.details.get("about") else ""
    return f"recorded {kind}: {after}{_period(one, 'period')}{between}"


def _thing(verb: str, article: str, thing: str, rest: str = "") -> Told:
    """ "added a project", or "added the project “Falls”" where its name may be told."""

    def told(one: Event, _: Conditions) -> str:
        about = one.details.get("about")
        return f"{verb} the {thing} “{about}”{rest}" if about else f"{verb} {article} {thing}{rest}"

    return told


def _period(one: Event, name: str) -> str:
    """ ", from 5 March 2026 to 4 March 2027": what a renewed permission covered before is kept here alone."""
    begins, ends = one.details.get(name) or (None, None)
    words = [f"from {kept(begins)}"] if begins else []
    words += [f"{'to' if begins else 'until'} {kept(ends)}"] if ends else []
    return f", {' '.join(words)}" if words else ""


_ACCESS: Final = {
    "access.item_added": "needed",
    "access.owner_asked": "its owner was asked by link",
    "access.link_sent_again": "its owner got a fresh link",
    "access.required": "needed",
    "access.requested": "asked for",
    "access.in_progress": "being dealt with",
    "access.in_place": "in place",
    "access.not_required": "not needed",
    "access.problem": "there is a problem",
    "access.refused": "refused",
    "access.revoked": "ended",
}
FOR_ALL: Final[dict[str, Told]] = {
    "residency.registration_saved": registered.registration,
    "residency.confirmed_by_manager": "confirmed the registration",
    "residency.manager_asked_again": "asked the host manager once more to confirm the registration",
    "residency.copied": "copied it from an earlier one",
    "residency.adopted": _adopted,
    "residency.person_named": _named,
    "residency.organisation_added": _organisation("added {} as {}"),
    "residency.organisation_changed": _organisation("changed the reference of {}, {}"),
    "residency.organisation_leads": _organisation("made {} the lead host"),
    "residency.organisation_removed": _organisation("took {} out as {}"),
    "residency.steering_saved": registered.steering,
    "shelf_link.added": _thing("put", "a", "link", " on the shelf"),
    "shelf_link.removed": "took a link off the shelf",
    "residency.started_without_permission": "started it without a permission to be on site; the reason is kept "
    "with the post",
    "condition.met": _condition_met,
    "placement.accepted": "accepted the post",
    "closing.recorded": _closing,
    "looking_back.asked": "asked somebody by link what lasted",
    "looking_back.asked_when_due": _asked_when_due,
    "looking_back.answered": "said what lasted",
    "supervision.recorded": "recorded a meeting of supervision",
    "supervision.changed": "changed the record of a meeting of supervision",
    "scope_change.recorded": "recorded a change of scope",
    "agreed_shares.recorded": "recorded what the time is for",
    "project.added": _thing("added", "a", "project"),
    "project.changed": _thing("changed", "a", "project"),
    "partner.added": "added a partner to a project",
    "contribution.recorded": "recorded what a partner contributed",
    "contribution.agreed_on_behalf": "read back to a partner what they contributed, and they agreed",
    "use.recorded": "recorded a use in a decision",
    "use.confirmation_asked": "asked somebody by link to confirm a use in a decision",
    "use.confirmed": "confirmed a use in a decision",
    "bite.saved": "saved the two-page summary of a project",
    "case.published": "published a case study",
    **papers.OF_THE_JOB_DESCRIPTION,
}
FOR_THE_TEAM: Final[dict[str, Told]] = {
    "invitation.made": _invited("made"),
    "invitation.accepted": _invited("accepted"),
    "invitation.declined": _invited("declined"),
    "invitation.withdrawn": _invited("withdrew"),
    "invitation.sent_again": _invited("sent again"),
    "invitation.link_copied": _invited("took a link, to send it on, to"),
    "shelf_link.added": _thing("put", "a", "link", " on the shelf"),
    "shelf_link.removed": "took a link off the shelf",
}
OF_ACCESS: Final[dict[str, Told]] = {
    **dict.fromkeys(_ACCESS, _access),
    "access.question_answered": "answered whether the permission of a post covers the work",
}
OF_THE_PLAN: Final[dict[str, Told]] = {**papers.OF_THE_PLAN}
OF_AGREEMENTS: Final[dict[str, Told]] = {**papers.OF_AGREEMENTS}
BY_ITSELF: Final = ("looking_back.asked_when_due",)  # nobody pressed
DEEDS: Final = FOR_ALL | FOR_THE_TEAM | OF_ACCESS | OF_THE_PLAN | OF_AGREEMENTS
TELL: Final[dict[str, Callable[[Any], Line]]] = {
    "end": sentences.end,
    "post": sentences.post,
    "part": sentences.part,
    "correction": sentences.correction,
}
