// The closing line of `make test`: how many Rust tests and journeys ran, added up from what the runners wrote.
import { readFileSync } from "node:fs";

const [rustLog, journeysFile] = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };

for (const [, passed, failed, ignored] of readFileSync(rustLog, "utf8").matchAll(
  /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm,
)) {
  total.passed += Number(passed);
  total.failed += Number(failed);
  total.skipped += Number(ignored);
}

const { stats } = JSON.parse(readFileSync(journeysFile, "utf8"));
total.passed += stats.expected;
total.failed += stats.unexpected + stats.flaky; // a journey that needed a second try is a failure
total.skipped += stats.skipped;

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
