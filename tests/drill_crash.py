"""People press Save, and the web process that serves them dies by kill -9: right after the commit, before anything is
sent to the broker, or right before the commit. Run by a drill: `python -m tests.drill_crash ADDRESS PERSON TIMES`."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import django


def press(address: str, person: int, asked: str) -> None:
    """Records a use in a decision and asks somebody by letter to confirm it, as the page does."""
    from embedded.accounts.models import Person
    from tests.evidence.test_uses import typed
    from tests.world import client_of

    client_of(Person.objects.get(pk=person)).post(address, typed(confirm_by=asked), SERVER_NAME="localhost")


def die(*args: Any, **named: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dies_after_the_commit() -> None:
    from embedded.jobs import sending

    sending.send = die  # type: ignore[assignment]


def dies_before_the_commit() -> None:
    """At the moment in which the transaction is told what to send when it commits."""
    from embedded.jobs.asking import transaction

    transaction.on_commit = die  # type: ignore[assignment]


def main(address: str, person: str, times: str) -> None:
    django.setup()
    for number in range(int(times)):
        for name, prepare in (("kept", dies_after_the_commit), ("gone", dies_before_the_commit)):
            child = os.fork()
            if not child:
                prepare()
                press(address, int(person), f"{name}{number}@board.nhs.uk")
                os._exit(0)
            _, how = os.waitpid(child, 0)
            if os.waitstatus_to_exitcode(how) != -signal.SIGKILL:
                sys.exit(f"{name} {number} did not die as it should: {how}")


if __name__ == "__main__":
    main(*sys.argv[1:])
