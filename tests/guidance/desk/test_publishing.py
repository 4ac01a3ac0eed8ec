"""An editor corrects alone; a new edition needs a second pair of eyes; what was published stays and is marked."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.audit.models import Event
from embedded.jobs import running
from embedded.jobs.models import Job
from embedded.post.models import Letter
from guidance.actions import withdraw_edition
from guidance.desk import actions
from guidance.desk.models import Revision
from guidance.models import Document, Edition, Pack
from guidance.packs.ready import ReadyPack
from tests.guidance.desk.desk import DESK, begin, page, press, said, shown, write
from tests.guidance.shelf import BODY
from tests.house.things.desk import document_with
from tests.world import client_of, make_person

pytestmark = pytest.mark.django_db
CORRECTED = BODY.replace("A sentence.", "A clear sentence.")
ENLARGED = BODY.replace("## Who to write to", "## Then\n\nMore to do.\n\n## Who to write to")
PUBLISH, APPROVE = f"{DESK}publish/", f"{DESK}approve/"


def ask(browser: Client, kind: str = "edition", body: str = ENLARGED) -> None:
    write(browser, body=body, changelog="A section more.")
    answer = press(browser, PUBLISH, kind=kind)
    assert answer.status_code == 302, said(answer)


def versions() -> list[str]:
    return [one.version for one in Edition.objects.published().newest_first()]


def test_small_correction_is_published_alone_and_logged(guide: Edition, hers: Client, ruth: Person) -> None:
    write(hers, body=CORRECTED, changelog="A clearer word.")
    assert "Small correction: version 1.0.1" in page(hers, PUBLISH)
    answer = press(hers, PUBLISH, kind="correction")
    assert answer["Location"] == "/guidance/a-guide/"
    assert "A clear <" in page(Client(), "/guidance/a-guide/")
    assert versions() == ["1.0.1", "1.0.0"]
    event = Event.objects.get(deed="guidance.published")
    assert (event.who_id, event.details) == (
        str(ruth.pk),
        {"version": "1.0.1", "kind": "correction", "after": "1.0.0"},
    )


def test_published_edition_is_printed_in_the_background(guide: Edition, hers: Client) -> None:
    write(hers, body=CORRECTED, changelog="A clearer word.")
    press(hers, PUBLISH, kind="correction")
    made = Edition.objects.published().newest_first().first()
    assert made
    assert Job.objects.get(kind="guidance.print").payload == {"edition": made.pk}


def test_ready_packs_are_asked_for_anew_by_the_publishing_itself(
    guide: Edition, hers: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = ReadyPack("ours", "Ours", "everybody", "Use it now.", ("a-guide",))
    for room in ("actions", "reading"):
        monkeypatch.setattr(f"guidance.packs.{room}.ready_packs", lambda: (ready,))
    write(hers, body=CORRECTED, changelog="A clearer word.")
    assert not Job.objects.filter(kind="guidance.packs").exists()
    press(hers, PUBLISH, kind="correction")
    running.run(Job.objects.get(kind="guidance.packs").pk)
    pack = Pack.objects.get(ready="ours")
    assert [part.edition.version for part in pack.parts.all()] == ["1.0.1"]
    assert pack.job and pack.job.is_open


def test_more_than_a_small_correction_is_not_offered_alone(guide: Edition, hers: Client) -> None:
    write(hers, body=ENLARGED, changelog="A section more.")
    text = page(hers, PUBLISH)
    assert "A heading is changed, added or taken away." in text
    assert 'value="correction"' not in text
    answer = press(hers, PUBLISH, kind="correction")
    assert answer.status_code == 200
    assert "Select how large the change is" in said(answer)
    assert versions() == ["1.0.0"]


def test_deed_itself_refuses_too_large_a_correction(guide: Edition, hers: Client, ruth: Person) -> None:
    """Whatever a form lets through."""
    write(hers, body=ENLARGED, changelog="A section more.")
    revision = Revision.objects.get()
    with pytest.raises(actions.NotNow, match="Ask another editor to approve this"):
        actions.correct(
            revision=revision,
            version=revision.version,
            by=ruth,
            at=timezone.now(),
            on=timezone.localdate(),
        )
    assert versions() == ["1.0.0"]


@pytest.mark.parametrize(("kind", "version"), [("edition", "1.1.0"), ("rewritten", "2.0.0")])
def test_second_editor_approves_and_the_old_edition_stays_marked(
    guide: Edition, hers: Client, his: Client, kind: str, version: str
) -> None:
    ask(hers, kind)
    assert versions() == ["1.0.0"]
    assert "More to do." not in page(Client(), "/guidance/a-guide/")
    assert f"Approve version {version}" in page(his, APPROVE)
    answer = press(his, APPROVE)
    assert answer["Location"] == "/guidance/a-guide/"
    assert "More to do." in page(Client(), "/guidance/a-guide/")
    old = page(Client(), "/guidance/a-guide/?version=1.0.0")
    assert "You are reading an older edition, version 1.0.0." in old
    assert "More to do." not in old
    assert versions() == [version, "1.0.0"]


def test_nobody_approves_what_they_asked_for_or_wrote_in(guide: Edition, hers: Client, his: Client) -> None:
    write(his, body=CORRECTED)
    ask(hers)
    for browser in (hers, his):
        text = page(browser, APPROVE)
        assert "so a third editor has to approve it" in text
        assert "Approve and publish" not in text
        answer = browser.post(APPROVE, shown(browser, APPROVE) | {"version": "9"})
        assert answer.status_code == 302
    version = Revision.objects.get().version
    for browser in (hers, his):
        typed: dict[str, Any] = {"version": str(version), "form_key": "7d9c2a9e-0000-4000-8000-000000000001"}
        browser.post(APPROVE, typed)
    assert versions() == ["1.0.0"]
    assert Revision.objects.get().state == "asked"


def test_what_waits_for_an_editor_stands_first_on_their_desk_alone(
    guide: Edition, hers: Client, his: Client
) -> None:
    ask(hers)
    assert "Waiting for your approval" in page(his, "/guidance/desk/")
    assert "Waiting for your approval" not in page(hers, "/guidance/desk/")
    assert "Waits for approval: Ruth Reader asked" in page(hers, "/guidance/desk/")


def test_letters_go_to_who_may_approve_and_back_to_who_asked(
    guide: Edition, hers: Client, his: Client, ruth: Person, tom: Person
) -> None:
    ask(hers)
    letter = Letter.objects.get()
    assert (letter.to, "/guidance/desk/a-guide/approve/" in letter.text) == (tom.email, True)
    press(his, f"{DESK}send-back/", because="Say who pays.")
    back = Letter.objects.latest("pk")
    assert (back.to, "Say who pays." in back.text) == (ruth.email, True)
    press(hers, PUBLISH, kind="edition")
    press(his, APPROVE)
    done = Letter.objects.latest("pk")
    assert (done.to, "Version 1.1.0" in done.text) == (ruth.email, True)


def test_what_is_sent_back_says_why_and_goes_on(guide: Edition, hers: Client, his: Client) -> None:
    ask(hers)
    press(his, f"{DESK}send-back/", because="Say who pays.")
    for address in (DESK, f"{DESK}edit/"):
        assert "Say who pays." in page(hers, address)
    assert "More to do." in page(hers, f"{DESK}edit/")
    assert versions() == ["1.0.0"]


def test_link_that_broke_while_it_waited_is_found_at_approval(
    guide: Edition, hers: Client, his: Client, ruth: Person
) -> None:
    other = document_with("other", (1, 0, 0))
    ask(hers, body=BODY.replace("A sentence.", f"See [this](guide:{other.slug})."))
    opened = shown(his, APPROVE)
    today = timezone.localdate()
    withdraw_edition(edition=other.editions.get(), by=ruth, on=today, because="It is wrong")
    text = page(his, APPROVE)
    assert f"the library has none called {other.slug}" in text
    assert "Approve and publish" not in text
    answer: Any = his.post(APPROVE, opened, follow=True)
    assert "Put this right first. Line " in said(answer)
    assert Edition.objects.filter(document=guide.document).count() == 1


def test_saving_takes_back_what_waits(guide: Edition, hers: Client, his: Client) -> None:
    ask(hers)
    opened = shown(his, APPROVE)
    write(hers, body=f"{ENLARGED}", changelog="Another line.")
    answer: Any = his.post(APPROVE, opened)
    assert answer["Location"] == DESK
    assert "does not wait for approval any more" in page(his, DESK)
    assert versions() == ["1.0.0"]


def test_edition_published_meanwhile_has_to_be_looked_at_first(
    guide: Edition, hers: Client, his: Client
) -> None:
    begin(hers)
    newer = Edition.objects.get()
    newer.pk, newer.minor = None, 1
    newer.save(force_insert=True)
    write(hers, body=CORRECTED, changelog="A clearer word.")
    text = page(hers, PUBLISH)
    assert "Version 1.1.0 was published after you began" in text
    answer: Any = hers.post(f"{DESK}publish/go-on/", shown(hers, PUBLISH))
    assert answer["Location"] == PUBLISH
    press(hers, PUBLISH, kind="correction")
    assert versions() == ["1.1.1", "1.1.0", "1.0.0"]


def test_put_away_leaves_what_is_published_and_the_next_begins_anew(guide: Edition, hers: Client) -> None:
    write(hers, body=ENLARGED)
    press(hers, f"{DESK}put-away/")
    page(hers, f"{DESK}edit/", 404)
    begin(hers)
    assert "More to do." not in page(hers, f"{DESK}edit/")


def test_publishing_moves_title_readers_and_review_date_of_the_document(
    guide: Edition, hers: Client, his: Client
) -> None:
    write(
        hers,
        title="A better guide",
        changelog="A better name.",
        readers=["manager", "public"],
        moments=[],
        topics=["money"],
    )
    press(hers, PUBLISH, kind="edition")
    assert Document.objects.get().title == "A guide"
    press(his, APPROVE)
    found = Document.objects.get()
    assert (found.title, found.readers, found.moments, found.topics) == (
        "A better guide",
        ["manager", "public"],
        [],
        ["money"],
    )


def test_strangers_find_no_desk(guide: Edition, hers: Client) -> None:
    begin(hers)
    browser = client_of(make_person("Somebody Else", may_start_programmes=True))
    for tail in ("", "edit/", "preview/", "preview.pdf", "publish/", "approve/", "put-away/", "review/"):
        page(browser, f"{DESK}{tail}", 404)
    page(browser, "/guidance/desk/", 404)
    assert Client().get("/guidance/desk/").status_code == 302


def test_newest_edition_withdrawn_while_one_is_in_hand_is_said_as_it_is(guide: Edition, hers: Client) -> None:
    write(hers, body=CORRECTED, changelog="A clearer word.")
    press(hers, PUBLISH, kind="correction")
    write(hers, body=BODY.replace("A sentence.", "A plain sentence."), changelog="Plainer.")
    opened = shown(hers, PUBLISH)
    press(hers, f"{DESK}withdraw/1.0.1/", because="It misled.")
    refused: Any = hers.post(PUBLISH, opened | {"kind": "correction"}, follow=True)
    assert "version 1.0.1, with which this was begun, was withdrawn" in said(refused)
    text = page(hers, PUBLISH)
    assert "Version 1.0.1, with which this edition was begun, was withdrawn: It misled." in text
    assert "Readers now have version 1.0.0." in text
    assert "was published after" not in text


def test_number_of_a_withdrawn_edition_is_not_given_out_again(guide: Edition, hers: Client) -> None:
    write(hers, body=CORRECTED, changelog="A clearer word.")
    press(hers, PUBLISH, kind="correction")
    press(hers, f"{DESK}withdraw/1.0.1/", because="It misled.")
    write(hers, body=CORRECTED, changelog="Once more.")
    assert "Small correction: version 1.0.2" in page(hers, PUBLISH)
    press(hers, PUBLISH, kind="correction")
    assert versions() == ["1.0.2", "1.0.0"]


def test_two_who_both_wrote_are_told_of_the_third(guide: Edition, hers: Client, his: Client) -> None:
    write(his, body=CORRECTED)
    write(hers, body=ENLARGED, changelog="A section more.")
    third = "Ruth Reader and Tom Writer wrote in this edition or asked for its approval, so a third editor"
    for_want = (
        "There is no third editor yet. Ask whoever runs this service to name one: the command is “manage.py"
    )
    text = page(hers, PUBLISH)
    assert third in text
    assert for_want in text
    press(hers, PUBLISH, kind="edition")
    for address in (DESK, APPROVE):
        text = page(his, address)
        assert third in text
        assert for_want in text
    make_person("Nia Newcomer", edits_library=True)
    assert f"{third} has to approve it: Nia Newcomer." in page(his, DESK)
    assert for_want not in page(his, APPROVE)


def test_only_editor_is_told_how_to_get_a_second(guide: Edition, hers: Client) -> None:
    write(hers, body=ENLARGED, changelog="A section more.")
    assert "There is no second editor yet" in page(hers, PUBLISH)


def test_one_writer_with_another_editor_is_told_nothing_of_it(
    guide: Edition, hers: Client, his: Client
) -> None:
    write(hers, body=ENLARGED, changelog="A section more.")
    for address in (DESK, PUBLISH):
        assert "library_editor" not in page(hers, address)
