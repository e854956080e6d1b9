// What went wrong, in a line or two each, as the last thing said: the list before it is long, and records keep its end.
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** Errors are told without colours, and without the code around them. */
const brief = (text: string): string =>
  text
    .replace(/\u001b\[[\d;]*m/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, 12)
    .join("\n    ");

export default class Summary implements Reporter {
  readonly #failed: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus || result.status === "skipped") return;
    const where = `${test.location.file.split("/").pop()}:${test.location.line}`;
    const errors = result.errors.map((error) => brief(error.message ?? error.value ?? ""));
    this.#failed.push(`${where} ${test.title} (try ${result.retry + 1}, ${result.status})\n    ${errors.join("\n    ")}`);
  }

  onExit(): Promise<void> {
    if (this.#failed.length > 0) console.log(`\nWhat went wrong:\n${this.#failed.map((failed) => `  ${failed}`).join("\n")}`);
    return Promise.resolve();
  }

  printsToStdio(): boolean {
    return false;
  }
}
