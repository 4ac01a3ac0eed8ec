// One key: "n" opens the log from any page, unless somebody types or has switched it off (WCAG 2.1.4).

const OFF = "embedded-single-keys-off";
const log = document.querySelector("[data-key-n]");
const choice = document.querySelector("[data-single-keys]");
const TYPING = "input, textarea, select, [contenteditable], [role=combobox]";

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !event.repeat;
  if (event.key !== "n" || !plain || !log || isOff() || event.target.closest(TYPING)) return;
  event.preventDefault();
  location.assign(log.href);
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

function isOff() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}
