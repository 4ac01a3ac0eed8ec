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


def beginning_with(typed: str) -> str:
    """Words that begin as those that were typed, all of them, as `asked_for` takes them; "" where there is no letter
    or figure."""
    return " & ".join(f"{word}:*" for word in re.findall(r"[^\W_]+", typed))


def asked_for(words: str) -> SearchQuery:
    return SearchQuery(words, config=CONFIG, search_type="raw")
