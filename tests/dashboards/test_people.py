"""What can be seen of people: closed months, kinds and totals, no free dates, a quiet log in grey (decision 8)."""

from __future__ import annotations

import re

from programmes.measures import rows
from programmes.models import Activity
from tests.dashboards.pages import (
    address,
    busy_residency,
    day_of,
    days,
    links,
    log,
    page_of,
    part,
)
from tests.world import (
    World,
)


def test_no_free_dates_no_days_and_no_hours_per_person(world: World) -> None:
    """Differencing (decision 8): no filter has a date, one that is asked for all the same changes nothing, and this
    month is nowhere."""
    busy_residency(world)
    client = world.client("programme_lead")
    page = page_of(world)
    assert not re.search(r'type="(date|month|number)"|name="(from|to|start|end|since|month|period)', page)
    plain = re.sub(r"\d+:\d+[ap]m|nonce-?\S+|value=\"[\w-]{30,}\"", "", part(page, "mix"))
    for query in ("?from=2026-05-01&to=2026-05-08", "?start=1&end=7", "?month=2026-05", "?person=1"):
        asked = client.get(address(world) + query).content.decode()
        assert re.sub(r"\d+:\d+[ap]m", "", part(asked, "mix")) == plain
    csv = b"".join(client.get(address(world, "figures/mix.csv?from=2026-05-01")).streaming_content).decode()  # type: ignore[attr-defined]
    months = re.findall(r'^"(\w+ \d{4})"', csv, re.MULTILINE)
    assert len(months) == 12
    assert f"{days(0):%B %Y}" not in months
    researcher = str(world.placement.person)
    assert researcher not in page and researcher not in csv


def test_table_drawing_and_download_are_one_set_of_numbers(world: World) -> None:
    busy_residency(world)
    page = part(page_of(world), "mix")
    answer = world.client("programme_lead").get(address(world, "figures/mix.csv"))
    csv = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    head, *lines = [[cell.strip('"') for cell in line.split(",")] for line in csv.splitlines()]
    assert head == [
        "Month",
        "Meeting",
        "Evidence",
        "Teaching",
        "Questions",
        "Planning",
        "Support",
        "University",
        "All hours",
    ]
    for month, *_, total in lines:
        row = page[page.index(f">{month}</th>") :]
        assert total in re.sub(r"<[^>]+>", " ", row[: row.index("</tr>")]).split()
        short = f"{day_of(f'1 {month}'):%b %Y}"
        assert f">{short}</text>" in page
    assert [row[-1] for row in lines] == ["5.5"] * 12  # 60 + 75 + 90 + 105 minutes


def test_quiet_log_is_grey_and_never_a_signal(world: World) -> None:
    log(world.residency, world.people["researcher"])
    Activity.objects.filter(date__gte=days(-70)).delete()
    rows.rebuild_months(world.residency)
    page = page_of(world)
    assert "Nothing needs attention." in page
    quiet = part(page, "mix")
    assert "figures to" in quiet and "missed" not in page.lower()
    assert 'dash-quiet">Figures that do not reach' in quiet


def test_one_without_a_log_is_not_recorded_yet(world: World) -> None:
    page = part(page_of(world), "mix")
    assert "not recorded yet" in page
    assert "There is nothing to show" in page
    assert "0%" not in page


def test_small_numbers_are_named(world: World) -> None:
    log(world.residency, world.people["researcher"])
    assert "These months rest on 1 residency" in part(page_of(world), "mix")


def test_every_table_can_be_taken_away_as_it_stands(world: World) -> None:
    busy_residency(world)
    client = world.client("programme_lead")
    page = page_of(world, tail="figures/")
    downloads = [link for link in links(page) if ".csv" in link]
    assert len(downloads) >= 8
    for link in downloads:
        answer = client.get(link)
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
        assert answer.status_code == 200 and len(lines) > 1, link
    assert client.get(address(world, "figures/nothing.csv")).status_code == 404
