"""What a view of the residencies in reach can be narrowed to: their themes and their hosts (one question)."""

from __future__ import annotations

from typing import Any, Final

from programmes.measures.reach import Question

_SQL: Final = """
SELECT 'theme', id, name FROM programmes_theme WHERE id IN (SELECT theme_id FROM reach)
UNION ALL
SELECT 'host', id, display_name FROM programmes_organisation
WHERE id IN (
    SELECT p.organisation_id FROM programmes_residencyorganisation p JOIN reach ON reach.id = p.residency_id
    WHERE p.part IN ('lead_host', 'host')
)
"""


def offers() -> Question[dict[str, list[tuple[int, str]]]]:
    """Id and name of each theme and host, in the order of their names."""
    return Question(_SQL, {}, _read)


def _read(rows: list[list[Any]]) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {"theme": [], "host": []}
    for part, pk, name in sorted(rows, key=lambda row: row[2].lower()):
        found[part].append((pk, name))
    return found
