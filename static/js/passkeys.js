// Passkeys. A form marked data-passkey asks the browser for one and sends what it answers:
//   "create" makes a new one; "use" answers with one that is there.
// The question stands in data-asked, or comes from the address in data-question.
// Without this script, or where a browser knows no passkeys, [data-passkey-without] stays and says what to do instead.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function question(form) {
  if (form.dataset.asked) return JSON.parse(form.dataset.asked);
  const answer = await fetch(form.dataset.question, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no question");
  return (await answer.json()).request_options;
}

async function create({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  return told(made, ["clientDataJSON", "attestationObject"]);
}

async function use({ publicKey }) {
  const found = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
  return told(found, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
}

function told(credential, parts) {
  const response = {};
  for (const part of parts) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function said(form, error) {
  const words = {
    InvalidStateError: "This device holds a passkey for your account already. Name it, or use another device.",
    NotAllowedError: "Nothing was confirmed. Press the button again when your device is at hand.",
    SecurityError: "Passkeys work only at the proper address of this service.",
  };
  const box = form.querySelector("[data-passkey-said]");
  box.textContent = words[error.name] || "That did not work. Try again in a minute.";
  box.hidden = false;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !navigator.credentials) break;
  form.hidden = false;
  for (const one of document.querySelectorAll("[data-passkey-without]")) one.hidden = true;
  form.addEventListener("submit", async (event) => {
    const answer = form.querySelector("input[name=credential]");
    event.preventDefault();
    form.querySelector("[data-passkey-said]").hidden = true;
    try {
      const ask = form.dataset.passkey === "create" ? create : use;
      answer.value = JSON.stringify(await ask(await question(form)));
    } catch (error) {
      said(form, error);
      return;
    }
    form.submit();
  });
}
