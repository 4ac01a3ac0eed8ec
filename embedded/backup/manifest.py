"""What a backup says about itself: when, of what, by which key, and the sums that prove it whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from embedded.backup.counting import Table
from embedded.backup.trouble import CannotRestore

NAME: Final = "manifest.json"
DATABASE: Final = "database.dump"
FILES: Final = "files.tar"


@dataclass(frozen=True)
class Manifest:
    """`made_at` in ISO form, UTC. `vault_key` names the key that locked people's own texts and gives nothing away;
    `sums` are the SHA-256 of the two files of the backup, `files` the number of made files in the second."""

    made_at: str
    postgres: int
    demonstration: bool
    vault_key: str
    tables: dict[str, Table]
    files: int
    sums: dict[str, str]


def write(manifest: Manifest, folder: Path) -> None:
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=1) + "\n")


def read(folder: Path) -> Manifest:
    """Raises CannotRestore where there is no backup, or one that is not whole."""
    try:
        told = json.loads((folder / NAME).read_text())
        told["tables"] = {name: Table(*row) for name, row in told["tables"].items()}
        manifest = Manifest(**told)
    except FileNotFoundError as problem:
        raise CannotRestore(
            f"There is no backup in {folder}: it has no {NAME}. Name the folder that back_up made."
        ) from problem
    except (ValueError, TypeError, KeyError) as problem:
        raise CannotRestore(f"{folder / NAME} cannot be read. Use another backup.") from problem
    for name, wanted in manifest.sums.items():
        if not (folder / name).exists() or sum_of(folder / name) != wanted:
            raise CannotRestore(f"{folder / name} is not what was written down. Use another backup.")
    return manifest


def sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
