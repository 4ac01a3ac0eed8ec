"""Figures of what is talked over and decided: the ten themes, the four tensions, which permission to ask about."""

from __future__ import annotations

from typing import Final

from embedded.charts.drawing import INK, QUIET, line
from guidance.figures.parts import (
    BLUE,
    BROWN,
    DEEP,
    EDGE,
    GREEN,
    MINT,
    PALE,
    SAND,
    SKY,
    SMALL,
    WHITE,
    WIDE,
    Figure,
    arrow,
    badge,
    lines,
    panel,
    shape,
)

# domain.md §4.1 in the plain words of users.md: group, colours, and the themes with the question of each
GROUPS: Final = (
    (
        ("What it", "is for"),
        (DEEP, SKY),
        (
            ("What should change", ("What should be different", "in a year?")),
            ("Who decides, who gains", ("Who decides what is", "looked at, and who gains?")),
        ),
    ),
    (
        ("How it", "is built"),
        (GREEN, MINT),
        (
            ("How big, how long", ("One question,", "several, or what", "comes up?")),
            ("Who is in", ("Who is in from", "the start, and", "who is missing?")),
            ("Where, how often", ("Which place,", "which days, more", "at the start?")),
            ("Whose colleague", ("Who employs,", "who manages", "day to day?")),
        ),
    ),
    (
        ("How it", "is done"),
        (BROWN, SAND),
        (
            ("What time is for", ("What is the time", "for, and what is", "not the job?")),
            ("Which skills", ("Which matter", "most, who holds", "the others?")),
            ("How critical", ("How critical,", "and in which", "room?")),
            ("How we learn", ("How do we know", "it works, and", "when do we look?")),
        ),
    ),
)
BAND: Final = 112
HEAD: Final = 92


def themes() -> Figure:
    body, told, number = "", [], 0
    for row, (group, (dark, light), those) in enumerate(GROUPS):
        y = row * (BAND + 8)
        body += panel(0, y, HEAD, BAND, dark) + lines(12, y + 48, group, fill=WHITE, bold=True)
        width = (WIDE - HEAD) / len(those)
        for place, (name, question) in enumerate(those):
            number += 1
            x = HEAD + place * width + 6
            body += panel(x, y, width - 6, BAND, light) + badge(x + 20, y + 21, str(number), dark)
            body += lines(x + 10, y + 50, [name], bold=True, fill=dark, points=SMALL)
            body += lines(x + 10, y + 68, question, points=SMALL)
            told.append(f"{number} {name}: {' '.join(question)}")
    title = "Ten themes in three groups: what it is for, how it is built, how it is done"
    return Figure(title, " ".join(told), 3 * (BAND + 8) - 8, body)


# domain.md §4.2: question, both ends, and what is said of the middle
TENSIONS: Final = (
    (
        "Is what we say about working together true?",
        ("People are asked late,", "or only to agree"),
        ("We promise more", "than we can do"),
        "middle",
        "Aim for the middle: we say what we really do",
    ),
    (
        "Who decides, and who gains?",
        ("The researchers", "decide and gain"),
        ("We decide together and", "all gain something"),
        "talk",
        "Decide by talking it through",
    ),
    (
        "Can everyone follow, and join in?",
        ("Hard words, one way", "to join in"),
        ("Plain words, many ways", "to join in"),
        "right",
        "This way",
    ),
    (
        "What keeps it going?",
        ("A few keen people",),
        ("Time, money and rules",),
        "both",
        "You need both",
    ),
)
ROW: Final = 102
LEFT: Final = 180
RIGHT: Final = 500


def tensions() -> Figure:
    body = "".join(_tension(number) for number in range(len(TENSIONS)))
    told = " ".join(
        f"{number} {question} From “{' '.join(one)}” to “{' '.join(other)}”. {said}."
        for number, (question, one, other, _, said) in enumerate(TENSIONS, 1)
    )
    return Figure("Four tensions, each a line between two ends", told, len(TENSIONS) * ROW - 8, body)


