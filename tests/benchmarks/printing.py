"""Runs beside: writes the HTML of the programme report, or prints it, ours or plain, each time a line comes in."""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def html_of_report() -> str:
    """The report that the lead would get of the last year, as the printer takes it."""
    import django

    django.setup()
    from django.utils import timezone

    from embedded.accounts.models import Person
    from programmes.demo import cast
    from programmes.measures.period import closed_months
    from programmes.models import Programme, Report
    from programmes.reports import build

    period = closed_months(timezone.localdate(), 12)
    asked = Report(
        programme=Programme.objects.get(is_demonstration=True),
        start=period.start,
        end=period.end,
        asked_by=Person.objects.get(email=cast.LEAD.email),
        asked_at=timezone.now(),
    )
    return build.paper(build.compose(asked))


def ours(html: str) -> Callable[[], int]:
    """As the worker does it: memory bounded, our own fetcher."""
    import django

    django.setup()
    from embedded.pdf import print_pdf
    from programmes.reports.memory import bounded_memory

    def once() -> int:
        with bounded_memory():
            return print_pdf(html, "Programme report").pages

    return once


def plain(html: str) -> Callable[[], int]:
    """WeasyPrint and nothing else, tuned as it can be: one set of fonts, one stylesheet, few collections."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from embedded.pdf import asset

    class FromDisk(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            content, media_type = asset(url.partition(":")[2])
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    fonts, fetcher = FontConfiguration(), FromDisk(allowed_protocols=("asset",))
    style = CSS(
        string=asset("paper.css")[0].decode(), base_url="asset:", url_fetcher=fetcher, font_config=fonts
    )
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)

    def once() -> int:
        document = HTML(string=html, base_url="asset:", url_fetcher=fetcher).render(
            stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
        )
        document.write_pdf(pdf_variant="pdf/ua-1")
        return len(document.pages)

    return once


def answer(printer: Callable[[], int]) -> None:
    """Prints once for each line, and tells how long that took and the most memory so far, in MiB."""
    for _ in sys.stdin:
        began = time.perf_counter()
        pages = printer()
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "pages": pages, "peak": peak}), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "html":
        sys.stdout.write(html_of_report())
    else:
        answer({"ours": ours, "plain": plain}[sys.argv[1]](Path(sys.argv[2]).read_text()))
