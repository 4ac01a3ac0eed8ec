"""How PostgreSQL, which refuses to run as root, is run by root: as nobody, in a namespace or by stepping down."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from embedded.local.trouble import CannotStart

NOBODY: Final = 65534
NAMESPACE: Final = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
# Without the right to pass closed folders, nobody could reach a data folder under root's home.
STEP_DOWN: Final = (
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *("--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--"),
)


def is_root() -> bool:
    return os.geteuid() == 0


@functools.cache
def before_command() -> tuple[str, ...]:
    """The words before a command that run it as somebody who is not root; none when we are not."""
    if not is_root():
        return ()
    for words in (NAMESPACE, STEP_DOWN):
        program = shutil.which(words[0])
        if program and _works((program, *words[1:])):
            return (program, *words[1:])
    raise CannotStart(
        "PostgreSQL refuses to run as root, and neither unshare nor setpriv works here. "
        "Start it as an ordinary user."
    )


def _works(words: tuple[str, ...]) -> bool:
    tried = subprocess.run([*words, "true"], capture_output=True, check=False)
    return tried.returncode == 0


def steps_down() -> bool:
    """Whether files must belong to nobody, because the process really is nobody."""
    words = before_command()
    return bool(words) and words[1:] == STEP_DOWN[1:]


def reaches(program: Path) -> bool:
    """Whether the one who runs the server may start this program: that takes open folders all the way."""
    return not steps_down() or all(parent.stat().st_mode & 0o001 for parent in program.parents)


def hand_over(folder: Path) -> None:
    """Gives a folder and all in it to the one who runs the server; PostgreSQL insists on owning its data.

    It may have been made by the other of the two ways, on another kernel or in another container.
    """
    if not is_root():
        return
    owner = NOBODY if steps_down() else 0
    if folder.stat().st_uid != owner:
        for each in (folder, *folder.rglob("*")):
            os.chown(each, owner, owner, follow_symlinks=False)
