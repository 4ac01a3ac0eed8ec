// Builds static/built/: our stylesheets over NHS.UK's, its script, and the fonts for screen and paper.

import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";
import { compile } from "sass";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const sources = join(root, "static", "css");
const built = join(root, "static", "built");
const fresh = join(root, "static", "built.new");

const FONTS = ["latin", "latin-ext"].flatMap((part) =>
  ["400-normal", "400-italic", "700-normal", "700-italic"].map((face) => `arimo-${part}-${face}`),
);

/** Every stylesheet in static/css that is not a part of another one (those begin with an underscore). */
function stylesheets() {
  for (const name of readdirSync(sources)) {
    if (!name.endsWith(".scss") || name.startsWith("_")) continue;
    const { css } = compile(join(sources, name), {
      loadPaths: [modules],
      style: "compressed",
      quietDeps: true,
    });
    writeFileSync(join(fresh, name.replace(/\.scss$/, ".css")), css);
    icons(css);
  }
}

/** The NHS.UK icons that a stylesheet points to, and no others. */
function icons(css) {
  for (const [, path] of css.matchAll(/\/static\/built\/nhsuk\/(assets\/images\/[\w-]+\.svg)/g)) {
    cpSync(join(modules, "nhsuk-frontend/dist/nhsuk", path), join(fresh, "nhsuk", path));
  }
}

/** NHS.UK's script, without the pointer to a source map that we do not serve. Its fonts and logo stay behind. */
function scripts() {
  mkdirSync(join(fresh, "nhsuk"), { recursive: true });
  const script = readFileSync(join(modules, "nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.js"), "utf8");
  writeFileSync(join(fresh, "nhsuk/nhsuk-frontend.min.js"), script.replace(/^\/\/# sourceMappingURL=.*$/m, ""));
}

/** Arimo: woff2 for the screen; TrueType, unpacked from woff, for paper. */
function fonts() {
  const from = join(modules, "@fontsource/arimo");
  const to = join(fresh, "fonts");
  mkdirSync(to);
  for (const name of FONTS) {
    cpSync(join(from, "files", `${name}.woff2`), join(to, `${name}.woff2`));
    writeFileSync(join(to, `${name}.ttf`), trueType(readFileSync(join(from, "files", `${name}.woff`))));
  }
  cpSync(join(from, "LICENSE"), join(to, "LICENSE"));
}

/** A woff file is a TrueType file whose tables are packed one by one (W3C WOFF 1.0, sections 3 to 5). */
function trueType(woff) {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("Not a woff file");
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => unpack(woff, 44 + index * 20));
  const powers = Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + count * 16);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(2 ** powers * 16, 6);
  head.writeUInt16BE(powers, 8);
  head.writeUInt16BE((count - 2 ** powers) * 16, 10);
  let place = head.length;
  const bodies = tables.map(({ tag, sum, data }, index) => {
    const entry = 12 + index * 16;
    head.writeUInt32BE(tag, entry);
    head.writeUInt32BE(sum, entry + 4);
    head.writeUInt32BE(place, entry + 8);
    head.writeUInt32BE(data.length, entry + 12);
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    place += padded.length;
    return padded;
  });
  return Buffer.concat([head, ...bodies]);
}

/** One table of a woff file, from its entry in the directory. */
function unpack(woff, entry) {
  const [tag, start, packed, length, sum] = [0, 4, 8, 12, 16].map((at) => woff.readUInt32BE(entry + at));
  const data = woff.subarray(start, start + packed);
  return { tag, sum, data: packed < length ? inflateSync(data) : data };
}

rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
if (existsSync(sources)) stylesheets();
scripts();
fonts();
rmSync(built, { recursive: true, force: true });
renameSync(fresh, built);
