// The log by keyboard and thumb: lengths at a press, and Ctrl (or Cmd) + Enter saves.

const form = document.querySelector("[data-log]");
const lengths = form?.querySelector("[data-lengths]");

if (lengths) {
  const field = document.getElementById(lengths.dataset.lengths);
  const buttons = [...lengths.querySelectorAll("[data-length]")];
  lengths.hidden = false;
  lengths.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-length]");
    if (!chosen) return;
    field.value = chosen.dataset.length;
    field.focus();
  });

  // Tab goes from the box straight on to the kind of work; the down arrow goes to the lengths, and arrows among them.
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") go(event, buttons[0]);
  });
  lengths.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowRight") go(event, buttons[here + 1]);
    if (event.key === "ArrowLeft") go(event, buttons[here - 1]);
    if (event.key === "ArrowUp" || event.key === "Escape") go(event, field);
  });
}

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

function go(event, to) {
  event.preventDefault();
  to?.focus();
}
