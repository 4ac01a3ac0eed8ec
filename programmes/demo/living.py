"""What is done while a pretend residency runs: access, people, projects, the log, uses, and how it ends."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from embedded.accounts.models import Person
from programmes.coproduction import actions as coproduction
from programmes.course import actions as course
from programmes.course import corrections
from programmes.demo import cast
from programmes.demo.at_table import plan_it
from programmes.demo.on_paper import put_on_paper
from programmes.demo.plot import ProjectStory, Story, UseStory
from programmes.demo.rhythm import moments
from programmes.demo.teller import Teller, bring_in
from programmes.demo.tells_calendars import tell_calendars
from programmes.demo.tells_cases import tell_cases
from programmes.demo.tells_diary import tell_diary
from programmes.demo.tells_focus import tell_focus
from programmes.demo.tells_logging import tell_logging
from programmes.demo.tells_weeks import tell_weeks
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.evidence import actions as evidence
from programmes.lifecycle import take_step
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessKind,
    AccessState,
    LateReason,
    Partner,
    Placement,
    Project,
    Residency,
    Role,
)
from programmes.onboarding import clearing
from programmes.stewardship import actions as stewardship

Tell = Callable[[Teller, Residency, Person], None]
# what each room of the log tells of a residency that runs, through its own deeds
TELLS: Sequence[Tell] = (tell_calendars, tell_diary, tell_focus, tell_logging, tell_weeks, tell_cases)
ISSUERS = {"letter_of_access": "R&D office", "research_passport": "R&D office"}
OFFICES = (
    (LEGAL_PERMISSIONS, "R&D office", "research"),
    ((AccessKind.IT_ACCOUNT, AccessKind.SMARTCARD), "IT service desk", "it"),
    ((AccessKind.BADGE, AccessKind.BUILDING_ACCESS, AccessKind.DESK), "Estates", "estates"),
)
TROUBLE = "The form names no line manager, so the account cannot be made"


def _who_sees_to(item: AccessItem, manager: Person) -> tuple[str, str]:
    """The office of the host and its address; a permission at the hospital whose R&D manager we know is his."""
    at_host = manager.email.rpartition("@")[2]
    if item.kind in ISSUERS and cast.RD_OFFICER.email.endswith(at_host):
        return cast.RD_OFFICER.name, cast.RD_OFFICER.email
    office, mailbox = next((one for kinds, *one in OFFICES if item.kind in kinds), ("HR", "hr"))
    return office, f"{mailbox}@{at_host}"


def settle_access(teller: Teller, story: Story, placement: Placement, manager: Person) -> None:
    """Each access item as the story says it stands."""
    stands = dict(story.stands)
    for item in placement.access_items.all():
        how = stands.get(item.kind)
        if item.kind not in stands or how == "missing":
            continue
        issued = placement.start - datetime.timedelta(days=20)
        standing = clearing.Standing(AccessState.REQUESTED)
        if how not in ("asked", "problem"):
            standing = clearing.Standing(
                AccessState.IN_PLACE,
                issued_on=min(issued, teller.today),
                issuer=ISSUERS.get(item.kind, ""),
                reference=f"D-{placement.pk:03}-{item.pk:04}" if item.kind in ISSUERS else "",
                expires_on=teller.day(how) if isinstance(how, int) else None,
            )
        owner, address = _who_sees_to(item, manager)
        clearing.record_item(
            item=item,
            standing=standing,
            by=manager,
            version=item.version,
            owner_name=owner,
            owner_email=address,
            due=placement.start,
        )
        if how == "problem":
            trouble = clearing.Standing(AccessState.PROBLEM, reason=TROUBLE)
            clearing.answer(item=item, standing=trouble, version=item.version)


def live_it(teller: Teller, story: Story, residency: Residency) -> None:
    """What is done while it runs: people join, projects, the log, uses."""
    researcher = teller.person(story.researcher)  # type: ignore[arg-type]
    if story.researcher == cast.RESEARCHER:
        bring_in(teller, cast.PARTNER, Role.PUBLIC_PARTNER, residency, teller.day(story.start))
        plan_it(teller, residency)
        put_on_paper(teller, residency)
    _steer(teller, story, residency)
    projects = {one.title: _add_project(teller, residency, one, researcher) for one in story.projects}
    _log(teller, story, residency, researcher, list(projects.values()))
    for use in story.uses:
        _record_use(teller, residency, use, researcher, projects.get(use.project))
    for tell in TELLS:
        tell(teller, residency, researcher)


def _steer(teller: Teller, story: Story, residency: Residency) -> None:
    """Who guides it and who stands behind it; some residencies have not said."""
    if not story.group:
        return
    ending = None
    if story.exit_plan:
        ending = stewardship.Ending(
            decision="ends", decided_on=teller.day(story.exit_plan), exit_plan_on=teller.day(story.exit_plan)
        )
    stewardship.record_steering(
        residency=residency,
        steering=stewardship.Steering(
            guiding_group=story.group,
            public_partners=story.public_partners,
            sponsor_name=story.sponsor,
            sponsor_left_on=teller.day(story.sponsor_left) if story.sponsor_left else None,
        ),
        ending=ending,
        version=residency.version,
        by=teller.person(story.manager),
        on=teller.day(story.start + 40),
    )
    if story.navigator:
        first = teller.day(story.start)
        course.change_part(
            residency=residency,
            part="navigator",
            name=story.navigator,
            on=first,
            by=teller.person(story.manager),
            today=first,
            at=teller.at(first),
            version=residency.version,
        )
        corrections.correct(
            residency=residency,
            started_on=first - datetime.timedelta(days=1),
            days_a_week=residency.days_a_week,
            why="The induction was the day before, and counts",
            by=teller.person(story.manager),
            on=first + datetime.timedelta(days=14),
            version=residency.version,
        )


def _add_project(teller: Teller, residency: Residency, story: ProjectStory, by: Person) -> Project:
    on = teller.day(story.started)
    known = story.classification != "not_yet_classified"
    project = coproduction.add_project(
        residency=residency,
        words=coproduction.ProjectWords(
            title=story.title,
            question=story.question,
            stage=story.stage,
            started_on=on,
            classification=story.classification,
            classified_by_name=f"{cast.RD_OFFICER.name}, R&D office" if known else "",
            classification_kept_at="Register of the R&D office" if known else "",
        ),
        by=by,
        on=on,
    )
    partners = {name: _add_partner(teller, project, name, kind, by, on) for name, kind in story.partners}
    for partner, stage, mode, said, day, changed in story.contributions:
        coproduction.add_contribution(
            project=project,
            partner=partners[partner],
            stage=stage,
            mode=mode,
            on=teller.day(day),
            description=said,
            what_changed=changed,
            by=by,
        )
    return project


def _add_partner(
    teller: Teller, project: Project, name: str, kind: str, by: Person, on: datetime.date
) -> Partner:
    known = Partner.objects.filter(programme=teller.programme, name=name).first()
    return coproduction.add_partner(
        project=project, partner=known or coproduction.PartnerWords(name, kind, "Telephone"), by=by, on=on
    )


def _log(teller: Teller, story: Story, residency: Residency, by: Person, projects: list[Project]) -> None:
    until = teller.day(story.logs_until or -1)
    start, end = teller.day(story.start), teller.day(story.end)
    days = float(story.days_a_week)
    for moment in moments(teller.chance, start, until, end, days, story.rhythm):
        began = [project for project in projects if project.started_on <= moment.day]
        late = moment.day < teller.today - datetime.timedelta(days=31)
        log_activity(
            residency=residency,
            entry=Entry(
                date=moment.day,
                minutes=moment.minutes,
                kind=moment.kind,
                words=Words("\n\n".join(filter(None, (moment.what, moment.note)))),
                place=moment.place,
                host=residency.lead_host,
                project=teller.chance.choice(began) if moment.on_project and began else None,
                late_reason=LateReason.COPIED if late else "",
            ),
            by=by,
        )


def _record_use(
    teller: Teller, residency: Residency, story: UseStory, by: Person, project: Project | None
) -> None:
    decided = teller.day(story.day)
    use = evidence.record_use(
        residency=residency,
        words=evidence.UseWords(
            what=story.what,
            outcome=story.outcome,
            decision=story.decision,
            decided_by=story.decided_by,
            decided_on=decided,
            written_where=story.written,
            project=project,
        ),
        by=by,
        at=teller.at(decided + datetime.timedelta(days=4)),
    )
    if story.confirmed_by:
        confirmed = min(decided + datetime.timedelta(days=12), teller.today)
        evidence.confirm(use=use, name=story.confirmed_by, at=teller.at(confirmed))


def end_it(teller: Teller, story: Story, residency: Residency, manager: Person) -> None:
    if story.goes_to == "paused":
        take_step(residency, "pause", by=manager, on=teller.day(-70), why=story.why, review_on=teller.day(50))
    if story.goes_to in ("closing", "ended"):
        take_step(residency, "begin_ending", by=manager, on=teller.day(story.end - 60))
        _close(teller, story, residency, manager)
    if story.goes_to == "ended":
        take_step(residency, "end", by=manager, on=teller.day(story.end))


def _close(teller: Teller, story: Story, residency: Residency, manager: Person) -> None:
    """Two lines of the closing list: one that is done, one that somebody has taken on."""
    for kind, owner, done in (("told", manager.display_name, -45), ("data", _researcher(story), None)):
        course.record_task(
            residency=residency,
            kind=kind,
            owner_name=owner,
            due=teller.day(story.end - 10),
            done_on=teller.day(story.end + done) if done else None,
            by=manager,
            version=0,
        )


def _researcher(story: Story) -> str:
    return story.researcher.name if story.researcher else ""
