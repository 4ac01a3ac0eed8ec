// Small comforts on top of pages that work without them: NHS.UK's own behaviour, "Copy link" and "Print".

import { initAll } from "../built/nhsuk/nhsuk-frontend.min.js";
import { keepDrafts } from "./drafts.js"; // both with the page, not after it: a key pressed at once would be lost
import "./keys.js";

initAll();

// NHS.UK's script says "expanded" of radios that reveal a question; ARIA does not allow that of a radio.
for (const radio of document.querySelectorAll("input[type=radio][aria-expanded]")) {
  radio.removeAttribute("aria-expanded");
  const again = new MutationObserver(() => radio.removeAttribute("aria-expanded"));
  again.observe(radio, { attributeFilter: ["aria-expanded"] });
}

if (document.querySelector("[data-organisation]")) import("./organisation.js");
if (document.querySelector("[data-passkey]")) import("./passkeys.js");
if (document.querySelector(".app-scale")) import("./scale.js");
document.querySelectorAll("form[data-draft]").forEach(keepDrafts);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const said = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
    } catch {
      field.select();
      button.textContent = "Press Ctrl and C";
    }
    setTimeout(() => (button.textContent = said), 4000);
  });
}
