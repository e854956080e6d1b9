// The customers' portal, by what a person reads on it.
import { expect, type Locator, type Page } from "@playwright/test";
import { awake } from "../support/awake.ts";
import type { Ticket } from "../support/api.ts";
import { Attachments, formOf, unfold } from "./parts.ts";

/** "My tickets". */
export class MyTickets {
  readonly words: Locator;
  readonly status: Locator;
  readonly category: Locator;
  readonly filter: Locator;

  constructor(readonly page: Page) {
    this.words = page.getByLabel("Search words");
    this.status = page.getByLabel("Status", { exact: true });
    this.category = page.getByLabel("Category", { exact: true });
    this.filter = page.getByRole("button", { name: "Filter", exact: true });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/tickets${query}`);
    await awake(this.page);
  }

  /** The row of a ticket. */
  row(subject: string): Locator {
    return this.page.getByRole("main").getByRole("listitem").filter({ hasText: subject });
  }

  link(subject: string): Locator {
    return this.row(subject).getByRole("link", { name: subject });
  }
}

/** "New ticket". */
export class NewTicket {
  readonly subject: Locator;
  readonly category: Locator;
  readonly description: Locator;
  readonly paymentId: Locator;
  readonly submit: Locator;
  readonly files: Attachments;

  constructor(readonly page: Page) {
    this.subject = page.getByLabel("Subject", { exact: true });
    this.category = page.getByLabel("Category", { exact: true });
    this.description = page.getByLabel("Description", { exact: true });
    this.paymentId = page.getByLabel("Payment id", { exact: true });
    this.submit = page.getByRole("button", { name: "File ticket" });
    this.files = new Attachments(formOf(this.submit));
  }

  async open(): Promise<void> {
    await this.page.goto("/tickets/new");
    await awake(this.page);
  }

  async fill(subject: string, description: string, category = "Payment"): Promise<void> {
    await this.subject.fill(subject);
    await this.category.selectOption({ label: category });
    await this.description.fill(description);
  }

  /** Files it and arrives at the ticket. */
  async send(subject: string): Promise<CustomerTicket> {
    await this.submit.click();
    const ticket = new CustomerTicket(this.page);
    await expect(ticket.subject).toHaveText(subject);
    await expect(this.page).toHaveURL(/\/tickets\/[0-9a-f-]{36}$/);
    return ticket;
  }
}

/** A ticket, as its customer sees it. */
export class CustomerTicket {
  readonly subject: Locator;
  readonly conversation: Locator;
  /** Where it stands: the step that is marked. */
  readonly step: Locator;
  /** What happens next, in a sentence. */
  readonly next: Locator;
  readonly reply: Locator;
  readonly send: Locator;
  readonly sendAnyway: Locator;
  readonly files: Attachments;

  constructor(readonly page: Page) {
    this.subject = page.getByRole("heading", { level: 1 });
    this.conversation = page.getByRole("region", { name: "Conversation" });
    this.step = page.getByRole("list", { name: "Progress" }).locator("[aria-current=step]");
    this.next = page.getByRole("status").filter({ hasText: "What happens next." });
    this.reply = page.getByLabel("Your reply");
    this.send = page.getByRole("button", { name: "Send reply" });
    this.sendAnyway = page.getByRole("button", { name: "Send anyway" });
    this.files = new Attachments(formOf(this.reply));
  }

  async open({ ticketId, subject }: Ticket): Promise<void> {
    await this.page.goto(`/tickets/${ticketId}`);
    await expect(this.subject).toHaveText(subject);
    await awake(this.page);
  }

  /** A message in the conversation. */
  message(text: string | RegExp): Locator {
    return this.conversation.getByRole("article").filter({ hasText: text });
  }

  /** A file in the conversation. */
  attached(name: string): Locator {
    return this.conversation.getByRole("link", { name });
  }

  /** Replies and sees it in the conversation. */
  async answer(text: string): Promise<void> {
    await this.reply.fill(text);
    await this.send.click();
    await expect(this.message(text)).toBeVisible();
    await expect(this.reply).toHaveValue("");
  }

  async unfold(name: string): Promise<Locator> {
    return unfold(this.page, name);
  }

  async close(rating: string, comment: string): Promise<void> {
    const fold = await this.unfold("Close ticket");
    await fold.getByRole("group", { name: "How did we do?" }).getByLabel(rating, { exact: true }).check();
    await fold.getByLabel("Comment").fill(comment);
    await fold.getByRole("button", { name: "Close this ticket" }).click();
    await expect(this.next).toContainText("closed for good");
  }
}
