"""A time-out never loses what was typed (P18): the whole way, with CSRF checks and a session that has expired."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person, User
from embedded.drafts import parking
from embedded.drafts.models import ParkedPost

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.drafts.pages")]
PASSWORD = "a long pass phrase for Rosa"
LONG = 'Canary 7f3a <script> & "quotes" 日本語\r\nsecond line ' + "x" * 2_000


@pytest.fixture
def rosa() -> User:
    user = User.objects.create_user("rosa@hospital.example", PASSWORD)
    Person.objects.create(user=user, display_name="Rosa Researcher")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@pytest.fixture
def visitor() -> Client:
    return Client(enforce_csrf_checks=True)


def token_on(response: HttpResponse) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())
    assert found
    return found[1]


def sign_in(visitor: Client, then: str = "/") -> HttpResponse:
    """Through the real sign-in page's POST, whose token comes from the cookie."""
    token = token_on(visitor.get("/open/"))
    typed = {"login": "rosa@hospital.example", "password": PASSWORD, "csrfmiddlewaretoken": token}
    return visitor.post(f"/accounts/login/?next={then}", typed)


def signed_out_after_opening(visitor: Client) -> dict[str, object]:
    """Signs in, opens the form, lets the session run out; gives the fields that the form would send."""
    sign_in(visitor)
    token = token_on(visitor.get("/write/?day=3"))
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    return {"csrfmiddlewaretoken": token, "form_key": str(uuid4()), "what_was_done": LONG}


