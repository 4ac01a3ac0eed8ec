"""Django's PostgreSQL, but that it waits for a database that restarts and gives up on one that hangs (trust.md P41).

Named as ENGINE in the settings; Django looks for `DatabaseWrapper` in a module of this name.
"""

from __future__ import annotations

import time
from typing import Any, Final

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import IsolationLevel
from psycopg.pq import TransactionStatus

from embedded.database import patience

PAUSE: Final = 0.1  # seconds between two tries to connect
AGAIN: Final = 1.0  # seconds that a request waits while an earlier one has waited in vain
MOST_PLANNED: Final = 24  # statements of planned_cursor that a connection keeps
CHECK: Final = 3.0  # seconds in which a connection that was kept must answer


class PlannedCursor(psycopg.Cursor[Any]):
    """Its statements are planned once a connection: values go to the server apart from the text."""

    def execute(self, query: Any, params: Any = None, **given: Any) -> PlannedCursor:
        super().execute(query, params, **given | {"prepare": True})
        return self


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when an answer does not come in time: nobody knows what would come next."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """OperationalError when the server is silent for longer than our patience."""
        try:
            return super().wait(gen, interval, patience.now().answering if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


class Operations(DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """For those who count queries: one planned before is known by its text only."""
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Waits for a database that restarts; while it stays away, others are told so after a moment."""

    ops_class = Operations
    given_up = False  # of this process, until it has connected again

    def get_new_connection(self, conn_params: dict[str, Any]) -> PatientConnection:
        self.isolation_level = IsolationLevel.READ_COMMITTED
        every = type(self)
        longest = patience.now().connecting
        until = time.monotonic() + (min(AGAIN, longest) if every.given_up else longest)
        while True:
            try:
                connection = PatientConnection.connect(**conn_params | self._hurried())
            except psycopg.OperationalError:
                if time.monotonic() + PAUSE > until:
                    every.given_up = True
                    raise
                time.sleep(PAUSE)
            else:
                every.given_up = False
                connection.prepared_max = MOST_PLANNED
                return connection

    def planned_cursor(self) -> Any:
        """For a long question that is asked again and again and takes the server long to plan."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(PlannedCursor(self.connection))  # type: ignore[attr-defined]

    def _hurried(self) -> dict[str, Any]:
        """Whoever is in a hurry, or knows that it is away, does not wait the usual time for a server that hangs."""
        hurry = type(self).given_up or patience.now().connecting < CHECK
        return {"connect_timeout": int(patience.QUICK)} if hurry else {}

    def is_usable(self) -> bool:
        with patience.at_most(CHECK):
            return super().is_usable()
