// Parts that several pages share.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Input } from "../support/inputs.ts";

/** The file field of a form. */
export class Attachments {
  readonly field: Locator;

  constructor(readonly form: Locator) {
    this.field = form.getByLabel("Add files");
  }

  /** What the form shows of a chosen file. */
  chosen(name: string): Locator {
    return this.form.getByRole("listitem").filter({ hasText: name });
  }

  /** Puts files into the field, as its dialog does. */
  async choose(...files: Input[]): Promise<void> {
    await this.field.setInputFiles(files.map((file) => file.path));
  }

  /** Chooses files and waits until they have arrived at the server. */
  async upload(...files: Input[]): Promise<void> {
    await this.choose(...files);
    for (const file of files) await this.expectArrived(file.name);
  }

  async expectArrived(name: string): Promise<void> {
    await expect(this.chosen(name)).toBeVisible();
    await expect(this.chosen(name).getByRole("progressbar"), `${name} has arrived`).toHaveCount(0, { timeout: 60_000 });
    await expect(this.chosen(name).getByRole("alert")).toHaveCount(0);
  }

  remove(name: string): Locator {
    return this.form.getByRole("button", { name: `Remove ${name}` });
  }
}

/** The form around this control. */
export const formOf = (control: Locator): Locator => control.page().locator("form").filter({ has: control });

/** What is said at this control, about what is wrong with it. */
export async function expectError(control: Locator, message: RegExp): Promise<void> {
  await expect(control).toHaveAttribute("aria-invalid", "true");
  await expect(control).toHaveAccessibleDescription(message);
}

/** The summary of a `<details>`: it has no role of its own. */
export const summary = (page: Page, name: string | RegExp): Locator => page.locator("summary").filter({ hasText: name });

/** Opens what is folded away behind this name, unless it is open. What is open already may lie over it: it is left first. */
export async function unfold(page: Page, name: string | RegExp): Promise<Locator> {
  const fold = page.locator("details.fold").filter({ has: summary(page, name) });
  const before = page.locator("main details.fold[open] > summary");
  if ((await fold.getAttribute("open")) === null && (await before.count()) > 0) await before.press("Escape");
  if ((await fold.getAttribute("open")) === null) await fold.locator("summary").click();
  await expect(fold).toHaveAttribute("open");
  return fold;
}

/** The menu behind the viewer's avatar. */
export class Account {
  readonly button: Locator;

  constructor(readonly page: Page) {
    this.button = page.locator("summary[aria-label^='Account']");
  }

  async choose(item: string): Promise<void> {
    const fold = this.page.locator("details").filter({ has: this.button });
    if ((await fold.getAttribute("open")) === null) await this.button.click();
    await fold.getByRole("button", { name: item }).or(fold.getByRole("link", { name: item })).click();
  }
}
