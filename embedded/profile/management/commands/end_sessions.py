"""Signs an account out everywhere, for whoever runs the service: a lost laptop, an account that was taken over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from embedded.accounts.models import User
from embedded.profile import actions


class Command(BaseCommand):
    help = "Ends every sign-in of an account. With --for-good the account cannot sign in again until it is switched on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="an address with which the account signs in")
        parser.add_argument("--for-good", action="store_true", help="switch the account off too")
        parser.add_argument("--on", action="store_true", help="switch an account on again")

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["email"].strip()
        user = (
            User.objects.filter(email__iexact=address).first()
            or User.objects.filter(emailaddress__email__iexact=address, emailaddress__verified=True).first()
        )
        if user is None:
            raise CommandError(f"There is no account with the address {address}.")
        if options["for_good"] or options["on"]:
            actions.switch(user=user, on=options["on"])
        actions.end_sessions(by=None, user=user)
        self.stdout.write(f"{user.email} is signed out everywhere.")
