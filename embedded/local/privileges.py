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
STEP_DOWN: Final = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--")


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
        "Run bin/run as an ordinary user, or set DATABASE_URL to a server of your own."
    )


def _works(words: tuple[str, ...]) -> bool:
    tried = subprocess.run([*words, "true"], capture_output=True, check=False)
    return tried.returncode == 0


def steps_down() -> bool:
    """Whether files must belong to nobody, because the process really is nobody."""
    words = before_command()
    return bool(words) and words[1:] == STEP_DOWN[1:]


def hand_over(folder: Path) -> None:
    """Gives a folder to the one who will run the server, and checks that they can reach it."""
    if not steps_down():
        return
    os.chown(folder, NOBODY, NOBODY)
    for parent in folder.parents:
        if not parent.stat().st_mode & 0o001 and parent.stat().st_uid == 0:
            _open_or_refuse(parent, folder)


def _open_or_refuse(parent: Path, folder: Path) -> None:
    """Lets others pass through one of our own folders; a folder that is not ours is left alone and named."""
    if (parent / "lock").exists() or parent.name.startswith("embedded-") or parent.name == "run":
        parent.chmod(parent.stat().st_mode | 0o011)
        return
    raise CannotStart(
        f"PostgreSQL cannot run as root and cannot reach {folder} as another user, because {parent} is closed "
        "to others. Keep the data elsewhere: bin/run --data /srv/embedded"
    )
