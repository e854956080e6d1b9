// What holds for every page on a small screen.
import { expect, type Page } from "@playwright/test";

/** Nothing sticks out sideways: the page scrolls up and down only. */
export async function expectFits(page: Page): Promise<void> {
  const { scroll, client } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scroll: scrollWidth, client: clientWidth };
  });
  expect(scroll, `${page.url()} is no wider than the screen`).toBeLessThanOrEqual(client);
}
