// The diary: Ctrl (or Cmd) + Enter saves.

const form = document.querySelector("form[data-draft]");

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
