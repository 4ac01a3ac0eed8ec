// The week grid by keyboard: arrows from box to box, Enter down, Ctrl (or Cmd) + Enter saves all of it.

const form = document.querySelector("[data-grid]");
const rows = [...(form?.querySelectorAll("tbody tr") ?? [])].map((row) => [...row.cells].slice(1, -1).map(boxIn));

form?.addEventListener("keydown", (event) => {
  if (event.altKey || event.shiftKey || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const box = event.target.closest("tbody input");
  if (!box || event.ctrlKey || event.metaKey) return;
  const to = next(event.key, box);
  if (to === undefined) return;
  event.preventDefault();
  to?.focus();
  to?.select();
});

function next(key, box) {
  const down = rows.findIndex((row) => row.includes(box));
  const across = rows[down].indexOf(box);
  const column = rows.map((row) => row[across]);
  if (key === "ArrowDown" || key === "Enter") return column.slice(down + 1).find(Boolean) ?? null;
  if (key === "ArrowUp") return column.slice(0, down).findLast(Boolean) ?? null;
  if (key === "ArrowRight" && atEnd(box)) return rows[down].slice(across + 1).find(Boolean) ?? null;
  if (key === "ArrowLeft" && atStart(box)) return rows[down].slice(0, across).findLast(Boolean) ?? null;
  return undefined;
}

function boxIn(cell) {
  return cell.querySelector("input");
}

// An arrow leaves a box only from its end, or while all of it is chosen, so that what is typed can be put right.
function isAllChosen(box) {
  return box.selectionStart === 0 && box.selectionEnd === box.value.length;
}

function atEnd(box) {
  return isAllChosen(box) || box.selectionStart === box.value.length;
}

function atStart(box) {
  return isAllChosen(box) || box.selectionEnd === 0;
}
