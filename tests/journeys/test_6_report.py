"""Journey 6: the lead asks for a report; a real worker makes it; it comes as a page, a PDF and a letter with a link."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader

from embedded.jobs.models import Job
from programmes.models import Report
from tests.journeys.conftest import Visitor, Way, letter_to, link_in
from tests.journeys.earlier import Earlier, programme_with_manager, running
from tests.workers import Workers, become, ended, redis_of_drill, run_jobs, workers

__all__ = ["redis_of_drill", "workers"]  # fixtures


def test_a_report_is_made_by_a_worker_and_delivered(
    visit: Callable[..., Visitor], way: Way, workers: Workers
) -> None:
    earlier = programme_with_manager()
    running(earlier)
    lead = visit(earlier.lead)
    ask(lead, earlier)
    if way.name == "wide":
        workers.start()
        become(ended(*Job.objects.filter(kind="programme_report")))
    else:
        run_jobs()  # the same work in this process: a worker of its own takes seconds to start
    read(lead, earlier)


def ask(lead: Visitor, earlier: Earlier) -> None:
    lead.go(earlier.home)
    lead.menu("Reports")
    lead.over()
    lead.keys.choose("The last 12 whole months", "Which period?")
    lead.keys.type("Who is it prepared for?", "The board of Marsh End")
    lead.keys.press("Make report")
    lead.says("Your report is being prepared")
    lead.over()
    assert Report.objects.get().made_at is None


def read(lead: Visitor, earlier: Earlier) -> None:
    report = Report.objects.get()
    if lead.way.script:
        lead.page.locator("h1", has_text=earlier.programme.name).wait_for()  # the page looks by itself
    lead.go(link_in(letter_to(earlier.lead.email)))
    assert lead.path == report.get_absolute_url()
    lead.says("The board of Marsh End")
    lead.over()
    answer = lead.page.request.get(f"{lead.base}{report.get_absolute_url()}report.pdf")
    assert answer.status == 200
    assert answer.url.endswith("report.pdf"), answer.text()[:3000]
    assert answer.headers["content-type"] == "application/pdf", answer.text()[-4000:]
    assert "attachment" in answer.headers["content-disposition"]
    pdf = PdfReader(BytesIO(answer.body()))
    assert pdf.root_object["/MarkInfo"]["/Marked"], "the PDF is tagged"
    assert "Marsh End" in pdf.pages[0].extract_text()
    lead.go(f"{earlier.home}reports/")
    lead.says("The board of Marsh End")
    lead.over()
