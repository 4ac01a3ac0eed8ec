// Reads how long something took, however it is written, as programmes/entries/durations.py does, and says it back.

const DAYS = new Map([
  ["half day", 225],
  ["half a day", 225],
  ["½ day", 225],
  ["day", 450],
  ["a day", 450],
  ["1 day", 450],
  ["full day", 450],
  ["half an hour", 30],
  ["an hour", 60],
]);
const FRACTION = /(\d{0,9}) ?([¼½¾])/g;
const PARTS = { "¼": "25", "½": "5", "¾": "75" };
const CLOCK = /^(\d{1,2}):([0-5]\d)$/;
const DECIMAL = /^\d{1,9}[.,]\d{1,9}$/;
const BOTH =
  /^(?:(\d{1,9}(?:[.,]\d{1,9})?)\s*(?:hours|hour|hrs|hr|h))?\s*(?:(\d{1,9})\s*(?:minutes|minute|mins|min|m)?)?$/;
const MOST = 960; // minutes of one day

/** Whole minutes, or null for what says no length of time. */
export function minutesOf(text) {
  const typed = text.trim().toLowerCase().split(/\s+/).join(" ");
  if (DAYS.has(typed)) return DAYS.get(typed);
  const words = typed.replace(FRACTION, (_, whole, part) => `${whole || 0}.${PARTS[part]}`);
  const clock = CLOCK.exec(words);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  if (DECIMAL.test(words)) return minutesIn(words);
  const both = words ? BOTH.exec(words) : null;
  if (!both || !(both[1] || both[2])) return null;
  return minutesIn(both[1] ?? "0") + Number(both[2] ?? 0);
}

/** "That is 1 h 30 min" for what is typed; what is wrong with no length, or with more than a day holds. */
export function said(text) {
  const minutes = minutesOf(text);
  if (!text.trim()) return "";
  if (minutes === null) return "Not understood yet. For example 90, 1:30 or 1.5";
  if (minutes < 1 || minutes > MOST) return "Enter between 1 minute and 16 hours";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `That is ${[hours ? `${hours} h` : "", rest ? `${rest} min` : ""].filter(Boolean).join(" ")}`;
}

/** "2 h" for a bare 2, which is two minutes and was perhaps not meant so; nothing for anything else. */
export function meantPerhaps(text) {
  const number = /^(\d|1[0-2])$/.exec(text.trim());
  return number && number[0] !== "0" ? `${number[0]} h` : "";
}

// In whole numbers, halves up: a fraction of floating point would fall to the other side now and then.
function minutesIn(hours) {
  const [whole, part = ""] = hours.split(/[.,]/);
  const scale = 10n ** BigInt(part.length);
  return Number((BigInt(whole + part) * 120n + scale) / (2n * scale));
}
