"""What only a socket can say to the real web server (§4.4): raw bytes in the first line, header bombs, forged lengths.

Every answer is a page or an error of a kind that says who was wrong, never a 5xx, and nothing of it comes back.
Slow bodies and slow headers are held off by the proxy before it, and are not tried here.
"""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.faults.serving import Site

MARK: Final = b"zxq7"
HOST: Final = b"Host: localhost\r\n"
END: Final = b"Connection: close\r\n\r\n"


def get(target: bytes, headers: bytes = b"", method: bytes = b"GET", version: bytes = b"HTTP/1.1") -> bytes:
    return method + b" " + target + b" " + version + b"\r\n" + HOST + headers + END


FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
REQUESTS: Final = {
    "a raw NUL": get(b"/guidance/\x00" + MARK),
    "an escaped NUL": get(b"/p/%00/r/%00/"),
    "overlong UTF-8": get(b"/guidance/\xc0\xaf" + MARK),
    "overlong and escaped": get(b"/guidance/%c0%ae%c0%ae/"),
    "Latin-1": get(b"/guidance/\xe9?q=\xff"),
    "a lone surrogate": get(b"/guidance/?q=%ed%a0%80"),
    "dots": get(b"/../../../../etc/passwd"),
    "escaped dots": get(b"/static/%2e%2e/%2e%2e/settings.py"),
    "backslashes": get(b"/static/..\\..\\settings.py"),
    "two slashes": get(b"//evil.example/%2e%2e"),
    "a whole address": get(b"http://evil.example/" + MARK),
    "an address without a slash": get(b"guidance"),
    "only a star": get(b"*", method=b"OPTIONS"),
    "a fragment": get(b"/#<" + MARK + b">"),
    "a script": get(b"/<script>" + MARK + b"</script>"),
    "8 KB of address": get(b"/" + b"a" * 8_200),
    "100 KB of address": get(b"/?q=" + b"a" * 100_000),
    "TRACE": get(b"/", b"X-Secret: " + MARK + b"\r\n", method=b"TRACE"),
    "CONNECT": get(b"evil.example:443", method=b"CONNECT"),
    "PROPFIND": get(b"/", b"Depth: infinity\r\n", method=b"PROPFIND"),
    "a method of its own": get(b"/", method=b"<" + MARK + b">"),
    "a long method": get(b"/", method=b"A" * 5_000),
    "HTTP/0.9": b"GET /\r\n",
    "HTTP/1.0 without a host": b"GET / HTTP/1.0\r\n\r\n",
    "HTTP/2 by word": get(b"/", version=b"HTTP/2.0"),
    "HTTP/9": get(b"/", version=b"HTTP/9.9"),
    "no host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two hosts": get(b"/", b"Host: evil.example\r\n"),
    "a host of others": b"GET / HTTP/1.1\r\nHost: evil.example\r\n" + END,
    "a host with bytes": b"GET / HTTP/1.1\r\nHost: \xff\x00\r\n" + END,
    "a hundred headers more than we take": get(b"/", b"".join(b"X-%d: a\r\n" % n for n in range(200))),
    "a header of 64 KB": get(b"/", b"X-A: " + b"a" * 65_536 + b"\r\n"),
    "a megabyte of language": get(b"/", b"Accept-Language: " + b"a" * 1_000_000 + b"\r\n"),
    "50 KB of cookies": get(b"/", b"Cookie: embedded_session=" + b"a" * 50_000 + b"\r\n"),
    "cookies twice": get(b"/", b"Cookie: embedded_session=a\r\nCookie: embedded_session=b\r\n"),
    "a cookie with bytes": get(b"/", b"Cookie: embedded_session=\xff\x01; =;;\r\n"),
    "a header with NUL": get(b"/", b"X-A: a\x00b\r\n"),
    "a header with bytes": get(b"/", b"User-Agent: \xff\xfe" + MARK + b"\r\n"),
    "a header without a colon": get(b"/", b"nonsense\r\n"),
    "a header without a name": get(b"/", b": x\r\n"),
    "a blank before the colon": get(b"/", b"X-A : x\r\n"),
    "a folded header": get(b"/", b"X-A: a\r\n b\r\n"),
    "an underscore": get(b"/", b"X_Forwarded_Host: evil.example\r\n"),
    "a lone line feed": b"GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n",
    "length and chunks": get(
        b"/accounts/login/", FORM + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", method=b"POST"
    )
    + b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "chunks in disguise": get(b"/", FORM + b"Transfer-Encoding: xchunked\r\n", method=b"POST"),
    "two codings": get(b"/", FORM + b"Transfer-Encoding: gzip, chunked\r\n", method=b"POST") + b"0\r\n\r\n",
    "a bad chunk": get(b"/", FORM + b"Transfer-Encoding: chunked\r\n", method=b"POST") + b"zz\r\nx\r\n",
    "two lengths": get(b"/", FORM + b"Content-Length: 1\r\nContent-Length: 2\r\n", method=b"POST") + b"ab",
    "a length below nought": get(b"/", FORM + b"Content-Length: -1\r\n", method=b"POST"),
    "a length in words": get(b"/", FORM + b"Content-Length: ten\r\n", method=b"POST"),
    "a huge length": get(b"/accounts/login/", FORM + b"Content-Length: 99999999999\r\n", method=b"POST"),
    "ranges without end": get(b"/", b"Range: bytes=" + b"0-," * 2_000 + b"0-\r\n"),
    "ranges of a file": get(b"/static/built/embedded.css", b"Range: bytes=" + b"0-1," * 1_000 + b"5-2\r\n"),
    "an upgrade": get(b"/", b"Upgrade: h2c\r\nHTTP2-Settings: AA\r\n"),
    "an expectation": get(b"/", b"Expect: " + MARK + b"\r\n"),
    "a proxy's greeting": b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n" + get(b"/"),
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
    "nothing but ends": b"\r\n\r\n\r\n",
    "nothing": b"",
}


@pytest.fixture
def served(transactional_db: None, tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    try:
        yield site.start()
    finally:
        site.end()


def said(port: int, request: bytes) -> bytes:
    """What came back until the server hung up; it is told that no more follows."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        try:
            line.sendall(request)
            with contextlib.suppress(OSError):  # it may have hung up already
                line.shutdown(socket.SHUT_WR)
            pieces = iter(lambda: line.recv(65_536), b"")
            return b"".join(pieces)
        except (ConnectionResetError, BrokenPipeError):
            return b""


@pytest.mark.full
def test_raw_bytes_get_an_answer_that_is_no_failure_and_says_nothing_back(served: Site) -> None:
    wrong = {}
    for what, request in REQUESTS.items():
        answer = said(served.port, request)
        status = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
        head, _, body = answer.partition(b"\r\n\r\n")
        if status and status[1] not in (b"501", b"505") and int(status[1]) >= 500:
            wrong[what] = answer[:200]
        if (
            b"<" + MARK in body
            or b"evil.example" in head
            or b"Traceback" in body
            or body.count(b"HTTP/1.1 2") > 1
        ):
            wrong[what] = answer[-400:]
        assert served.get("/livez").status == 200, f"the server did not bear {what}"
    assert not wrong, wrong
    assert b"root:" not in served.log.read_bytes()
