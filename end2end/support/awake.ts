// When a page has become interactive. The server renders every page, so that it can be seen, and mostly used, before
// our code has arrived; a journey about what that code adds waits for it. The code listens to the live feed last, and
// says so.
import { expect, type BrowserContext, type Page } from "@playwright/test";

const scripted = new WeakSet<BrowserContext>();

/** Pages of this context run our code. */
export function runsCode(context: BrowserContext): void {
  scripted.add(context);
}

/** Waits until the page is interactive and hears of events; at once where JavaScript is off. */
export async function awake(page: Page): Promise<void> {
  if (!scripted.has(page.context())) return;
  await expect(page.locator("html"), "the page is interactive").toHaveAttribute("data-live", "", { timeout: 30_000 });
}
