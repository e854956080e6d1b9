// The desk of assignees and admins, by what a person reads on it.
import { expect, type Locator, type Page } from "@playwright/test";
import { awake } from "../support/awake.ts";
import type { Ticket } from "../support/api.ts";
import { Attachments, formOf, summary, unfold } from "./parts.ts";

/** The queue, and the views beside it. */
export class Queue {
  readonly list: Locator;
  readonly search: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByLabel("Queue", { exact: true });
    this.search = page.getByLabel("Search tickets");
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/desk${query}`);
    await awake(this.page);
  }

  view(name: string): Locator {
    return this.page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${name}`) });
  }

  /** The row of a ticket: a link, and none of those that take a filter away. */
  row(subject: string | RegExp): Locator {
    const links = this.list.getByRole("listitem").getByRole("link");
    return links.and(this.page.locator("a:not(.chip)")).filter({ hasText: subject });
  }

  async find(subject: string): Promise<void> {
    await this.search.fill(subject);
    await this.search.press("Enter");
    await expect(this.row(subject)).toBeVisible();
  }
}

/** A new ticket for a customer. */
export class NewTicketForCustomer {
  readonly find: Locator;
  readonly channel: Locator;
  readonly subject: Locator;
  readonly category: Locator;
  readonly description: Locator;
  readonly submit: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole("main");
    this.find = main.getByLabel("Find the customer");
    this.channel = main.getByLabel("Channel");
    this.subject = main.getByLabel("Subject");
    this.category = main.getByLabel("Category");
    this.description = main.getByLabel("Description");
    this.submit = main.getByRole("button", { name: "File ticket" });
  }

  /** Somebody who was found. */
  found(name: string): Locator {
    return this.page.getByRole("radio", { name });
  }

  async choose(name: string): Promise<void> {
    await this.find.fill(name);
    await this.find.press("Enter");
    await this.found(name).check();
  }
}

/** One of the two composers of a ticket. */
export class Composer {
  readonly files: Attachments;
  /** How its draft stands. */
  readonly draft: Locator;
  /** The list of its earlier versions. */
  readonly earlier: Locator;

  constructor(
    readonly tab: Locator,
    readonly text: Locator,
    readonly send: Locator,
  ) {
    this.files = new Attachments(formOf(text));
    this.draft = formOf(text).locator(".draft-state");
    this.earlier = this.draft.locator("summary").filter({ hasText: "Earlier versions" });
  }

  /** An earlier version in the open list. */
  version(words: string): Locator {
    return this.draft.getByRole("listitem").getByRole("button").filter({ hasText: words });
  }

  async open(): Promise<void> {
    await this.tab.click();
    await expect(this.text).toBeVisible();
  }
}

/** One's own drafts. */
export class Drafts {
  readonly list: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByRole("region", { name: "Your drafts" });
  }

  async open(): Promise<void> {
    await this.page.goto("/desk/drafts");
    await awake(this.page);
  }

  /** The drafts on a ticket. */
  of({ number }: Pick<Ticket, "number">): Locator {
    return this.list.getByRole("listitem").filter({ hasText: `FS-${number}` });
  }
}

/** What concerns the viewer, and the bell that counts it. */
export class Notifications {
  readonly bell: Locator;
  readonly list: Locator;
  readonly seeAll: Locator;

  constructor(readonly page: Page) {
    this.bell = page.getByRole("navigation").getByRole("link", { name: /^Notifications/ });
    this.list = page.getByRole("region", { name: "Your notifications" });
    this.seeAll = page.getByRole("button", { name: "Mark all read" });
  }

  async open(): Promise<void> {
    await this.page.goto("/desk/notifications");
    await awake(this.page);
  }

  /** What the viewer was told of a ticket. */
  of({ number }: Pick<Ticket, "number">): Locator {
    return this.list.getByRole("listitem").filter({ hasText: `FS-${number}` });
  }
}

/** A ticket, as staff see it. */
export class DeskTicket {
  readonly subject: Locator;
  readonly reply: Composer;
  readonly note: Composer;
  readonly sendAndWait: Locator;
  readonly sendAndComplete: Locator;
  readonly sendAnyway: Locator;
  /** The first reply that is not sent yet, and what can be done about it. */
  readonly waiting: Locator;
  readonly undo: Locator;
  readonly sendNow: Locator;
  readonly later: Locator;
  readonly changeTime: Locator;
  readonly claim: Locator;
  readonly context: Locator;

  constructor(readonly page: Page) {
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    this.subject = page.getByRole("heading", { level: 1 });
    this.reply = new Composer(page.getByRole("tab", { name: "Reply" }), page.getByRole("textbox", { name: "Reply to the customer" }), button("Send"));
    this.note = new Composer(page.getByRole("tab", { name: "Note" }), page.getByRole("textbox", { name: "Note for staff" }), button("Add note"));
    this.sendAndWait = button("Send and wait");
    this.sendAndComplete = button("Send and complete");
    this.sendAnyway = button("Send anyway");
    this.waiting = page.getByRole("article", { name: "Not sent yet" });
    this.undo = button("Undo");
    this.sendNow = button("Send now");
    this.later = summary(page, "More ways");
    this.changeTime = summary(page, "Change time");
    this.claim = button("Claim");
    this.context = page.getByRole("complementary", { name: "Context" });
  }

  async open({ ticketId, subject }: Ticket): Promise<void> {
    await this.page.goto(`/desk/tickets/${ticketId}`);
    await expect(this.subject).toHaveText(subject);
    await awake(this.page);
  }

  /** Has what waits sent at once, so that nobody has to wait for it. */
  async deliver(): Promise<void> {
    await this.sendNow.click();
    await expect(this.waiting).toHaveCount(0);
  }

  /** A message or note in the conversation. */
  message(text: string | RegExp): Locator {
    return this.page.getByRole("main").getByRole("article").filter({ hasText: text });
  }

  /** A file in the conversation. */
  attached(name: string): Locator {
    return this.page.getByRole("main").getByRole("article").getByRole("link", { name });
  }

  /** The status beside the subject. */
  status(word: string): Locator {
    return this.page.getByRole("main").locator("header").first().locator("> div").first().getByText(word, { exact: true });
  }

  move(name: "Start work" | "Wait" | "Complete" | "Complete for assignee"): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async unfold(name: string): Promise<Locator> {
    return unfold(this.page, name);
  }
}

/** The viewer's replies that are not sent yet. */
export class Outbox {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto("/desk/outbox");
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText("Outbox");
    await awake(this.page);
  }

  /** What waits on a ticket. */
  of({ number }: Ticket): Locator {
    return this.page.getByRole("main").getByRole("listitem").filter({ hasText: `FS-${number}` });
  }
}