def next_of(response: HttpResponse) -> str:
    assert response.status_code == 302
    path, _, then = response["Location"].partition("?next=")
    assert path == "/accounts/login/"
    return then


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of the first form, as a browser would send them."""
    form = page[page.index("<form", page.index("<main")) :]
    form = form[: form.index("</form>")]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def test_whole_way_from_time_out_to_one_record(visitor: Client, rosa: User) -> None:
    typed = signed_out_after_opening(visitor)
    parked = visitor.post("/write/?day=3", typed)
    then = next_of(parked)

    assert sign_in(visitor, then)["Location"] == then
    page = visitor.get(then)
    said = page.content.decode()
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "You were signed out. What you typed is safe." in said
    assert "What was done" in said
    assert "日本語<br>second line" in said
    assert "<script>" not in said[said.index("<main") : said.index("</main")]
    assert 'action="/write/?day=3"' in said

    fields = fields_of(said)
    assert {"form_key": fields["form_key"], "what_was_done": fields["what_was_done"]} == {
        "form_key": typed["form_key"],
        "what_was_done": LONG,
    }
    sent = visitor.post("/write/?day=3", fields)
    assert sent["Location"].startswith("/made/")
    assert Person.objects.filter(display_name=LONG[:120]).count() == 1
    assert not ParkedPost.objects.exists()
    assert visitor.get(then).status_code == 404
    assert visitor.post("/write/?day=3", fields)["Location"] == sent["Location"]
    assert Person.objects.filter(display_name=LONG[:120]).count() == 1


def test_cookie_alone_holds_the_key_and_the_table_shows_nothing(visitor: Client, rosa: User) -> None:
    response = visitor.post("/write/?day=3", signed_out_after_opening(visitor))
    row = ParkedPost.objects.get()
    assert b"Canary" not in bytes(row.ciphertext)
    cookie = response.cookies[parking.cookie_name(row.pk)]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == 24 * 60 * 60
    assert cookie.value not in str(ParkedPost.objects.values().get())
    assert cookie.value not in response["Location"]


def test_another_browser_cannot_open_it(visitor: Client, rosa: User) -> None:
    then = next_of(visitor.post("/write/?day=3", signed_out_after_opening(visitor)))
    other = Client()
    other.force_login(rosa)
    name = parking.cookie_name(ParkedPost.objects.get().pk)
    for wrong in (None, "", "nonsense", "A" * 43 + "=", "%%%"):
        if wrong is not None:
            other.cookies[name] = wrong
        response = other.get(then)
        assert response.status_code == 404
        assert "Canary" not in response.content.decode()


def test_continue_page_needs_sign_in(visitor: Client, rosa: User) -> None:
    then = next_of(visitor.post("/write/?day=3", signed_out_after_opening(visitor)))
    assert next_of(visitor.get(then)) == then


@pytest.mark.parametrize(
    ("age", "status"), [(timedelta(hours=24, seconds=-1), 200), (timedelta(hours=24), 404)]
)
def test_it_is_kept_for_a_day_and_no_longer(visitor: Client, rosa: User, age: timedelta, status: int) -> None:
    then = next_of(visitor.post("/write/?day=3", signed_out_after_opening(visitor)))
    with time_machine.travel(ParkedPost.objects.get().made_at + age, tick=False):
        visitor.force_login(rosa)
        assert visitor.get(then).status_code == status


def test_it_can_be_thrown_away(visitor: Client, rosa: User) -> None:
    then = next_of(visitor.post("/write/?day=3", signed_out_after_opening(visitor)))
    sign_in(visitor)
    token = token_on(visitor.get("/open/"))
    response = visitor.post(then, {"csrfmiddlewaretoken": token})
    assert response["Location"] == "/"
    assert not ParkedPost.objects.exists()
    assert visitor.get(then).status_code == 404


def test_passwords_are_left_out_and_files_are_said_to_be_chosen_again(visitor: Client, rosa: User) -> None:
    typed = signed_out_after_opening(visitor) | {
        "current_password": "hunter2hunter2",
        "kind": ["a", "b"],
        "scan": SimpleUploadedFile("scan.pdf", b"%PDF"),
    }
    then = next_of(visitor.post("/write/?day=3", typed))
    sign_in(visitor)
    said = visitor.get(then).content.decode()
    assert "hunter2" not in said
    assert "choose it again" in said
    assert re.findall(r'name="kind" value="(\w)"', said) == ["a", "b"]


def test_two_tabs_are_both_kept(visitor: Client, rosa: User) -> None:
    typed = signed_out_after_opening(visitor)
    first = next_of(visitor.post("/write/?day=1", typed))
    second = next_of(visitor.post("/write/?day=2", typed | {"form_key": str(uuid4())}))
    sign_in(visitor)
    fields = fields_of(visitor.get(first).content.decode())
    assert visitor.post("/write/?day=1", fields).status_code == 302
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200


def test_form_that_is_sent_back_with_an_error_keeps_the_parked_copy(visitor: Client, rosa: User) -> None:
    typed = signed_out_after_opening(visitor) | {"what_was_done": "x" * 3_001}
    then = next_of(visitor.post("/write/", typed))
    sign_in(visitor)
    fields = fields_of(visitor.get(then).content.decode())
    again = visitor.post("/write/", fields)
    assert (again.status_code, b"Say what was done" in again.content) == (200, True)
    assert ParkedPost.objects.count() == 1
    assert visitor.post("/write/", fields | {"what_was_done": "short"}).status_code == 302
    assert not ParkedPost.objects.exists()


def test_htmx_is_led_to_sign_in_as_a_whole_page(visitor: Client, rosa: User) -> None:
    response = visitor.post("/write/", signed_out_after_opening(visitor), headers={"HX-Request": "true"})
    assert response["HX-Redirect"].startswith("/accounts/login/?next=/drafts/continue/")


def test_post_without_form_key_and_get_are_only_sent_to_sign_in(visitor: Client, rosa: User) -> None:
    typed = signed_out_after_opening(visitor)
    assert next_of(visitor.get("/write/")) == "/write/"
    del typed["form_key"]
    assert next_of(visitor.post("/write/", typed)) == "/write/"
    assert not ParkedPost.objects.exists()


def test_open_page_and_signed_in_post_are_left_alone(visitor: Client, rosa: User) -> None:
    typed = signed_out_after_opening(visitor)
    assert b"Thank you" in visitor.post("/open/", typed).content
    sign_in(visitor)
    fresh = typed | {"csrfmiddlewaretoken": token_on(visitor.get("/write/"))}
    assert visitor.post("/write/", fresh)["Location"].startswith("/made/")
    assert not ParkedPost.objects.exists()


@pytest.mark.parametrize(("room", "kept"), [(0, 1), (-1, 0)])
def test_what_is_far_too_long_is_not_kept(
    visitor: Client, rosa: User, monkeypatch: pytest.MonkeyPatch, room: int, kept: int
) -> None:
    typed = signed_out_after_opening(visitor)
    fields = {name: [value] for name, value in typed.items() if name != "csrfmiddlewaretoken"}
    size = len(json.dumps({"fields": fields, "files": []}))
    monkeypatch.setattr(parking, "LARGEST", size + room)
    assert visitor.post("/write/", typed).status_code == 302
    assert ParkedPost.objects.count() == kept


@pytest.mark.parametrize(("most", "kept"), [(1, 1), (0, 0)])
def test_table_of_parked_posts_cannot_be_filled_up(
    visitor: Client, rosa: User, monkeypatch: pytest.MonkeyPatch, most: int, kept: int
) -> None:
    monkeypatch.setattr(parking, "MOST", most)
    assert visitor.post("/write/", signed_out_after_opening(visitor)).status_code == 302
    assert ParkedPost.objects.count() == kept


def test_changed_row_or_exchanged_path_is_refused(visitor: Client, rosa: User) -> None:
    then = next_of(visitor.post("/write/", signed_out_after_opening(visitor)))
    sign_in(visitor)
    ParkedPost.objects.update(path="/elsewhere/")
    assert visitor.get(then).status_code == 404


def other_tab_signed_in_again(visitor: Client) -> dict[str, object]:
    """The form of this tab was opened before another tab signed out and in, which changed the token."""
    typed = signed_out_after_opening(visitor)
    sign_in(visitor)
    return typed


def test_form_from_before_another_tab_signed_in_is_offered_again(visitor: Client, rosa: User) -> None:
    typed = other_tab_signed_in_again(visitor)
    parked = visitor.post("/write/", typed, headers={"Origin": "http://testserver"})
    assert parked["Location"].startswith("/drafts/continue/")
    fields = fields_of(visitor.get(parked["Location"]).content.decode())
    assert visitor.post("/write/", fields)["Location"].startswith("/made/")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None, "http://testserver:81"])
def test_form_of_another_website_is_refused_and_not_kept(
    visitor: Client, rosa: User, origin: str | None
) -> None:
    typed = other_tab_signed_in_again(visitor)
    response = visitor.post("/write/", typed, headers={"Origin": origin} if origin else None)
    assert response.status_code == 403
    assert not ParkedPost.objects.exists()


def test_stale_form_of_an_open_page_is_not_kept(visitor: Client, rosa: User) -> None:
    typed = other_tab_signed_in_again(visitor)
    assert visitor.post("/open/", typed, headers={"Origin": "http://testserver"}).status_code == 403
    assert not ParkedPost.objects.exists()