def _tension(number: int) -> str:
    question, one, other, kind, said = TENSIONS[number]
    y = number * ROW
    scale = y + 62
    drawn = panel(0, y, WIDE, ROW - 8, PALE) + badge(20, y + 19, str(number + 1))
    drawn += lines(40, y + 24, [question], bold=True, fill=DEEP)
    ends = (one, "end", LEFT - 12), (other, "start", RIGHT + 12)
    for texts, at, x in ends:
        drawn += lines(x, scale + (4 if len(texts) == 1 else -4), texts, at=at, points=SMALL)
    middle = (LEFT + RIGHT) / 2
    if kind == "middle":
        drawn += panel(middle - 60, scale - 9, 120, 18, "#bfe3cd", round_by=9)
    drawn += line(LEFT, scale, RIGHT, scale, EDGE, width=3)
    for x in (LEFT, RIGHT):
        drawn += panel(x - 6, scale - 6, 12, 12, GREEN if kind == "both" else EDGE, round_by=6)
    if kind == "right":
        drawn += line(middle, scale, RIGHT - 22, scale, GREEN, width=5)
        drawn += shape([(RIGHT - 24, scale - 10), (RIGHT - 8, scale), (RIGHT - 24, scale + 10)], GREEN)
    return drawn + lines(middle, scale + 23, [said], at="middle", fill=GREEN, points=SMALL, bold=True)


# domain.md §3.6: who employs, what the work is, what to ask about; height of the field on the left in rows
ROUTES: Final = (
    (("The host itself",), 1, ("Anything in the job",), ("Does the contract", "cover it already?")),
    (
        ("The NHS elsewhere, or has an", "honorary clinical contract"),
        1,
        ("Research",),
        ("The NHS-to-NHS route,", "with no passport"),
    ),
    (
        ("A university",),
        2,
        ("Research that could", "affect a patient’s care"),
        ("Research passport, then an", "honorary research contract"),
    ),
    (
        (),
        0,
        ("Other research, such as", "interviews with staff"),
        ("Research passport, then", "a letter of access"),
    ),
    (
        ("Anybody from outside",),
        1,
        ("Not research: evaluation,", "improvement, audit"),
        ("An honorary contract, some-", "thing else, or nothing?"),
    ),
)
NOTE: Final = (
    "A permission for research may not cover other work. R&D or HR decides, and trusts differ: use each line",
    "as a question. Ask a council, charity, care provider or GP practice for the rules it has of its own.",
)
STEP: Final = 58
COLUMNS: Final = ((0, 196), (228, 202), (462, 218))


def permission() -> Figure:
    heads = ("1 Who employs them?", "2 What is the work?", "3 Ask R&D or HR about")
    body = "".join(
        lines(x, 16, [head], bold=True, fill=DEEP) for (x, _), head in zip(COLUMNS, heads, strict=True)
    )
    body += "".join(_route(number) for number in range(len(ROUTES)))
    foot = 28 + len(ROUTES) * STEP
    body += lines(0, foot + 12, NOTE, points=SMALL, fill=QUIET)
    return Figure("Which permission to ask about", _told(), foot + 36, body)


def _route(number: int) -> str:
    employer, rows, work, ask = ROUTES[number]
    y, height = 28 + number * STEP, STEP - 8
    middle = y + height / 2
    fields = [(COLUMNS[1], work, PALE, INK, EDGE), (COLUMNS[2], ask, MINT, INK, GREEN)]
    drawn = ""
    if employer:
        tall = rows * STEP - 8
        drawn += panel(*COLUMNS[0][:1], y, COLUMNS[0][1], tall, SKY, edge=BLUE)
        drawn += _centred(COLUMNS[0][0] + 10, y + tall / 2, employer, True)
    for (x, width), texts, fill, _, edge in fields:
        drawn += panel(x, y, width, height, fill, edge=edge) + _centred(x + 10, middle, texts, False)
    for (x, width), (after, _) in ((COLUMNS[0], COLUMNS[1]), (COLUMNS[1], COLUMNS[2])):
        drawn += arrow(x + width + 2, middle, after - 2)
    return drawn


def _centred(x: float, middle: float, texts: tuple[str, ...], bold: bool) -> str:
    return lines(x, middle + 5 - (len(texts) - 1) * 8.5, texts, bold=bold and len(texts) == 1, points=SMALL)


def _told() -> str:
    said, employer = [], ""
    for whose, _, work, ask in ROUTES:
        employer = " ".join(whose) or employer
        asked = " ".join(ask).replace("some- thing", "something").rstrip("?")
        said.append(f"{employer}. {' '.join(work)}: {asked}?")
    return " ".join([*said, *NOTE])
