"""Journey 15: a researcher brings in what was kept elsewhere, takes the bad rows away, undoes all of it, and takes the
whole log along."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from programmes.models import Activity
from tests.journeys.conftest import Visitor, Way
from tests.journeys.earlier import programme_with_manager, running
from tests.workers import run_jobs


def test_a_log_comes_in_by_file_and_goes_out_again(
    visit: Callable[..., Visitor], way: Way, tmp_path: Path
) -> None:
    earlier = programme_with_manager()
    running(earlier)
    researcher = visit(earlier.researcher)
    day = timezone.localdate() - datetime.timedelta(days=2)
    kept = tmp_path / "mine.csv"
    kept.write_text(f"When,Time spent,Notes\n{day},90,Met the ward\n{day},soon,Planned the audit\n")
    researcher.go("/log/file/")
    researcher.over()
    researcher.page.locator("input[type=file]").set_input_files(kept)
    researcher.keys.press("Upload")
    run_jobs()
    researcher.page.reload()
    researcher.says("What the columns mean")
    researcher.over()
    researcher.page.get_by_label("Kind of work where a row says none").select_option("educational")
    researcher.keys.press("Continue")
    run_jobs()
    researcher.page.reload()
    researcher.says("What we found in your file")
    researcher.says("Write how long it took, like 90, 1:30 or 1.5.")
    researcher.over()
    researcher.keys.press("Bring in 1 row")
    run_jobs()
    researcher.page.reload()
    researcher.says("1 entry brought in")
    assert Activity.objects.get().minutes == 90
    researcher.keys.press("Undo the whole file")
    researcher.says("Undone: 1 entry taken out of your log")
    researcher.over()
    assert not Activity.objects.exists()
    researcher.go("/log/file/")
    with researcher.page.expect_download() as download:
        researcher.page.get_by_role("link", name="JSON", exact=True).click()
    assert '"Log"' in Path(download.value.path()).read_text()
