// Names of one's own list while typing: from three letters on a list below the box, on top of a box that works without.

const WAIT = 150; // milliseconds after the last key before we ask
const FROM = 3;

export function offerPeople(frame) {
  const box = frame.querySelector("input");
  const many = "peopleMany" in frame.dataset;
  const list = made("ul", { id: `${box.id}-list`, role: "listbox", class: "app-combobox__list" });
  const told = made("div", { role: "status", class: "nhsuk-u-visually-hidden" });
  const around = made("div", { class: "app-combobox" });
  let asked = 0;
  let timer = 0;
  let active = -1;

  list.hidden = true;
  list.setAttribute("aria-label", "Names");
  box.before(around);
  around.append(box, list, told);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    autocomplete: "off",
  }))
    box.setAttribute(name, value);

  box.addEventListener("input", () => {
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

  /** What stands before the name that is being typed, and that name. */
  function parts() {
    const at = many ? box.value.lastIndexOf(",") + 1 : 0;
    return [box.value.slice(0, at), box.value.slice(at).trim()];
  }

  async function ask() {
    const [, letters] = parts();
    const mine = ++asked;
    if (letters.length < FROM) return close();
    const body = new FormData();
    body.set("letters", letters);
    body.set("csrfmiddlewaretoken", box.form.querySelector("[name=csrfmiddlewaretoken]").value);
    let names;
    try {
      const answer = await fetch(frame.dataset.people, { method: "POST", body, redirect: "manual" });
      if (!answer.ok) return close();
      ({ names } = await answer.json());
    } catch {
      return close(); // without an answer the box works as it does without this script
    }
    if (mine === asked && document.activeElement === box) show(names, letters);
  }

  function show(names, letters) {
    const rows = names.map((name) => [name, name]);
    if (!names.some((name) => name.toLowerCase() === letters.toLowerCase())) rows.push([`Add ${letters}`, letters]);
    list.replaceChildren(...rows.map(option));
    active = -1;
    box.removeAttribute("aria-activedescendant");
    open(true);
    const found = names.length === 1 ? "1 name" : `${names.length || "No"} names`;
    told.textContent = `${found}. Choose with the arrow keys, or go on typing to add one.`;
  }

  function option([words, name], number) {
    const item = made("li", { id: `${list.id}-${number}`, role: "option", class: "app-combobox__option" });
    item.setAttribute("aria-selected", "false");
    item.dataset.name = name;
    item.textContent = words;
    return item;
  }

  function onKey(event) {
    const options = list.children;
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      move((active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length);
    } else if (event.key === "Enter" && active >= 0 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      choose(options[active]);
    } else if (event.key === "Escape") {
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
    const [before] = parts();
    box.value = `${before.trim()}${before ? " " : ""}${item.dataset.name}${many ? ", " : ""}`;
    told.textContent = `${item.dataset.name} is chosen.`;
    close();
    box.dispatchEvent(new Event("change", { bubbles: true }));
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

function made(name, attributes) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
