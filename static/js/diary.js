// The diary: what is typed is kept as a draft, and Ctrl (or Cmd) + Enter saves.

import { keepDrafts } from "./drafts.js";

const form = document.querySelector("form[data-draft]");

if (form) keepDrafts(form);
form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
