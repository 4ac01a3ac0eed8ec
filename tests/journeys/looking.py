"""What every page of a journey must be: free of faults that axe finds, quiet in the console, within its width."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from playwright.sync_api import ConsoleMessage, Page, Response

AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text()
TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN: Final = """
async (tags) => {
  const found = await axe.run(document, {runOnly: tags, rules: {"target-size": {enabled: true}},
    resultTypes: ["violations"]});
  return found.violations.map((one) => `${one.id}: ${one.help}\\n` +
    one.nodes.slice(0, 3).map((node) => `    ${node.html.slice(0, 200)}\\n      ${node.failureSummary}`).join("\\n"));
}
"""
_WIDTH: Final = """
() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const rolled = (el) => el.closest("[class*=table-container], [class*=app-scroll], .nhsuk-u-visually-hidden");
  const wide = (el) => el.getBoundingClientRect().right > most + 1 && !rolled(el);
  return [...document.querySelectorAll("body *")].filter(wide)
    .slice(0, 5).map((el) => el.outerHTML.slice(0, 160)).concat(["the page is wider than the screen"]);
}
"""
_LINKS: Final = """
() => {
  const name = (el) => (el.getAttribute("aria-label") || el.textContent).replace(/\\s+/g, " ").trim();
  const seen = new Map();
  const wrong = [];
  for (const el of document.querySelectorAll("main a[href]")) {
    const text = name(el);
    const to = el.href;
    if (!text) wrong.push(`a link without words: ${el.outerHTML.slice(0, 120)}`);
    if (seen.has(text) && seen.get(text) !== to) wrong.push(`two links “${text}” lead to different places`);
    seen.set(text, to);
  }
  return wrong;
}
"""


class Looking:
    """Keeps what a page says to its console, and looks a page over when asked."""

    def __init__(self, page: Page, service: str = "Embedded") -> None:
        self.page, self.service = page, service
        self.noise: list[str] = []
        self.looked_at: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.noise.append(f"{page.url}: {error}"))
        page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.noise.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.noise.append(f"{response.url} answers {response.status}")

    def faults(self, *, axe: bool = True) -> list[str]:
        """Everything wrong with the page that is shown now, in sentences."""
        page = self.page
        found = [*self.noise]
        self.noise.clear()
        heads = page.locator("h1").count()
        if heads != 1:
            found.append(f"{heads} h1 headings")
        if not page.title().endswith(f" – {self.service}"):
            found.append(f"the title is “{page.title()}”")
        found += [f"too wide: {one}" for one in page.evaluate(_WIDTH)]
        found += page.evaluate(_LINKS)
        if axe:
            found += self.axe()
        return found

    def axe(self) -> list[str]:
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE)
        found: list[str] = self.page.evaluate(_RUN, TAGS)
        return found

    def over(self, *, axe: bool = True) -> None:
        """Fails with all that is wrong with the page."""
        self.looked_at.append(self.page.url)
        found = self.faults(axe=axe)
        assert not found, f"{self.page.url} “{self.page.title()}”:\n" + "\n".join(found)
