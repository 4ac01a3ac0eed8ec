// Positions between two ends as a slider: a pointer pressed on the line, or moved along it, chooses the nearest place.
// They stay radio buttons, so that arrow keys, screen readers and pages without this script have them as they are.

const places = (scale) =>
  [...scale.querySelectorAll("input[type=radio]")].slice(0, -1).map((radio) => {
    const { left, width, top, bottom } = radio.getBoundingClientRect();
    return { radio, at: left + width / 2, top, bottom };
  });

/** The nearest place to a pointer; none where the places stand below each other, as on a telephone. */
function nearest(scale, { clientX, clientY }, inLine) {
  const found = places(scale);
  if (found[0].top !== found.at(-1).top) return null;
  if (inLine && (clientY < found[0].top || clientY > found[0].bottom)) return null;
  return found.reduce((best, one) => (Math.abs(one.at - clientX) < Math.abs(best.at - clientX) ? one : best)).radio;
}

function choose(radio) {
  if (!radio || radio.checked) return;
  radio.checked = true;
  radio.focus({ preventScroll: true });
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

for (const scale of document.querySelectorAll(".app-scale")) {
  scale.classList.add("app-scale--drags");
  scale.addEventListener("pointerdown", (pressed) => {
    if (pressed.button !== 0 || !nearest(scale, pressed, true)) return;
    const byFinger = pressed.pointerType === "touch"; // which may be about to scroll the page
    if (!byFinger) choose(nearest(scale, pressed, true));
    scale.classList.add("app-scale--dragged");
    const along = (moved) => {
      if (byFinger && Math.abs(moved.clientX - pressed.clientX) < 12) return;
      choose(nearest(scale, moved, false));
    };
    const end = () => {
      scale.classList.remove("app-scale--dragged");
      removeEventListener("pointermove", along);
    };
    addEventListener("pointermove", along);
    addEventListener("pointerup", end, { once: true });
    addEventListener("pointercancel", end, { once: true });
  });
}
