"""What a row of a log means where two programmes, half-days or one host are in it, and how much a day still holds."""

from __future__ import annotations

import csv
import io

from programmes.models import Activity, LogFileRow, Programme, Residency, ResidencyOrganisation
from tests.interchange.building import (
    DAY,
    HEAD,
    KIND,
    brought_in,
    checked,
    page_of,
    researcher,
    states,
    table,
)
from tests.world import World, join, make_organisation


def row(minutes: str, *more: str) -> list[str]:
    return [str(DAY), minutes, "Met the falls team", KIND, *more]


def test_a_code_that_two_programmes_have_names_none_without_its_programme(
    world: World, other_world: World
) -> None:
    Residency.objects.filter(pk=other_world.residency.pk).update(code=world.residency.code)
    join(world.people["researcher"], "researcher", other_world.programme, other_world.residency)
    code, slugs = world.residency.code, (world.programme.slug, other_world.programme.slug)
    rows = [
        row(str(30 + n), written) for n, written in enumerate([code, *(f"{slug}/{code}" for slug in slugs)])
    ]
    file = brought_in(world, checked(world, table(*rows, head=[*HEAD, "Residency"])))
    assert states(file) == ["bad", "made", "made"]
    assert f"Write one of: {slugs[0]}/{code}; {slugs[1]}/{code}." in page_of(world, file, show="bad")
    assert [one.residency.programme.slug for one in Activity.objects.order_by("minutes")] == list(slugs)
    taken = b"".join(researcher(world).get("/log/export.csv")).decode("utf-8-sig")
    out = list(csv.DictReader(io.StringIO(taken)))
    assert {one["Residency"] for one in out} == {f"{slug}/{code}" for slug in slugs}
    assert states(checked(world, taken.encode())) == ["here", "here"]


def test_what_a_day_has_no_room_for_takes_no_room(world: World) -> None:
    """V-60: 15 h and 1 h make a day; the 2 h between them do not come in, and do not count."""
    file = checked(world, table(row("15:00"), row("2:00"), row("1:00"), row("0:01")))
    assert states(file) == ["good", "bad", "good", "bad"]
    brought_in(world, file)
    assert sum(Activity.objects.values_list("minutes", flat=True)) == 960


def test_a_programme_of_half_days_takes_no_others_from_a_file(world: World) -> None:
    Programme.objects.update(half_days_only=True)
    file = checked(world, table(row("90"), row("half a day"), row("7.5")))
    assert states(file) == ["bad", "good", "good"]
    page = page_of(world, file, show="bad")
    assert "Write half-days here, like half a day or a day." in page and "“90”: row 2" in page


def test_the_only_host_is_that_of_every_row_and_of_several_none(world: World) -> None:
    assert states(checked(world, table(row("30")))) == ["good"]
    assert LogFileRow.objects.get().host == world.host
    ResidencyOrganisation.objects.create(
        residency=world.residency, organisation=make_organisation("Second Trust"), part="host"
    )
    second = checked(world, table(row("31")))
    assert LogFileRow.objects.get(file=second).host is None
