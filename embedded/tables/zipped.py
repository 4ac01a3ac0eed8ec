"""Several files as one ZIP, made while it is sent: never whole in memory, never on disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header


class _Sink:
    """What the ZIP has written and nobody has taken yet."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._held.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        content = b"".join(self._held)
        self._held.clear()
        return content


def zip_pieces(files: Iterable[tuple[str, Iterable[str]]]) -> Iterator[bytes]:
    """`files` are names with their texts, piece by piece; each is asked for when its turn has come."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as held:  # type: ignore[call-overload]
        for name, pieces in files:
            with held.open(name, "w") as file:
                for piece in pieces:
                    file.write(piece.encode())
                    if ready := sink.taken():
                        yield ready
    yield sink.taken()


def zip_response(filename: str, files: Iterable[tuple[str, Iterable[str]]]) -> StreamingHttpResponse:
    """A download that is never cached. `filename` ends in .zip."""
    return StreamingHttpResponse(
        zip_pieces(files),
        content_type="application/zip",
        headers={
            "Content-Disposition": content_disposition_header(True, filename) or "attachment",
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        },
    )
