// The log by keyboard and thumb: lengths at a press, and Ctrl (or Cmd) + Enter saves.

const form = document.querySelector("[data-log]");
const lengths = form?.querySelector("[data-lengths]");

if (lengths) {
  const field = document.getElementById(lengths.dataset.lengths);
  lengths.hidden = false;
  lengths.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-length]");
    if (!chosen) return;
    field.value = chosen.dataset.length;
    field.focus();
  });
}

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
