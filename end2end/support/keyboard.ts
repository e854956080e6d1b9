// Going through a page with the keyboard only.
import { expect, type Locator } from "@playwright/test";

/** Presses Tab until this has the focus, and sees to it that the focus can be seen at every stop. */
export async function tabTo(target: Locator): Promise<void> {
  const page = target.page();
  await expect(target).toBeAttached();
  for (let stop = 0; stop < 150; stop += 1) {
    await page.keyboard.press("Tab");
    const { seen, what } = await page.evaluate(look);
    expect(seen, `the focus can be seen on ${what}`).toBe(true);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error("Tab never gets there");
}

/** Runs in the browser: whether what has the focus, or the label, field or composer around it, shows a ring. */
function look(): { seen: boolean; what: string } {
  const active = document.activeElement;
  // Past the last stop the focus is with the browser itself.
  if (!active || active === document.body) return { seen: true, what: "the browser" };
  const ringed = (element: Element | null): boolean => {
    if (!element) return false;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const painted = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && !/, 0\)$|\/ 0\)$/.test(outlineColor);
    return painted && width > 2 && height > 2;
  };
  const seen = active.matches(":focus-visible") && [active, active.closest("label"), active.parentElement, active.closest("section")].some(ringed);
  return { seen, what: active.outerHTML.slice(0, 200) };
}
