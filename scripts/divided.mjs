// Whether the program for the browser was divided as it should be: each file of pages has its data. Where one has none, the
// divider has put all data into the first file, and every visitor would load it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const DATA = 11; // the section's number in the WebAssembly specification

/** Whether a file of wasm has data of its own. */
function hasData(path) {
  const bytes = readFileSync(path);
  for (let at = 8; at < bytes.length; ) {
    const section = bytes[at++];
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      more = bytes[at] >= 128;
      size += (bytes[at++] & 127) << shift;
    }
    if (section === DATA) return true;
    at += size;
  }
  return false;
}

const files = readdirSync(folder).filter((name) => /^split_.*\.wasm$/.test(name));
const without = files.filter((name) => !hasData(join(folder, name)));
if (files.length === 0 || without.length > 0) {
  console.error(`Of ${files.length} files of pages ${without.length} have no data. Enlarge ROOM in src/pages/lazy.rs.`);
  process.exit(1);
}
