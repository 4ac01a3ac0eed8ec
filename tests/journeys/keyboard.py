"""Hands on a keyboard: Tab, Enter, Space, arrows and typing; presses are counted and the focus is watched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

MOST_STOPS = 250

# What the browser shows of a control, so that with focus can be compared with without. Radios, checkboxes and the
# like draw themselves on their label.
_STOP = """
() => {
  const style = (el, part) => {
    const s = getComputedStyle(el, part);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.color, s.borderTopColor,
      s.borderTopWidth, s.borderBottomWidth, s.borderBottomColor, s.textDecorationLine].join();
  };
  const look = (el) => {
    const label = el.labels && el.labels[0];
    const drawn = [el, ...el.querySelectorAll("span, svg"), ...(label ? [label] : [])];
    return drawn.flatMap((one) => [style(one), style(one, "::before"), style(one, "::after")]).join("|");
  };
  const text = (node) => (node.textContent || "").replace(/\\s+/g, " ").trim();
  const el = document.activeElement;
  const plain = (window.__plain = window.__plain || new WeakMap());
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]"))
    if (one !== el && !plain.has(one)) plain.set(one, look(one));
  if (!el || el === document.body) return null;
  const described = el.getAttribute("aria-labelledby");
  const label = el.labels && el.labels[0];
  const named = (ids) => ids.split(" ").map((id) => text(document.getElementById(id) || {})).join(" ").trim();
  const name = el.getAttribute("aria-label") || (described && named(described))
    || (label && text(label)) || text(el);
  const legend = el.closest("fieldset") && el.closest("fieldset").querySelector("legend");
  const rect = el.getClientRects()[0];
  const x = rect && rect.left + Math.min(rect.width / 2, 20);
  const y = rect && Math.max(1, Math.min(rect.top + rect.height / 2, innerHeight - 1));
  const top = rect && document.elementFromPoint(x, y);
  return {
    tag: el.tagName.toLowerCase(),
    type: el.type || "",
    name,
    group: legend ? text(legend) : "",
    checked: !!el.checked,
    value: "value" in el ? el.value : "",
    marked: !plain.has(el) || plain.get(el) !== look(el),
    clear: !!top && [el, label].some((one) => one && (one.contains(top) || top.contains(one))),
  };
}
"""


@dataclass
class Stop:
    """Where the focus is: what it is called, in which group, what it holds."""

    tag: str
    type: str
    name: str
    group: str
    checked: bool
    value: str

    def is_called(self, name: str, group: str) -> bool:
        """Whether this is meant: the whole name or its beginning, in that group of questions if one is named."""
        return self.name.startswith(name) and self.group.startswith(group)


class Keyboard:
    """`presses` counts the answers given and the buttons and links pressed, as users.md §1 counts them: going from
    one control to the next is not a press, nor is each letter."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        self.answers = 0

    def stop(self) -> Stop | None:
        """The control that has the focus; it must be seen to have it, and not be covered."""
        found: dict[str, Any] | None = self.page.evaluate(_STOP)
        if found is None:
            return None
        marked, clear = found.pop("marked"), found.pop("clear")
        where = f"{found['tag']} “{found['name']}” on {self.page.url}"
        assert marked, f"Nobody can see that the focus is on {where}"
        assert clear, f"Something covers {where}"
        return Stop(**found)

    def to(self, name: str, group: str = "", *, back: bool = False, tag: str = "") -> Stop:
        """Tabs to the control of that name, from wherever the focus is."""
        key, seen = ("Shift+Tab" if back else "Tab"), []
        here = self.stop()
        if here and here.is_called(name, group) and (not tag or here.tag == tag):
            return here
        for _ in range(MOST_STOPS):
            self.page.keyboard.press(key)
            here = self.stop()
            if here is None:
                seen.append("(the end)")
                if seen.count("(the end)") > 2:
                    break
                continue
            seen.append(here.name)
            if here.is_called(name, group) and (not tag or here.tag == tag):
                return here
            if here.type == "radio" and self._arrow_to(name, group):
                return self.stop()  # type: ignore[return-value]
        raise AssertionError(f"No way by keyboard to “{name}” on {self.page.url}; passed {seen}")

    def follow(self, name: str, *, back: bool = False) -> None:
        """Goes to a link and opens it."""
        self._open(name, "a", back)

    def press(self, name: str, *, back: bool = False) -> None:
        """Goes to a button, or a link that looks like one, and presses it."""
        self._open(name, "", back)

    def unfold(self, name: str) -> None:
        """Opens what is folded away behind these words."""
        self.to(name, tag="summary")
        self.page.keyboard.press("Enter")
        self.presses += 1

    def type(self, label: str, text: str, group: str = "") -> None:
        """Types into the box of that label, in place of what is in it."""
        here = self.to(label, group)
        assert here.tag in ("input", "textarea"), f"“{label}” is not a box to type in: {here}"
        if here.value:
            self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self._answered()

    def date(self, question: str, day: Any) -> None:
        """Types a day into the three boxes of a date; one answer."""
        before = self.presses, self.answers
        for label, part in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            self.type(label, str(part), question)
        self.presses, self.answers = before
        self._answered()

    def choose(self, option: str, question: str = "") -> None:
        """Chooses a radio or ticks a box."""
        here = self.to(option, question)
        if here.type == "checkbox" or not here.checked:
            self.page.keyboard.press("Space")
        self._answered()

    def select(self, label: str, option: str) -> None:
        """Chooses from a list by typing the beginning of the option."""
        here = self.to(label)
        assert here.tag == "select", f"“{label}” is not a list: {here}"
        self.page.keyboard.type(option)
        shown = self.page.evaluate("() => document.activeElement.selectedOptions[0].text")
        assert shown.startswith(option), f"“{option}” is not in the list “{label}”: {shown}"
        self._answered()

    def organisation(self, label: str, typed: str, name: str, *, script: bool = True) -> None:
        """Finds an organisation while typing and takes it with the arrow keys; without JavaScript the whole name."""
        self.to(label)
        if not script:
            self.page.keyboard.type(name)
            self._answered()
            return
        self.page.keyboard.type(typed)
        option = self.page.get_by_role("option", name=name)
        option.first.wait_for()
        self.page.keyboard.press("ArrowDown")
        assert name in self.page.locator("[role=option][aria-selected=true]:visible").inner_text()
        self.page.keyboard.press("Enter")
        self._answered()

    def _open(self, name: str, tag: str, back: bool) -> None:
        before = self.page.url
        here = self.to(name, back=back, tag=tag)
        self.presses += 1
        with self.page.expect_event("domcontentloaded"):
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()
        assert here, before

    def _answered(self) -> None:
        self.presses += 1
        self.answers += 1

    def _arrow_to(self, name: str, group: str) -> bool:
        """Within a group of radios one moves by arrows; only where the choice is among them."""
        names: list[str] = self.page.evaluate(
            "() => [...document.querySelectorAll(`input[type=radio][name='${document.activeElement.name}']`)]"
            ".map((one) => one.labels[0].innerText.trim())"
        )
        here = self.stop()
        if here is None or not here.group.startswith(group) or not any(one.startswith(name) for one in names):
            return False
        for _ in names:
            self.page.keyboard.press("ArrowDown")
            here = self.stop()
            if here and here.is_called(name, group):
                return True
        return False
