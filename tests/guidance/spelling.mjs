// Reads words, one a line, and writes those that British English does not know. The file named first holds our own.
import { readFileSync } from "node:fs";
import english from "dictionary-en-gb";
import nspell from "nspell";

const spell = nspell(english);
for (const word of readFileSync(process.argv[2], "utf8").split("\n")) {
  if (word && !word.startsWith("#")) spell.add(word);
}
const words = readFileSync(0, "utf8").split("\n").filter(Boolean);
process.stdout.write(words.filter((word) => !spell.correct(word)).join("\n"));
