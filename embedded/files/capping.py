"""Stops keeping an upload once it is larger than any file that we take, however large it says it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MOST: Final = 6 * 1024 * 1024  # bytes; forms ask for less, and say so
View = TypeVar("View", bound=Callable[..., Any])


def takes_upload_of(most: int) -> Callable[[View], View]:
    """Lets one page take files of so many bytes, where the others take MOST."""

    def mark(view: View) -> View:
        view.takes_upload_of = most  # type: ignore[attr-defined]
        return view

    return mark


class Capped(FileUploadHandler):
    """The first of the handlers. A file that is too large is read to its end and kept nowhere; the request then says
    so in `upload_too_large`, as the form finds no file."""

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.taken = 0
        page = getattr(self.request, "resolver_match", None)
        self.most: int = getattr(page and page.func, "takes_upload_of", MOST)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.taken += len(raw_data)
        if self.taken > self.most:
            self.request.upload_too_large = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keeping it is for the handlers that follow."""
