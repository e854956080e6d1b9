// What the desk has besides the queue: reports, canned replies, files.
import { expect, type Locator, type Page } from "@playwright/test";
import { awake } from "../support/awake.ts";
import { formOf } from "./parts.ts";

async function openAt(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await awake(page);
}

/** The reports. */
export class Reports {
  readonly from: Locator;
  readonly to: Locator;
  readonly apply: Locator;
  readonly customer: Locator;
  readonly assignee: Locator;
  readonly rows: Locator;
  readonly more: Locator;
  readonly csv: Locator;

  constructor(readonly page: Page) {
    this.from = page.getByLabel("From");
    this.to = page.getByLabel("To", { exact: true });
    this.apply = page.getByRole("button", { name: "Apply" });
    this.customer = page.getByLabel("Customer");
    this.assignee = page.getByLabel("Assignee");
    this.rows = page.getByRole("region", { name: "Tickets of this report" }).locator("tbody tr");
    this.more = page.getByRole("link", { name: "Show more" });
    this.csv = page.getByRole("link", { name: "Download CSV" });
  }

  async open(query = ""): Promise<void> {
    await openAt(this.page, `/desk/reports${query}`, "Reports");
  }

  preset(name: "This week" | "This month" | "90 days" | "All time"): Locator {
    return this.page.getByRole("navigation", { name: "Days" }).getByRole("link", { name });
  }

  /** One of the totals, by its name. */
  total(name: string): Locator {
    return this.page.locator(".total").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  chart(title: string): Locator {
    return this.page.getByRole("figure").filter({ hasText: title });
  }

  heading(name: string): Locator {
    return this.page.getByRole("columnheader", { name, exact: true });
  }

  async unfoldFilters(): Promise<void> {
    const summary = this.page.locator("summary").filter({ hasText: "More filters" });
    const fold = this.page.locator("details").filter({ has: summary });
    if ((await fold.getAttribute("open")) === null) await summary.click();
  }
}

/** The page that keeps canned replies. */
export class CannedReplies {
  readonly newTitle: Locator;
  readonly addTitle: Locator;
  readonly newMessage: Locator;
  readonly addMessage: Locator;
  readonly preview: Locator;

  constructor(readonly page: Page) {
    this.newTitle = page.getByRole("textbox", { name: "New title" });
    this.addTitle = page.getByRole("button", { name: "Add title" });
    this.newMessage = page.getByRole("textbox", { name: "New message" });
    this.addMessage = page.getByRole("button", { name: "Add message" });
    this.preview = formOf(this.newMessage).locator(".canned-preview");
  }

  async open(): Promise<void> {
    await openAt(this.page, "/desk/canned-replies", "Canned replies");
  }

  title(name: string): Locator {
    return this.page.getByRole("region", { name: "Titles" }).getByRole("link", { name });
  }

  message(text: string): Locator {
    return this.page.getByRole("region", { name: "Messages" }).getByRole("listitem").filter({ hasText: text });
  }

  /** The form behind "Edit" of a message. */
  async edit(text: string): Promise<{ field: Locator; save: Locator }> {
    const message = this.message(text);
    await message.locator("summary").click();
    return { field: message.getByRole("textbox", { name: "Message" }), save: message.getByRole("button", { name: "Save" }) };
  }
}

/** The list of canned replies over the composer. */
export class Picker {
  readonly dialog: Locator;
  readonly search: Locator;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole("dialog", { name: "Insert a canned reply" });
    this.search = this.dialog.getByRole("combobox");
  }

  option(text: string | RegExp): Locator {
    return this.dialog.getByRole("option").filter({ hasText: text });
  }
}

/** The files of staff. */
export class Files {
  readonly groups: Locator;

  constructor(readonly page: Page) {
    this.groups = page.getByRole("region", { name: /^All files/ });
  }

  async open(): Promise<void> {
    await openAt(this.page, "/desk/files", "Files");
  }

  whose(name: "Mine" | "All"): Locator {
    return this.page.getByRole("navigation", { name: "Whose files" }).getByRole("link", { name });
  }

  file(name: string): Locator {
    return this.page.getByRole("listitem").filter({ has: this.page.getByRole("link", { name }) });
  }
}
