"""bin/bench: what it says, how it counts, and how it refuses; the long measuring is not done here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from embedded.env import ROOT
from tests.benchmarks import __main__ as bench
from tests.benchmarks.figure import Figure, alternating, percentile
from tests.benchmarks.load import MIX, Seen
from tests.benchmarks.services import commands, seconds_logged
from tests.benchmarks.trouble import CannotMeasure

DOCKER_FLAGS = ("--workers 2", "--worker-class sync", "--timeout 60", "--no-control-socket")


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        (Figure("page", 5.0, 2.5, 2.5), "page: ours=5ms limit=2.50ms ratio=2.00 goal=2.5 ok"),
        (Figure("page", 6.26, 2.5, 2.5), "page: ours=6.26ms limit=2.50ms ratio=2.50 goal=2.5 over"),
        (Figure("seed", 20.3, 10.1, 20, "s"), "seed: ours=20.30s limit=10.10s ratio=2.01 goal=20 ok"),
        (
            Figure("dashboard-queries", 31, 31, 1, "", "limit: itself"),
            "dashboard-queries: ours=31 limit=31 ratio=1.00 goal=1 ok (limit: itself)",
        ),
        (Figure("load-5xx", 0, 0, 0, ""), "load-5xx: ours=0 limit=0 ratio=0.00 goal=0 ok"),
        (Figure("load-5xx", 1, 0, 0, ""), "load-5xx: ours=1 limit=0 ratio=inf goal=0 over"),
    ],
)
def test_a_figure_is_one_line(figure: Figure, line: str) -> None:
    assert figure.line == line


def test_the_goal_itself_still_holds() -> None:
    assert Figure("page", 5, 2, 2.5).holds
    assert not Figure("page", 5.01, 2, 2.5).holds


def test_medians_are_taken_of_each_turn_and_then_of_the_turns() -> None:
    asked: list[str] = []
    mine = iter([0.0, *[1.0, 2.0, 90.0], *[4.0, 5.0, 6.0], *[1.0, 3.0, 9.0]])
    theirs = iter([0.0, *[1.0, 1.0, 1.0], *[2.0, 2.0, 80.0], *[3.0, 3.0, 3.0]])

    def ours() -> float:
        asked.append("ours")
        return next(mine)

    def limit() -> float:
        asked.append("limit")
        return next(theirs)

    assert alternating(ours, limit, requests=3, alternations=3, uncounted=1) == (3.0, 2.0)
    assert asked == ["ours", "limit", *([*["ours"] * 3, *["limit"] * 3] * 3)]


def test_percentiles_of_few_and_of_none() -> None:
    assert percentile([], 0.95) == 0
    assert percentile([3.0], 0.95) == 3
    assert percentile([float(number) for number in range(100)], 0.95) == 95


def test_the_same_is_written_for_machines(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    bench.write(path, [Figure("page", 5.0, 2.5, 2.5, note="n"), Figure("load-5xx", 1, 0, 0, "")])
    page, failed = json.loads(path.read_text())
    assert page == {
        "name": "page",
        "ours": 5.0,
        "limit": 2.5,
        "goal": 2.5,
        "unit": "ms",
        "note": "n",
        "ratio": 2.0,
        "ok": True,
    }
    assert (failed["ratio"], failed["ok"]) == (None, False)
    assert [each.name for each in tmp_path.iterdir()] == ["figures.json"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"could not be written to .*figures.json: No such file"):
        bench.write(tmp_path / "nowhere" / "figures.json", [])


def test_an_unknown_name_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["paeg"]) == 2
    said = capsys.readouterr().err
    assert (
        "There is no figure called paeg. Ask for one of these: page, log, dashboard, logbook, guidance, "
        "report, residencies, seed" in said
    )


def test_the_list_says_what_each_measures(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [*bench.BENCHES, *bench.ONLY_BY_NAME]
    assert all(len(line.split()) > 5 for line in lines)


def test_what_cannot_be_measured_leaves_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(services: object) -> list[Figure]:
        raise CannotMeasure("The web server did not start.")

    monkeypatch.setitem(bench.BENCHES, "page", broken)
    monkeypatch.setitem(bench.BENCHES, "log", lambda services: [Figure("log", 1, 1, 4)])
    chosen = bench.chosen(["page", "log"])
    figures, missing = bench.measured(None, chosen)  # type: ignore[arg-type]
    assert ([figure.name for figure in figures], missing) == (["log"], ["page"])


def test_the_seconds_of_the_seeding_are_read_from_what_it_says() -> None:
    assert seconds_logged("Logging 7\nLogged 998,566 activities in 20.3 s\n") == 20.3
    with pytest.raises(CannotMeasure, match="did not say"):
        seconds_logged("Told the story")


def test_the_server_is_the_one_of_production() -> None:
    words = " ".join(commands(8000)["web"])
    image = (ROOT / "Dockerfile").read_text().replace('", "', " ")
    for flag in DOCKER_FLAGS:
        assert flag in words
        assert flag in image


def test_the_mix_is_the_one_promised() -> None:
    assert MIX == {"read": 60, "log": 15, "dashboard": 20, "link": 5}


def test_an_answer_that_failed_is_counted_and_a_refusal_is_not() -> None:
    seen = Seen()
    for status in (200, 302, 404, 429, 500, 599):
        seen.note("read", 0.1, status)
    assert seen.failed == 2
    assert seen.answers["2xx"] == seen.answers["3xx"] == seen.answers["429"] == 1


def test_the_yardstick_is_no_address_of_the_product() -> None:
    asked = "from django.urls import resolve; import django; django.setup(); resolve('/bench/bare/')"
    env = {"DATABASE_URL": "postgres:///none", "REDIS_URL": "redis://none", "EMBEDDED_MODE": "test"}
    child = subprocess.run(
        [sys.executable, "-c", asked],
        env=env | {"DJANGO_SETTINGS_MODULE": "embedded.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 1 and "Resolver404" in child.stderr
