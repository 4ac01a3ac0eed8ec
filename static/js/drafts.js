// Keeps what is being typed on the server, sealed for its writer: a while after the last key, and when the page is left.

const WAIT = 20_000; // milliseconds after the last key
const LARGEST = 60_000; // bytes: of a page that is being left a browser sends 64 KiB, and the server takes no more
const SETTLE = 400; // after leaving a box: whoever left it for Save needs no draft

export function keepDrafts(form) {
  const said = form.querySelector("[data-draft-said]");
  let timer = 0;
  let typed = false;
  let going = null;

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  };
  form.addEventListener("input", () => {
    typed = true;
    later(WAIT);
  });
  form.addEventListener("focusout", () => typed && later(SETTLE));
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    typed = false;
    going?.abort();
  });

  async function keep() {
    clearTimeout(timer);
    if (!typed) return;
    typed = false;
    const data = new FormData(form);
    data.delete("form_key"); // it is the end of the draft's name
    data.set("draft", form.dataset.draft);
    if (new Blob([...data.values()]).size > LARGEST) return say(TOO_LONG);
    going = new AbortController();
    try {
      const answer = await fetch(form.dataset.draftTo, {
        method: "POST",
        body: form.matches("[data-grid]") ? new URLSearchParams(data) : data, // hundreds of boxes: a part each is too much
        redirect: "manual",
        keepalive: true,
        signal: going.signal,
      });
      if (answer.status === 204) say("");
      else if (answer.status === 413) say(TOO_LONG);
      else if (answer.type === "opaqueredirect" || answer.status === 403) say(SIGNED_OUT);
      else typed = true;
    } catch {
      typed = true; // no line to the server: the next key, or leaving the box, tries again
    }
  }

  function say(words) {
    said.textContent = words;
    said.hidden = !words;
  }
}

const TOO_LONG = "This is too long to be kept while you write. Press Save to keep it.";
const SIGNED_OUT =
  "You have been signed out. What you typed stays here: press Save, sign in, and it is offered to you again.";
