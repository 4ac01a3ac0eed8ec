"""Django's e-mail backend: what Django and allauth send goes into the outbox like our own letters."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from embedded.post import outbox, writing


class OutboxBackend(BaseEmailBackend):
    """One letter a recipient, so that nobody sees who else was written to. Attachments are not posted."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if message.attachments:
                raise ValueError("Letters carry no attachments: put a link into the letter.")
            for address in message.recipients():
                self._post(message, address)
        return len(email_messages)

    def _post(self, message: EmailMessage, address: str) -> None:
        text, subject = str(message.body), str(message.subject)
        html = writing.as_html(subject, text)
        outbox.post(to=address, subject=subject, text=text, html=html, key=f"django:{uuid4()}")
