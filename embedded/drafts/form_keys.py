"""A form that is sent twice does its deed once (trust.md P48)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from embedded.accounts.models import Person
from embedded.drafts.models import FormKey


@transaction.atomic
def once(
    form_key: UUID | str | None,
    *,
    by: Person | None,
    deed: Callable[[], str],
    content: QueryDict | None = None,
) -> str:
    """Does the deed in a transaction and gives the URL that it returned; a second press of the same form by
    the same person waits for the first one and gets its URL. A deed that fails leaves the key free.

    A key of somebody else, or one that is no UUID, counts as a new one. With `content` (request.POST) a
    form that was sent, gone back to and changed is a new form, so that what was changed is not lost.
    ValueError when the deed returns a URL that is not ours.
    """
    own = FormKey(person=by, key=_uuid(form_key), content_sha256=_hashed(content))
    claimed = _claim(own)
    if claimed is None:
        return FormKey.objects.get(person=by, key=own.key, content_sha256=own.content_sha256).led_to
    url = _ours(deed())
    FormKey.objects.filter(pk=claimed).update(led_to=url)
    return url


def led_before(form_key: UUID | str | None, *, by: Person | None, content: QueryDict | None = None) -> str:
    """Where this very form led when it was sent before, or an empty text; for forms whose own success makes
    them invalid, such as one that asks whether a name is taken. Takes what `once` takes."""
    own = {"person": by, "key": _uuid(form_key), "content_sha256": _hashed(content)}
    return FormKey.objects.filter(**own).values_list("led_to", flat=True).first() or ""


def forget_content(person: Person) -> None:
    """Forgets the forms that this person has sent as far as anything tells what stood in them; not the one whose deed
    is being done."""
    FormKey.objects.filter(person=person).exclude(content_sha256="").exclude(led_to="").delete()


def _claim(own: FormKey) -> int | None:
    """The id of the new row, or None if it was there. Waits for whoever is just writing the same one, which
    Django's bulk_create(ignore_conflicts=True) does too but without saying which of the two it was.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO drafts_formkey (person_id, key, content_sha256, led_to, sent_at)
            VALUES (%s, %s, %s, '', %s) ON CONFLICT DO NOTHING RETURNING id
            """,
            [own.person_id, own.key, own.content_sha256, timezone.now()],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _uuid(form_key: UUID | str | None) -> UUID:
    try:
        return form_key if isinstance(form_key, UUID) else UUID(str(form_key))
    except ValueError:
        return uuid4()


def _hashed(content: QueryDict | None) -> str:
    """The same for the same content; made with SECRET_KEY, so that whoever has the database alone cannot try what
    may have been typed until one fits."""
    if content is None:
        return ""
    fields = content.copy()
    fields.pop("csrfmiddlewaretoken", None)
    return salted_hmac("embedded.drafts.form_keys", fields.urlencode(), algorithm="sha256").hexdigest()


def _ours(url: str) -> str:
    if url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return url
    raise ValueError("A once-only deed returns the path of a page of ours.")
