"""Sends one hostile form and says what is wrong with the answer; whatever was written is undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from html import unescape
from typing import Any
from unittest.mock import patch
from urllib.parse import urljoin

from django.db import connection, transaction
from django.forms import BaseForm
from django.test import Client

from embedded.vault import Sealer
from tests.house.hostile import Value, arrives_as, encoded
from tests.house.pages import Page, lines_of_summary, words_at_fields

ORIGIN = "http://testserver"
FORM = "application/x-www-form-urlencoded"
SENSIBLE = {200, 302, 400, 401, 403, 404, 405, 410, 413, 415, 422, 429}
UNSEEN = {"form_key", "version", "csrfmiddlewaretoken", "rows", "press", "seen", "next", "remember"}
# how Django, PostgreSQL and Python speak of what is wrong; none of it tells anybody what to do
FOREIGN_WORDS = re.compile(
    r"Invalid|Ensure this|This field|valid choice|Enter a valid|Enter a whole|Null characters|JSON|\bNone\b|"
    r"Traceback|Error:|out of range|exceeds|integer|string|%\("
)
INSTRUCTION = re.compile(
    r"^(Enter|Select|Choose|Confirm|Check|Leave|Write|Use|Give|Try|Add|Wait|Each line|We could not find|Too many)\b"
    r"|\bmust\b|: (choose|check|write)|\bcheck\b|Ask for|try again",
)
WRITES = re.compile(r"\s*(INSERT|UPDATE)\b")


class Watch:
    """What a request did: the forms it looked through, and every value that it wrote or sealed."""

    def __init__(self) -> None:
        self.forms: list[BaseForm] = []
        self.written: list[str] = []

    @property
    def refused(self) -> list[BaseForm]:
        return [form for form in self.forms if form.errors]

    def wrote(self, text: str) -> bool:
        return any(text in one for one in self.written)

    def note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql):
            for one in params or ():
                self.written += texts_in(getattr(one, "adapted", getattr(one, "obj", one)))
        return execute(sql, params, many, context)


def texts_in(value: Any) -> list[str]:
    """What is written, and what stands within it where it is JSON or a list."""
    inner = (
        list(value.values()) if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else []
    )
    return [str(value), *(text for one in inner for text in texts_in(one))]


@contextmanager
def watching() -> Iterator[Watch]:
    """Looks on while Django's own forms and the sealer do their work; nothing is replaced."""
    seen, clean, seal = Watch(), BaseForm.full_clean, Sealer.seal

    def full_clean(form: BaseForm) -> None:
        clean(form)
        if form.is_bound and form not in seen.forms:
            seen.forms.append(form)

    def sealing(sealer: Sealer, text: str) -> bytes:
        seen.written.append(text)
        return seal(sealer, text)

    with (
        patch.object(BaseForm, "full_clean", full_clean),
        patch.object(Sealer, "seal", sealing),
        connection.execute_wrapper(seen.note),
    ):
        yield seen


