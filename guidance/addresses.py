"""How an edition's version stands in an address."""

from __future__ import annotations

from guidance.catalogue import number_of


class VersionConverter:
    """ "1.2.3" in the address, three numbers in the view."""

    regex = r"\d{1,4}\.\d{1,4}\.\d{1,4}"

    def to_python(self, value: str) -> tuple[int, int, int]:
        return number_of(value)

    def to_url(self, value: tuple[int, int, int]) -> str:
        return ".".join(str(part) for part in value)
