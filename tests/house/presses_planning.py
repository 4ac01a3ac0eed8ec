"""The presses of planning together: the table, asking a member of the public, answering on one's own, apart."""

from __future__ import annotations

from tests.house.addresses import Things
from tests.house.live import live_links
from tests.house.pressing import NOBODY, Press, at, press
from tests.planning.table import typed as table_typed
from tests.registration.filled import key


@press
def planning_table(things: Things) -> Press:
    return Press("researcher", at(things, "planning_table"), table_typed(version="1"))


@press
def planning_ask(things: Things) -> Press:
    typed = {"form_key": key(), "name": "Maureen Tilley", "way": "link", "offered": "A voucher"}
    return Press("researcher", at(things, "planning_ask"), typed | {"email": "maureen@people.example"})


@press
def planning_voice(things: Things) -> Press:
    """Types in what a public partner told."""
    typed = {"form_key": key(), "version": "1", "how": "telephone", "worries": "That the bus stops running"}
    return Press("researcher", at(things, "planning_voice"), typed)


@press
def planning_apart(things: Things) -> Press:
    typed = {"form_key": key(), "themes": "power"}
    for row, (name, part) in enumerate((("Priya Nair", "host_manager"), ("Rae Searcher", "researcher"))):
        typed |= {f"name_{row}": name, f"part_{row}": part, f"email_{row}": f"person{row}@people.example"}
    return Press("host_manager", at(things, "planning_apart"), typed)


@press
def planning_round(things: Things) -> Press:
    """Closes it, so that what there is stands side by side."""
    return Press("host_manager", at(things, "planning_round"), {"form_key": key()})


@press
def planning_own(things: Things) -> Press:
    """Answers what they were asked apart from the others, signed in."""
    typed = {"form_key": key(), "version": "1", "power": "Mostly the board", "power_position": "one_end"}
    return Press("researcher", at(things, "planning_own"), typed)


@press
def planning_answer(things: Things) -> Press:
    typed = {"form_key": key(), "version": "1", "right_problem": "Nearly", "worries": "That nobody listens"}
    return Press(NOBODY, live_links(things)["planning_answer"], typed)
