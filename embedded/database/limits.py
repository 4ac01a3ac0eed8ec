"""What each connection tells the server: how long a statement may take, and how long a transaction may lie idle."""

from __future__ import annotations

from typing import Final

CONNECT_SECONDS: Final = 3
ONLY_WHEN_ASKED: Final = 2**31  # times after which psycopg would let a statement be planned ahead by itself
IDLE_IN_TRANSACTION_SECONDS: Final = 600  # longer than any job may run (JOB_TIME_LIMIT_SECONDS)
# No statement runs so long that compiling it (jit) pays; what is planned ahead is planned once for all values
PLANS: Final = ("-c jit=off", "-c plan_cache_mode=force_generic_plan")


def limits(statement: int) -> dict[str, object]:
    """The OPTIONS of a connection whose statements end after so many seconds; 0 is for those that may take longer.

    Where statements are short, so are the pauses within a transaction: a page that hangs must not hold its locks.
    """
    idle = statement or IDLE_IN_TRANSACTION_SECONDS
    said = {"statement_timeout": statement, "idle_in_transaction_session_timeout": idle}
    return {
        "connect_timeout": CONNECT_SECONDS,
        "prepare_threshold": ONLY_WHEN_ASKED,
        "options": " ".join([*(f"-c {name}={seconds}s" for name, seconds in said.items()), *PLANS]),
    }
