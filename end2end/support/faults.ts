// A page may not complain: a console error or warning (hydration mismatches are told there), an uncaught error, a
// request that failed or was answered with an error fails the journey, unless the journey said it expects it.
import { expect, type BrowserContext } from "@playwright/test";

/** A refused call to a server function: its answer, and the browser's line about it. */
export const refused = (status: number, call: string): RegExp[] => [
  new RegExp(`^${status}: POST .*/rpc/${call}(\\?\\S*)?$`),
  new RegExp(`^console error: .*${status}.*/rpc/${call}(\\?\\S*)?\\)$`),
];

/** A page that is not there, with the browser's line about it. */
export const missing: RegExp[] = [/^404: GET/, /^console error: .*404/];

export class Faults {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [];

  /** Where scripts are off, the browser says of each that it was not loaded: that is no fault. */
  watch(context: BrowserContext, scripts: boolean): void {
    context.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      if (!scripts && /was preloaded using link preload but not used/.test(message.text())) return;
      this.#found.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#found.push(`uncaught: ${error.error().stack ?? error.error().message}`));
    context.on("response", (response) => {
      if (response.status() >= 400) this.#found.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
    });
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      // Aborted by the page itself: it was left, its event stream closed, or the answer became a download.
      if (reason === "net::ERR_ABORTED" || (!scripts && reason === "csp")) return;
      this.#found.push(`failed (${reason}): ${request.method()} ${request.url()}`);
    });
  }

  /**
   * From now on, and for what was already found, faults that match are part of the journey.
   * A refused request shows twice, as the answer and as the browser's console line; both carry the address.
   */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  /** Every expected fault must have happened, and no other. */
  check(): void {
    const matches = (fault: string) => this.#expected.some((pattern) => pattern.test(fault));
    expect(this.#found.filter((fault) => !matches(fault)), "the pages did not complain").toEqual([]);
    const absent = this.#expected.filter((pattern) => !this.#found.some((fault) => pattern.test(fault)));
    expect(absent.map(String), "the expected refusals happened").toEqual([]);
  }
}
