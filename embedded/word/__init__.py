"""One way to make a Word file: say what stands in it, block by block, and have it written."""

from embedded.word.blocks import (
    Block,
    Box,
    Cards,
    Heading,
    Item,
    List,
    NewPage,
    Paragraph,
    Run,
    Table,
    Words,
    Write,
    said,
)
from embedded.word.paper import MEDIA_TYPE, About, look
from embedded.word.writing import written

__all__ = [
    "MEDIA_TYPE",
    "About",
    "Block",
    "Box",
    "Cards",
    "Heading",
    "Item",
    "List",
    "NewPage",
    "Paragraph",
    "Run",
    "Table",
    "Words",
    "Write",
    "look",
    "said",
    "written",
]
