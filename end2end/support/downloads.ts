// A file that somebody attached comes out as it went in, and in a way that nothing in it can run.
import { expect, type Locator } from "@playwright/test";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Input } from "./inputs.ts";

/** Downloads by a click, and looks at the bytes, the name and the headers. */
export async function expectDownload(link: Locator, file: Input, mediaType: string): Promise<void> {
  const page = link.page();
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe(file.name);
  const bytes = readFileSync(await download.path());
  expect(createHash("sha256").update(bytes).digest("hex"), file.name).toBe(file.sha256);

  const href = await link.getAttribute("href");
  const answer = await page.request.get(href ?? "");
  expect(answer.status()).toBe(200);
  const headers = answer.headers();
  expect(headers["content-type"]).toContain(mediaType);
  expect(headers["content-disposition"]).toMatch(/^attachment;/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["content-security-policy"]).toContain("sandbox");
}

/** A picture of the attachment is really shown, not only meant to be. */
export async function expectThumbnail(link: Locator): Promise<void> {
  const picture = link.locator("img");
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth), "the thumbnail is painted").toBeGreaterThan(0);
}
