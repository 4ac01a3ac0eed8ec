"""Brings a newer edition of the registers together with what we already have; nothing is ever deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from programmes.registers.entry import Entry, FormerName
from programmes.registers.problems import BadFile, Problem

FEWEST = 0.8  # of the rows that we had from the same file: below that, the file is likely cut short
_COMPARED = (
    "display_name",
    "kind",
    "nation",
    "address",
    "postcode",
    "region",
    "icb_code",
    "gss_code",
    "ror_id",
    "opened",
    "successors",
    "other_names",
    "sites",
)


@dataclass
class Changes:
    """What a newer edition changed, each list in the order of the codes."""

    added: list[Entry] = field(default_factory=list)
    renamed: list[tuple[Entry, Entry]] = field(default_factory=list)
    closed: list[Entry] = field(default_factory=list)
    reopened: list[Entry] = field(default_factory=list)
    changed: list[tuple[Entry, tuple[str, ...]]] = field(default_factory=list)
    missing: list[Entry] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.added, self.renamed, self.closed, self.reopened, self.changed, self.missing))


def merge(
    old: Iterable[Entry], fresh: Iterable[Entry], *, on: date, allow_fewer: bool = False
) -> tuple[list[Entry], Changes]:
    """All entries after the newer files, and what changed. `on`: the day from which a new name counts.

    An entry that a newer file no longer lists stays as it was and is reported as missing. Raises BadFile when a
    file has shrunk below 80% (unless `allow_fewer`), or when a successor does not exist or leads in a circle.
    """
    kept = {entry.key: entry for entry in old}
    newer = {entry.key: entry for entry in fresh}
    if not allow_fewer:
        _refuse_shrunk(kept.values(), newer.values())
    changes = Changes()
    result = dict(kept)
    for key in sorted(newer):
        result[key] = _merged(kept.get(key), newer[key], on, changes)
    sources = {entry.source for entry in newer.values()}
    changes.missing = [
        entry
        for key, entry in sorted(kept.items())
        if entry.source in sources and key not in newer and not entry.closed
    ]
    _refuse_bad_successors(result)
    return [result[key] for key in sorted(result)], changes


def _merged(old: Entry | None, new: Entry, on: date, changes: Changes) -> Entry:
    if old is None:
        changes.added.append(new)
        return _without_its_own_name(new)
    former = old.former_names
    if _plain(old.legal_name) != _plain(new.legal_name):
        former = (*former, FormerName(old.display_name, on))
        changes.renamed.append((old, new))
    merged = replace(
        new.with_names(other_names=old.other_names + new.other_names, sites=old.sites + new.sites),
        former_names=_once(former + new.former_names),
        opened=new.opened or old.opened,
        ror_id=new.ror_id or old.ror_id,
        successors=(new.successors or old.successors) if new.closed else (),
    )
    _note(old, merged, changes)
    return _without_its_own_name(merged)


def _note(old: Entry, new: Entry, changes: Changes) -> None:
    if new.closed and not old.closed:
        changes.closed.append(new)
    elif old.closed and not new.closed:
        changes.reopened.append(new)
    renamed = _plain(old.legal_name) != _plain(new.legal_name)
    different = tuple(
        name
        for name in _COMPARED
        if getattr(old, name) != getattr(new, name) and not (name == "display_name" and renamed)
    )
    if different:
        changes.changed.append((new, different))


def _without_its_own_name(entry: Entry) -> Entry:
    own = {_plain(entry.display_name), _plain(entry.legal_name)}
    return replace(
        entry, former_names=tuple(one for one in entry.former_names if _plain(one.name) not in own)
    )


def _once(names: tuple[FormerName, ...]) -> tuple[FormerName, ...]:
    """Each former name once, the first one seen: its date is nearest to the change."""
    kept: dict[str, FormerName] = {}
    for name in names:
        kept.setdefault(_plain(name.name), name)
    return tuple(kept.values())


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _refuse_shrunk(old: Iterable[Entry], fresh: Iterable[Entry]) -> None:
    had = Counter(entry.source for entry in old)
    has = Counter(entry.source for entry in fresh)
    problems = [
        Problem(
            source,
            has[source],
            f"The file ends here with {has[source]} organisations where we had {had[source]}: it looks cut short.",
            "Download it again, or add --allow-fewer if it is right.",
        )
        for source in sorted(has)
        if has[source] < had[source] * FEWEST
    ]
    if problems:
        raise BadFile(problems)


def _refuse_bad_successors(entries: dict[tuple[str, str], Entry]) -> None:
    problems = []
    for entry in entries.values():
        for code in entry.successors:
            if (entry.scheme, code) not in entries:
                what = f"{entry.code} is to be succeeded by {code}, which is in no file."
                problems.append(
                    Problem(entry.source, 1, what, "Correct the code in data/facts.csv or in the file.")
                )
        if _leads_to_itself(entry, entries):
            what = f"The successors of {entry.code} lead back to it."
            problems.append(Problem(entry.source, 1, what, "Correct the codes of the successors."))
    if problems:
        raise BadFile(problems)


def _leads_to_itself(start: Entry, entries: dict[tuple[str, str], Entry]) -> bool:
    waiting, seen = list(start.successors), set()
    while waiting:
        code = waiting.pop()
        if code == start.code:
            return True
        following = entries.get((start.scheme, code))
        if following and code not in seen:
            seen.add(code)
            waiting.extend(following.successors)
    return False
