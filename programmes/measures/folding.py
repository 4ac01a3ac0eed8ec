"""Folds the roll-up of programmes: of many rows a month it makes one, while people go on writing."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

from programmes.measures.engagement import KIND_CODES

# Rows that another round holds are left to it, so that two rounds never wait for each other; sums stay what they are
_FOLD: Final = f"""
WITH many AS (
    SELECT programme_id, month FROM programmes_programmemonth GROUP BY programme_id, month HAVING count(*) > 1
), held AS MATERIALIZED (
    SELECT id FROM programmes_programmemonth JOIN many USING (programme_id, month)
    FOR UPDATE OF programmes_programmemonth SKIP LOCKED
), gone AS (
    DELETE FROM programmes_programmemonth p USING held WHERE p.id = held.id RETURNING p.*
)
INSERT INTO programmes_programmemonth (programme_id, month, entries, {", ".join(KIND_CODES)})
SELECT programme_id, month, sum(entries), {", ".join(f"sum({code})" for code in KIND_CODES)}
FROM gone GROUP BY programme_id, month
"""  # noqa: S608 (names of columns)


@transaction.atomic
def fold_months() -> None:
    """Leaves one row a programme and month, with the same sum. Whoever reads sees the rows of before or the one of
    after; whoever writes adds rows, which the next time takes."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD)
