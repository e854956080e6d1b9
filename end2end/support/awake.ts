// When a page has become interactive. The server renders every page, so that it can be seen, and mostly used, before
// our code has arrived; a journey about what that code adds waits for it. The code opens the event stream last.
import { expect, type BrowserContext, type Page } from "@playwright/test";

const scripted = new WeakSet<BrowserContext>();

/** From now on, pages of this context tell when they are interactive. */
export async function tellWhenAwake(context: BrowserContext): Promise<void> {
  scripted.add(context);
  await context.addInitScript(() => {
    const Stream = window.EventSource;
    window.EventSource = class extends Stream {
      constructor(url: string | URL, options?: EventSourceInit) {
        super(url, options);
        this.addEventListener("open", () => Object.assign(window, { awake: true }), { once: true });
      }
    };
  });
}

/** Waits until the page is interactive and hears of events; at once where JavaScript is off. */
export async function awake(page: Page): Promise<void> {
  if (!scripted.has(page.context())) return;
  await expect.poll(() => page.evaluate(() => "awake" in window), { message: "the page is interactive", timeout: 30_000 }).toBe(true);
}
