"""manage.py rewrap: after VAULT_KEY was changed, wraps everybody's keys with the new one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from embedded.vault.rotation import rewrap_all


class Command(BaseCommand):
    help = (
        "Start the service with the new VAULT_KEY and the former one as VAULT_KEY_OLD, run this, then "
        "remove VAULT_KEY_OLD. It can be stopped and run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rotation = rewrap_all()
        self.stdout.write(f"{rotation.done} keys are wrapped by the new VAULT_KEY.")
        if rotation.unreadable:
            raise CommandError(
                f"{len(rotation.unreadable)} keys could not be opened. Keep the former secret in "
                "VAULT_KEY_OLD, check that it is the right one, and run this again."
            )
