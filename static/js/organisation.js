// Choosing an organisation while typing: a combobox with a list below it, on top of a box that works without.

const WAIT = 150; // milliseconds after the last key before we ask

for (const box of document.querySelectorAll("input[data-organisation]")) enhance(box);

function enhance(box) {
  const chosen = document.getElementById(`${box.id}-chosen`);
  const list = element("ul", { id: `${box.id}-list`, role: "listbox", class: "app-combobox__list" });
  const told = element("div", { role: "status", class: "nhsuk-u-visually-hidden" });
  const frame = element("div", { class: "app-combobox" });
  const label = document.querySelector(`label[for="${box.id}"]`);
  const offered = element("input", { type: "hidden", name: `${box.name}-offered`, disabled: "" });
  let asked = 0;
  let timer = 0;
  let active = -1;

  list.hidden = true;
  list.setAttribute("aria-label", label ? label.textContent.trim() : "Organisations");
  box.before(frame);
  frame.append(box, list, told, offered);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    autocomplete: "off",
  }))
    box.setAttribute(name, value);

  box.addEventListener("input", () => {
    chosen.value = "";
    offered.disabled = true;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", close);
  // a press on the list must not take the focus away from the box before the choice is made
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });

  async function ask() {
    const text = box.value.trim();
    const mine = ++asked;
    if (text.length < 2) return close();
    const address = new URL(box.dataset.organisation, location.href);
    address.searchParams.set("q", text);
    let results;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) return close();
      ({ results } = await answer.json());
    } catch {
      return close(); // without an answer the box works as it does without this script
    }
    if (mine === asked && document.activeElement === box) show(results);
  }

  function show(results) {
    list.replaceChildren(...results.map(option));
    active = -1;
    box.removeAttribute("aria-activedescendant");
    open(results.length > 0);
    told.textContent = results.length
      ? `${results.length} ${results.length === 1 ? "organisation" : "organisations"}. Choose with the arrow keys.`
      : "No organisation fits. Check the spelling, or continue to add it.";
  }

  function option(result, number) {
    const item = element("li", { id: `${list.id}-${number}`, role: "option", class: "app-combobox__option" });
    item.setAttribute("aria-selected", "false");
    item.dataset.reference = result.reference;
    item.dataset.name = result.name;
    const note = element("span", { class: "app-combobox__note" });
    note.textContent = result.note;
    item.append(result.name, note);
    return item;
  }

  function onKey(event) {
    const options = list.children;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return void ask();
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      move((active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(options[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  }

  function move(to) {
    if (active >= 0) list.children[active].setAttribute("aria-selected", "false");
    active = to;
    const item = list.children[active];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", item.id);
  }

  function choose(item) {
    offered.value = box.value.trim();
    offered.disabled = false;
    box.value = item.dataset.name;
    chosen.value = item.dataset.reference;
    told.textContent = `${item.dataset.name} is chosen.`;
    close();
  }

  function open(wanted) {
    list.hidden = !wanted;
    box.setAttribute("aria-expanded", String(wanted));
  }

  function close() {
    clearTimeout(timer);
    asked += 1;
    active = -1;
    box.removeAttribute("aria-activedescendant");
    open(false);
  }
}

function element(name, attributes) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
