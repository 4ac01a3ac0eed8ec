"""Letters from templates: written once, plain in text and safe in HTML, kept when they must not go out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from embedded.jobs.models import Job
from embedded.post import outbox, write
from embedded.post.models import Letter
from embedded.post.writing import as_html

OUTBOX = "embedded.post.backend.OutboxBackend"


def invite(to: str = "sam@demo.example", key: str = "invitation:1", **context: str) -> Letter:
    words = {
        "person": "Sam O'Brien",
        "inviter": "Dr <b>Ada</b>",
        "programme": "Care & Place",
        "role": "Host manager",
        "place": "",
        "address": "http://localhost:8000/i/abc?x=1&y=2",
    }
    return write(to, "Join\nCare & Place", "invitation", words | context, key)


@pytest.mark.django_db
def test_write_leaves_text_as_it_is_and_escapes_html() -> None:
    letter = invite()
    assert letter.subject == "Join Care & Place"
    assert "Dear Sam O'Brien," in letter.text
    assert "Dr <b>Ada</b>" in letter.text
    assert "Dr &lt;b&gt;Ada&lt;/b&gt;" in letter.html
    assert 'href="http://localhost:8000/i/abc?x=1&amp;y=2"' in letter.html
    assert "Questions? Write to" in letter.text


@pytest.mark.django_db
def test_write_with_the_same_key_is_one_letter() -> None:
    assert invite() == invite(to="somebody.else@demo.example")
    assert Letter.objects.get().to == "sam@demo.example"


@pytest.mark.django_db
def test_write_to_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="address"):
        invite(to=" ")


def test_html_has_lists_and_paragraphs() -> None:
    html = as_html("Due", "Dear Sam,\n\n- one\n- two\n\nBye\nAda")
    assert "<li>one</li>" in html
    assert "Bye<br>Ada" in html
    assert "<title>Due</title>" in html


@pytest.mark.parametrize(
    ("address", "goes"),
    [
        ("sam@nhs.uk", True),
        ("sam@example.nhs.uk", True),
        ("sam@demo.example", False),
        ("sam@EXAMPLE", False),
        ("sam@example.org", False),
        ("sam@trust.test", False),
    ],
)
def test_made_up_addresses_are_never_written_to(settings: LazySettings, address: str, goes: bool) -> None:
    settings.EMAIL_HOST = "mail.nhs.uk"
    assert outbox.goes_out(address) is goes


def test_demonstration_never_sends(settings: LazySettings) -> None:
    settings.EMAIL_HOST, settings.DEMONSTRATION = "mail.nhs.uk", True
    assert not outbox.goes_out("sam@nhs.uk")


@pytest.mark.django_db
@pytest.mark.parametrize(("host", "state", "jobs"), [("", "kept", 0), ("mail.nhs.uk", "waiting", 1)])
def test_letters_are_kept_without_a_mail_server(
    settings: LazySettings, host: str, state: str, jobs: int
) -> None:
    settings.EMAIL_HOST = host
    assert invite(to="sam@nhs.uk").state == state
    assert Job.objects.count() == jobs


@pytest.mark.django_db
def test_backend_writes_one_letter_a_recipient() -> None:
    """Nobody sees who else was written to."""
    line = get_connection(OUTBOX)
    send_mail("Hello", "Words", None, ["a@demo.example", "b@demo.example"], connection=line)
    assert sorted(Letter.objects.values_list("to", "text")) == [
        ("a@demo.example", "Words"),
        ("b@demo.example", "Words"),
    ]


@pytest.mark.django_db
def test_backend_refuses_attachments(tmp_path: Path) -> None:
    message = EmailMultiAlternatives(
        "Hello", "Words", None, ["a@demo.example"], connection=get_connection(OUTBOX)
    )
    message.attach("report.pdf", b"%PDF", "application/pdf")
    with pytest.raises(ValueError, match="link"):
        message.send()


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "state", "emptied"), [(31, "kept", 1), (29, "kept", 0), (31, "waiting", 0)])
def test_purge_empties_letters_after_30_days(days: int, state: str, emptied: int) -> None:
    """Never one that still has to leave."""
    invite()
    Letter.objects.update(asked_at=timezone.now() - timedelta(days=days), state=state)
    assert outbox.purge() == emptied
    letter = Letter.objects.get()
    assert (bool(letter.text), bool(letter.html)) == (not emptied, not emptied)


@pytest.mark.django_db
def test_purge_takes_the_jobs_of_old_letters(settings: LazySettings) -> None:
    settings.EMAIL_HOST = "mail.nhs.uk"
    invite(to="old@nhs.uk", key="old")
    invite(to="new@nhs.uk", key="new")
    old, new = Job.objects.all()
    Job.objects.update(state="done", ended_at=timezone.now())
    Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=31))
    outbox.purge()
    assert Job.objects.get() == new


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'lost'", "letter_state_is_known"),
        ("\"to\" = ''", "letter_has_address_and_key"),
        ("state = 'sent'", "letter_sent_has_its_moment"),
        ("sent_at = now()", "letter_sent_has_its_moment"),
        ("state = 'failed'", "letter_failed_says_why"),
    ],
)
def test_the_database_refuses(change: str, constraint: str) -> None:
    invite()
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE post_letter SET {change}")  # noqa: S608
