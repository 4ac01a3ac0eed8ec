// The log by keyboard and thumb: lengths at a press, arrows that go from day to day, and Ctrl (or Cmd) + Enter saves.

import { meantPerhaps, said as lengthSaid } from "./durations.js";
import { offerPeople } from "./people.js";

const form = document.querySelector("[data-log]");
const lengths = form?.querySelector("[data-lengths]");

// After Save the cursor is back in the box, and what was saved stays in sight.
form?.querySelector("[data-focus]")?.focus({ preventScroll: true });

if (lengths) {
  const field = document.getElementById(lengths.dataset.lengths);
  const all = [...lengths.querySelectorAll("[data-length]")];
  const shown = () => all.filter((button) => !button.hidden);
  lengths.hidden = false;
  lengths.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-length]");
    if (!chosen) return;
    field.value = chosen.dataset.length;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });

  // Tab goes from the box straight on to the kind of work; the down arrow goes to the lengths, and arrows among them.
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") go(event, shown()[0]);
  });
  lengths.addEventListener("keydown", (event) => {
    const buttons = shown();
    const here = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowRight") go(event, buttons[here + 1]);
    if (event.key === "ArrowLeft") go(event, buttons[here - 1]);
    if (event.key === "ArrowUp" || event.key === "Escape") go(event, field);
  });
}

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

// In the boxes of the date the arrows go a day on or back, over the ends of months too.
for (const boxes of form?.querySelectorAll("[data-steps-by-day]") ?? []) {
  const [day, month, year] = boxes.querySelectorAll("input");
  boxes.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const shown = new Date(Date.UTC(year.value, month.value - 1, day.value));
    if (!step || Number.isNaN(shown.getTime())) return;
    event.preventDefault();
    shown.setUTCDate(shown.getUTCDate() + step);
    [day.value, month.value, year.value] = [shown.getUTCDate(), shown.getUTCMonth() + 1, shown.getUTCFullYear()];
    boxes.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// The line beside the box says who reads it, as it is chosen beneath.
const readers = form?.querySelector("[data-readers]");
readers?.addEventListener("change", () => {
  const label = (input) => input.labels[0].textContent.trim();
  const chosen = readers.querySelector("input[type=radio]:checked");
  const named = [...readers.querySelectorAll("input[type=checkbox]:checked")].map(label);
  const said = {
    only_me: "Only you read this",
    residency: "Everyone in the residency can read this",
    people: named.length ? `${named.join(" and ")} can read this` : "People you name can read this",
  };
  const one = label(chosen).replace(/, academic supervisor$/, "");
  readers.querySelector("[data-who-reads]").textContent = said[chosen.value] ?? `${one} can read this`;
});

// What was typed for how long is said back as it will be kept, a moment after the last key. A small bare number is
// minutes; where hours were meant, the first button says so.
for (const line of form?.querySelectorAll("[data-length-said]") ?? []) {
  const field = document.getElementById(line.dataset.lengthSaid);
  let timer = 0;
  const hours = lengths?.querySelector("[data-length-hours]");
  const say = () => {
    line.textContent = lengthSaid(field.value);
    if (!hours) return;
    hours.dataset.length = hours.textContent = meantPerhaps(field.value);
    hours.hidden = !hours.textContent;
    if (!hours.hidden) line.textContent += `. Did you mean ${hours.textContent}?`;
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(say, 300);
  });
}

for (const frame of form?.querySelectorAll("[data-people]") ?? []) offerPeople(frame);

function go(event, to) {
  event.preventDefault();
  to?.focus();
}
