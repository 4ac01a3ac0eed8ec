// Single keys, unless somebody types or has switched them off (WCAG 2.1.4): "n" opens the log from any page, "/" goes to
// the box that looks for words in it, "?" shows the keys.

const SEARCH = "/log/all/#words";
const OFF = "embedded-single-keys-off";
const log = document.querySelector("[data-key-n]");
const narrow = document.querySelector("[data-key-slash]");
const choice = document.querySelector("[data-single-keys]");
const TYPING = "input, textarea, select, [contenteditable], [role=combobox]";
const KEYS = [
  ["n", "Opens your log, from any page"],
  ["/", "Looks for words in your log"],
  ["?", "Shows these keys"],
  ["Ctrl and Enter", "Saves, in the log"],
];

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
  if (!plain || !log || isOff() || event.target.closest(TYPING) || document.querySelector("dialog[open]")) return;
  if (event.key === "n" && !event.shiftKey) act(event, () => location.assign(log.href));
  if (event.key === "/") act(event, () => (narrow ? narrow.focus() : location.assign(SEARCH)));
  if (event.key === "?") act(event, showKeys);
});

if (choice && log) {
  const tick = choice.querySelector("input");
  tick.checked = !isOff();
  choice.hidden = false;
  tick.addEventListener("change", () => {
    try {
      if (tick.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "yes");
    } catch {
      tick.checked = true; // a browser that keeps nothing keeps this neither
    }
  });
}

function act(event, what) {
  event.preventDefault();
  what();
}

function showKeys() {
  const dialog = document.createElement("dialog");
  dialog.className = "app-keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = Object.assign(document.createElement("h2"), { id: "keys-title", textContent: "Keys" });
  title.className = "nhsuk-heading-m";
  const rows = KEYS.map(([key, does]) => {
    const row = document.createElement("p");
    row.append(Object.assign(document.createElement("strong"), { textContent: key }), ` ${does}`);
    return row;
  });
  const shut = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
  shut.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
  shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(title, ...rows, shut);
  document.body.append(dialog);
  dialog.showModal();
}

function isOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}
