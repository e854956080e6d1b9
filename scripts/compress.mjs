// Puts a brotli and a gzip file beside every text and wasm file of the site, so that the server never compresses
// an asset while somebody waits. Files that are already compressed and newer than their source are left alone.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = process.argv[2];
const worthwhile = /\.(css|html|ico|js|json|map|svg|txt|wasm|webmanifest|xml)$/;
const encodings = {
  ".br": (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  ".gz": (bytes) => gzipSync(bytes, { level: 9 }),
};

let written = 0;
for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  const compressed = path.match(/^(.*)\.(br|gz)$/);
  if (compressed && !existsSync(compressed[1])) rmSync(path);
  if (compressed || !worthwhile.test(path)) continue;
  for (const [ending, encode] of Object.entries(encodings)) {
    const beside = path + ending;
    if (existsSync(beside) && statSync(beside).mtimeMs >= statSync(path).mtimeMs) continue;
    writeFileSync(beside, encode(readFileSync(path)));
    written += 1;
  }
}
console.log(`Compressed ${written} files of ${root}.`);
