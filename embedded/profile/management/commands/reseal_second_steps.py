"""manage.py reseal_second_steps: after SECRET_KEY was changed, encrypts second steps with the new one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from embedded.accounts.resealing import reseal_all


class Command(BaseCommand):
    help = (
        "Start the service with the new SECRET_KEY and the former one as SECRET_KEY_OLD, run this, then remove "
        "SECRET_KEY_OLD when nobody needs a session or a link of its time. It can be stopped and run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done, unreadable = reseal_all()
        self.stdout.write(f"{done} second steps are encrypted with the new SECRET_KEY.")
        if unreadable:
            raise CommandError(
                f"{unreadable} could not be opened. Keep the former secret in SECRET_KEY_OLD, check that it is the "
                "right one, and run this again."
            )
