"""Takes the second step away from somebody who has lost telephone and recovery codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from embedded.accounts.models import User
from embedded.profile import actions


class Command(BaseCommand):
    help = "Takes an account's authenticator app and recovery codes away. Make sure first who is asking."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address with which the account signs in")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError(f"There is no account with the address {options['email']}.")
        if not actions.take_second_step_away(user=user):
            raise CommandError(f"{user.email} has no second step.")
        self.stdout.write(f"{user.email} signs in with the password next, and sets up a second step anew.")
