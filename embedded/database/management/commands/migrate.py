"""`manage.py migrate`: Django's own, with short locks and one replica at a time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg import errors

from embedded.database import migrating

NOT_DONE = (
    "The tables could not be changed, and nothing was half changed. Run this again when the query above has ended, "
    "or end it: SELECT pg_terminate_backend(<its process>)."
)


class Command(migrate.Command):
    """Each migration is done whole or not at all, so after a wait the next try goes on where this one stopped."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if options.get("plan") or options.get("check_unapplied"):
            super().handle(*args, **options)
            return
        with migrating.our_turn(connection, self._say), migrating.short_locks(connection):
            try:
                migrating.politely(
                    lambda: super(Command, self).handle(*args, **options), connection, self._say
                )
            except OperationalError as problem:
                if not isinstance(problem.__cause__, errors.LockNotAvailable):
                    raise
                raise CommandError(NOT_DONE) from problem

    def _say(self, text: str) -> None:
        self.stderr.write(text)
