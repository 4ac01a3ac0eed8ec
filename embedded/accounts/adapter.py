"""Who may make an account: somebody who was invited, and nobody else."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.module_loading import import_string

from embedded.accounts.models import Person


def invited_person(request: HttpRequest) -> Person | None:
    """The person whose open invitation this browser holds, as the function named in INVITATION_HOOK says."""
    hook = getattr(settings, "INVITATION_HOOK", "")
    if not hook or not request.session.get("invitation_token"):
        return None
    found: Person | None = import_string(hook)(request)
    return found


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Sign-up is open only to the invited; an invitation's own address needs no second proof."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        person = invited_person(request)
        if person is None:
            return False
        if person.email:
            self.stash_verified_email(request, person.email)  # allauth shows it in the form
        return True

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """The invitation was opened from that very mailbox, or its link was handed over by who knows them."""
        person = invited_person(request)
        return person is not None and person.email != "" and person.email.lower() == email.lower()

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: Any, commit: bool = True
    ) -> AbstractBaseUser:
        """Makes the account, and gives it to the invited person if that person has none yet."""
        saved = super().save_user(request, user, form, commit)
        person = invited_person(request)
        if commit and person is not None:
            Person.objects.filter(pk=person.pk, user=None).update(user=saved)
        return saved
