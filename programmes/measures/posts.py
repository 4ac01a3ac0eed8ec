"""Posts: who holds one from when to when, counted and in whole-time equivalents, never by name."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from programmes.measures.figure import Figure, Words, start_high
from programmes.measures.period import Period, day_span, day_words


@dataclass(frozen=True)
class Post:
    """`end` is the day after the last; `key` and `person` only tell posts and people apart."""

    key: int
    code: str
    person: int
    wte: Decimal
    start: datetime.date
    end: datetime.date | None

    def is_held_on(self, day: datetime.date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def posts_figure(
    posts: Sequence[Post],
    *,
    running: Iterable[str],
    period: Period,
    researchers: Words,
    at: datetime.datetime,
) -> Figure:
    """Posts on the first and the last day, and those begun and ended in between. `running` are the codes of what ran
    on the last day; `researchers` are the programme's words for those who hold a post."""
    first = [post for post in posts if post.is_held_on(period.start)]
    last = [post for post in posts if post.is_held_on(period.last)]
    between = [post for post in posts if _within(post, period)]
    begun = [post for post in last if post not in first] + between
    ended = [post for post in first if post not in last] + between
    empty = set(running) - {post.code for post in last}
    people = len({post.person for post in last})
    return Figure(
        key="posts",
        title="Posts",
        sentence=f"On {day_words(period.last)}, {researchers.counted(people)} held {_posts(len(last))}: {_wte(last)} "
        f"whole-time equivalents together. {len(begun) or 'None'} began and {len(ended) or 'none'} ended in the period."
        if last
        else f"No post was held on {day_words(period.last)}.",
        head=("When", "Posts", "Whole-time equivalents"),
        rows=(
            (f"Held on {day_words(period.start)}", len(first), _wte(first)),
            ("Begun since", len(begun), _wte(begun)),
            ("Ended since", len(ended), _wte(ended)),
            (f"Held on {day_words(period.last)}", len(last), _wte(last)),
        ),
        numeric=(1, 2),
        period=day_span(period),
        denominator=f"{_posts(len({*first, *begun}))} held on at least a day of the period",
        missing=f"{len(empty)} running without anybody named." if empty else "Nothing.",
        computed_at=at,
        note=f"{start_high(researchers.many)} are counted once, however many posts they hold.",
    )


def _within(post: Post, period: Period) -> bool:
    """Begun after the first day and over by the last: held on neither of them."""
    return post.end is not None and period.start < post.start and post.end <= period.last


def _posts(number: int) -> str:
    return f"{number} post{'' if number == 1 else 's'}"


def _wte(posts: Iterable[Post]) -> str:
    return f"{sum((post.wte for post in posts), Decimal(0)):.2f}"