class Door:
    """The address of a form with the browser that may use it, and what a good answer is."""

    def __init__(self, address: str, browser: Client, typed: dict[str, Any], lands: int = 302) -> None:
        """What is sent under a name like `beside_the_point` counts only with another answer than is given."""
        self.beside_the_point = re.compile("$")
        self.address, self.browser, self.lands = address, browser, lands
        self.typed = {name: value if isinstance(value, list) else str(value) for name, value in typed.items()}

    def tried(self, typed: dict[str, Value], names: set[str]) -> list[str]:
        """What is wrong with the answer to this form; `names` are the fields that hold something hostile."""
        cookies = deepcopy(self.browser.cookies)
        with transaction.atomic():
            try:
                found = self._look(typed, names)
            except Exception as error:  # noqa: BLE001 (whatever it is, it would be a 500)
                found = [f"broke: {error!r}"[:400]]
            transaction.set_rollback(True)
        self.browser.cookies = cookies
        return found

    def _look(self, typed: dict[str, Value], names: set[str]) -> list[str]:
        with watching() as seen:
            answer = self.browser.post(self.address, encoded(typed), content_type=FORM)
            if answer.status_code >= 500 or answer.status_code not in SENSIBLE:
                return [f"status {answer.status_code}"]
            if answer.status_code == 302:
                return self._accepted(seen, answer, typed, names)
        if not answer.content:
            return []
        text = answer.content.decode()
        page = Page(text)
        wrong = [f"came out as markup: {one}" for one in page.foreign]
        if answer.status_code == 200 and seen.refused:
            wrong += self._refused(seen, text, page, typed)
        return wrong

    def _accepted(self, seen: Watch, answer: Any, typed: dict[str, Value], names: set[str]) -> list[str]:
        """Stored exactly as it arrived, less the blanks around it; shown as words."""
        then_to = urljoin(ORIGIN + self.address, answer["Location"])
        wrong = [] if then_to.startswith(f"{ORIGIN}/") else [f"leads to {answer['Location'][:80]}"]
        for name in names:
            text = arrives_as(typed[name]).strip()
            text = text if one_of_lines(seen, name) else text.replace("\n", " ")
            if (
                len(text) > 3
                and not self.beside_the_point.match(name)
                and stored_as_typed(seen, name)
                and not seen.wrote(text)
            ):
                wrong.append(f"{name} was taken, but not as typed")
        then = self.browser.get(then_to.removeprefix(ORIGIN))
        if then.status_code >= 500:
            wrong.append(f"then status {then.status_code}")
        if then.get("Content-Type", "").startswith("text/html"):
            wrong += [f"then came out as markup: {one}" for one in Page(then.content.decode()).foreign]
        return wrong

    def _refused(self, seen: Watch, text: str, page: Page, typed: dict[str, Value]) -> list[str]:
        wrong = [] if re.search(r"<title>\s*Error: ", text) else ["the title does not begin with Error"]
        if len(re.findall(r"<h2[^>]*>\s*There is a problem\s*</h2>", text)) != 1:
            return [*wrong, f"no summary of {seen.refused[0].errors.as_text()[:200]}"]
        lines, beside = lines_of_summary(text), words_at_fields(text)
        whole = {str(one) for form in seen.refused for one in form.non_field_errors()}
        if not lines:
            wrong.append("the summary leads nowhere")
        for target, words in lines:
            plain = unescape(words.strip())
            if page.ids.get(target) != 1:
                wrong.append(
                    f"the summary leads to {target}, which stands there {page.ids.get(target, 0)} times"
                )
            said = re.sub(r" \([^()]*\)$", "", words.strip())  # one of many boxes is named behind it
            if not {words.strip(), said} & beside and plain not in whole:
                wrong.append(f"not beside the field: {plain[:80]}")
            if FOREIGN_WORDS.search(re.sub("“.*”", "", plain, flags=re.S)) or not INSTRUCTION.search(plain):
                wrong.append(f"does not say what to do: {plain[:120]}")
        return wrong + [f"{name} is lost" for name, value in typed.items() if not kept(page, name, value)]


def stored_as_typed(seen: Watch, name: str) -> bool:
    """Whether this is a box for words that are kept in clear: no choice, number or date, not a private note."""
    for form in seen.forms:
        drawn = form.fields.get(name)
        if drawn is not None:
            return type(drawn).__name__ in ("TextField", "TextAreaField") and name not in MADE_UP_OF
    return False


def one_of_lines(seen: Watch, name: str) -> bool:
    return any(type(form.fields.get(name)).__name__ == "TextAreaField" for form in seen.forms)


# the note is sealed; the lists are taken line by line; what looks for the like is compared, not kept
MADE_UP_OF = {"note", "themes", "topics", "postcode", "ror_id"}


def kept(page: Page, name: str, value: Value) -> bool:
    """Whether what was sent under this name still stands in the page; what nobody could see cannot be lost."""
    box = page.boxes.get(name)
    text = arrives_as(value).strip()
    if name in UNSEEN or not text or "password" in name or name in ("code", "add", "later", "another"):
        return True
    if box is not None and box.kind == "file":
        return True  # no page can put a file back into its box
    if box is None or box.hidden:
        return box is not None or name.endswith(("-chosen", "-offered"))
    if box.offered:
        values = value if isinstance(value, list) else [value]
        return all(
            arrives_as(one) in {*box.values, ""} or arrives_as(one) not in box.offered for one in values
        )
    shown = [arrives_as(one).strip() for one in box.values]
    return text in shown or " ".join(text.split())[:250] in shown
