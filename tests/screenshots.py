"""Takes the pictures of the README from the real pages of a demonstration (bin/screenshots)."""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from programmes.demo.cast import LEAD, MANAGER, RESEARCHER, Actor

ROOT = Path(__file__).resolve().parent.parent
WIDE, TALL = 1280, 1040
PHONE, PHONE_TALL = 390, 844
MOST_BYTES = 250_000
COLOURS = 96  # our pages are flat: nobody sees the difference, and the file is a third


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration of its own on a free port, gone afterwards."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="embedded-screenshots-", ignore_cleanup_errors=True) as folder:
        command = [str(ROOT / "bin" / "run"), "--port", str(port), "--data", folder]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert child.stdout
            ready = next((line for line in child.stdout if line.startswith("Ready:")), "")
            if not ready:
                raise SystemExit("The demonstration did not start; bin/run says why.")
            yield f"http://localhost:{port}"
        finally:
            child.terminate()
            child.wait(timeout=60)


def take(page: Page, path: Path) -> None:
    """What is to be seen of the page, few colours, checked for its size."""
    page.mouse.move(0, 0)
    page.evaluate("document.fonts.ready")
    shot = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{path} is {size} bytes; make the picture smaller")
    print(f"{path}  {size // 1000} kB")


class Visit:
    """Somebody of the demonstration at a window of that size."""

    def __init__(
        self, browser: Browser, url: str, actor: Actor | None, width: int = WIDE, tall: int = TALL
    ) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": tall}, locale="en-GB")
        self.url = url
        if actor is not None:
            self.go("/demo/")
            self.page.get_by_role("button", name=f"Be {actor.name}").click()
            self.page.wait_for_load_state()

    def go(self, address: str) -> None:
        self.page.goto(self.url + address)

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()


def dashboard(browser: Browser, url: str) -> Page:
    return _at_dashboard(browser, url).page


def _at_dashboard(browser: Browser, url: str) -> Visit:
    visit = Visit(browser, url, LEAD)
    visit.follow("Dashboard")
    return visit


def residency(browser: Browser, url: str) -> Page:
    visit = _at_dashboard(browser, url)
    visit.follow("Residencies")
    visit.follow("Falls: what happens after people go home")
    return visit.page


def report(browser: Browser, url: str) -> Page:
    """Asks for a report as a lead would, and waits for the worker."""
    visit = _at_dashboard(browser, url)
    visit.follow("Reports")
    page = visit.page
    page.get_by_label("The last 12 whole months").check()
    page.get_by_label("Who is it prepared for?").fill("The steering group")
    page.get_by_role("button", name="Make report").click()
    page.locator("a[href$='report.pdf']").first.wait_for(timeout=120_000)
    return page


def log(browser: Browser, url: str) -> Page:
    return _log(browser, url, WIDE, TALL)


def log_on_a_phone(browser: Browser, url: str) -> Page:
    return _log(browser, url, PHONE, PHONE_TALL)


def _log(browser: Browser, url: str, width: int, tall: int) -> Page:
    visit = Visit(browser, url, RESEARCHER, width, tall)
    visit.follow("Log")
    page = visit.page
    if page.get_by_role("button", name="Throw it away").count():  # the draft of the picture before
        page.get_by_role("button", name="Throw it away").click()
    page.get_by_label("What did you do?").fill("Went through the first findings with the falls team")
    page.get_by_label("How long did it take?").fill("1:30")
    page.get_by_label("Finding, making or feeding back evidence").check()
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    return page


def registration(browser: Browser, url: str) -> Page:
    """The task list of one that was returned with a reason."""
    visit = Visit(browser, url, MANAGER)
    visit.follow("Residencies")
    visit.follow("Eating and drinking after a stroke")
    visit.follow("Registration")
    return visit.page


def guidance(browser: Browser, url: str) -> Page:
    visit = Visit(browser, url, None)
    visit.go("/guidance/")
    return visit.page


PICTURES: dict[str, Callable[[Browser, str], Page]] = {
    "dashboard": dashboard,
    "residency": residency,
    "report": report,
    "log": log,
    "log-phone": log_on_a_phone,
    "registration": registration,
    "guidance": guidance,
}


def take_all(url: str, folder: Path, wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in wanted or PICTURES:
            page = PICTURES[name](browser, url)
            take(page, folder / f"{name}.png")
            page.close()
        browser.close()


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--url", help="a demonstration that is running; otherwise one is started and stopped")
    words.add_argument(
        "--to", type=Path, default=ROOT / "docs" / "screenshots", help="the folder to write to"
    )
    words.add_argument("only", nargs="*", metavar="picture", help=f"some of: {', '.join(PICTURES)}")
    said = words.parse_args()
    if said.url:
        take_all(said.url.rstrip("/"), said.to, said.only)
    else:
        with demonstration() as url:
            take_all(url, said.to, said.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
