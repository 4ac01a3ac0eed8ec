"""Words found by their beginnings: how an index keeps the texts of a table, and how a search asks for them."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Func, TextField

CONFIG = "simple"  # words as they are written: names and codes have no endings to take off


class Apart(Func):
    """A text in which signs that PostgreSQL would take for part of a word, as in codes and addresses, are blanks."""

    template = "TRANSLATE(%(expressions)s, '-./@:_+=?#''', '           ')"
    output_field = TextField()


def words_in(*texts: str) -> SearchVector:
    """The words of these columns: the same for an index and for who asks it."""
    return SearchVector(*(Apart(F(text)) for text in texts), config=CONFIG)


def beginning_with(typed: str) -> SearchQuery | None:
    """Asks for words that begin as those that were typed, all of them; None where there is no letter or figure."""
    found = re.findall(r"[^\W_]+", typed)
    if not found:
        return None
    return SearchQuery(" & ".join(f"{word}:*" for word in found), config=CONFIG, search_type="raw")
