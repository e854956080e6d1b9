// axe finds nothing on any page, light or dark, on a desktop or a phone; and no page scrolls sideways.
import type { Page } from "@playwright/test";
import { DeskTicket, Drafts, NewTicketForCustomer, Queue } from "../pages/desk.ts";
import { Account, unfold } from "../pages/parts.ts";
import { CannedReplies, Picker, Reports } from "../pages/office.ts";
import { CustomerTicket, MyTickets, NewTicket } from "../pages/portal.ts";
import { expectAccessible } from "../support/accessibility.ts";
import { unique, type Api, type Ticket } from "../support/api.ts";
import { awake } from "../support/awake.ts";
import { missing, refused } from "../support/faults.ts";
import { texts } from "../support/inputs.ts";
import { expectFits } from "../support/layout.ts";
import type { Who } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

type Doors = (who: Who) => Promise<Api>;

async function expectGood(page: Page): Promise<void> {
  for (const size of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
    await page.setViewportSize(size);
    await expectAccessible(page);
    await expectFits(page);
  }
}

/** A ticket with everything on it, left in this state. */
async function ticketIn(status: "OPEN" | "WAITING" | "COMPLETED" | "CLOSED", api: Doors): Promise<Ticket> {
  const [mira, sam] = [await api("customer"), await api("assignee")];
  const ticket = await mira.file({ subject: unique("Looked at closely"), description: texts.markdown });
  if (status === "OPEN") return ticket;
  await sam.claim(ticket);
  await sam.note(ticket, "A note with a [link](https://example.com) and `code`.");
  await mira.follow(ticket, "colleague");
  await mira.escalate(ticket, texts.arabic);
  await sam.reply(ticket, texts.markdown, "WAITING");
  if (status === "COMPLETED") await sam.move(ticket, "COMPLETED");
  if (status === "CLOSED") await mira.close(ticket);
  return ticket;
}

for (const path of ["/sign-in", "/setup/a-token-of-the-first-start"]) {
  test(`the page ${path.split("/")[1]}`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectGood(page);
  });
}

// With transitions of no length a text's colour passes from parent to child a frame at a time, and is seen half way.
test("whoever wants less motion sees the theme change at once", async ({ enter }) => {
  const page = await enter("customer");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test("what is chosen is seen in the system's colours too", async ({ enter }) => {
  const page = await enter("admin");
  await page.emulateMedia({ forcedColors: "active" });
  const queue = new Queue(page);
  await queue.open("?view=all");
  await page.keyboard.press("j");
  const outlined = ["outline-style", "solid"] as const;
  await expect(queue.list.locator("a[aria-current]").first()).toHaveCSS(...outlined);
  await expect(page.getByRole("navigation").locator("a.desk-view[aria-current]")).toHaveCSS(...outlined);
  const tab = (name: string) => page.getByRole("tab", { name });
  const edge = (element: Element) => getComputedStyle(element).borderBottomColor;
  expect(await tab("Reply").evaluate(edge)).not.toBe(await tab("Note").evaluate(edge));
  await page.keyboard.press("s");
  await expect(page.locator("dialog.picker:popover-open [aria-selected=true]")).toHaveCSS(...outlined);
  await page.emulateMedia({ forcedColors: null });
});

test("the page of a refused sign-in", async ({ page, faults }) => {
  faults.expect(...refused(401, "sessions/sign_in"));
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("nobody@example.com");
  await page.getByLabel("Password", { exact: true }).fill("not-the-password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expectGood(page);
});

test("a customer's list, with the account menu open, empty, and of nobody", async ({ enter }) => {
  const page = await enter("customer");
  await expectGood(page);
  // What an open menu covers cannot be pressed meanwhile: only the menu is looked at.
  await new Account(page).button.click();
  await expectAccessible(page, "header");
  await page.setViewportSize({ width: 1280, height: 800 });
  await expectAccessible(page, "header");
  await new MyTickets(page).open("?q=nothing-is-called-like-this");
  await expect(page.getByText("No ticket matches")).toBeVisible();
  await expectGood(page);
});

test("a new ticket with every error", async ({ enter, faults, inputs }) => {
  faults.expect(...refused(422, "tickets/create"), ...refused(422, "files/upload"), ...refused(415, "files/upload"));
  const page = await enter("customer");
  const form = new NewTicket(page);
  await form.open();
  await expectGood(page);
  await form.files.choose(inputs.empty());
  await expect(form.files.chosen("empty.txt").getByRole("alert")).toBeVisible();
  const long = `${"a-name-of-many-words-".repeat(5)}.png`;
  await form.files.choose(inputs.disguised(long));
  await expect(form.files.chosen(long).getByRole("alert")).toBeVisible();
  await form.paymentId.fill("'; DROP TABLE");
  await form.submit.click();
  await expect(form.files.form.getByRole("alert").filter({ hasText: "2 files are not attached" })).toBeVisible();
  await form.submit.click();
  await expect(form.subject).toHaveAttribute("aria-invalid", "true");
  await expectGood(page);
});

for (const status of ["OPEN", "WAITING", "COMPLETED", "CLOSED"] as const) {
  test(`a ticket that is ${status.toLowerCase()}, for its customer`, async ({ enter, api }) => {
    const ticket = await ticketIn(status, api);
    const page = await enter("customer");
    const shown = new CustomerTicket(page);
    await shown.open(ticket);
    await expectGood(page);
    const urgent = status === "COMPLETED" ? [] : ["It's urgent"];
    for (const name of status === "CLOSED" ? [] : [...urgent, "Add a colleague", "Close ticket"]) {
      await shown.unfold(name);
      await expectAccessible(page);
    }
  });

  test(`a ticket that is ${status.toLowerCase()}, for its assignee`, async ({ enter, api }) => {
    const ticket = await ticketIn(status, api);
    const page = await enter("assignee");
    const desk = new DeskTicket(page);
    await desk.open(ticket);
    await expectGood(page);
    if (status === "CLOSED") return;
    await desk.note.open();
    await expectAccessible(page);
  });
}

test("a ticket for an admin, with everything unfolded", async ({ enter, api }) => {
  test.setTimeout(180_000);
  const ticket = await ticketIn("WAITING", api);
  const page = await enter("admin");
  await new DeskTicket(page).open(ticket);
  for (const name of ["Assign", "Close ticket", "Escalate", "Start date", "Edit ticket", "Followers"]) {
    await unfold(page, name);
    await expectAccessible(page, "main");
    await expectFits(page);
  }
});

test("files, the account and a missing page", async ({ enter, faults }) => {
  faults.expect(...missing);
  const page = await enter("customer");
  for (const path of ["/my-files", "/account", "/tickets?view=followed", "/tickets/00000000-0000-7000-8000-000000000000"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    await awake(page);
    await expectGood(page);
  }
});

const views: [Who, string[]][] = [
  ["assignee", ["Mine", "Unassigned", "Followed", "Escalated", "Starting later", "All I see"]],
  ["admin", ["All", "Unassigned", "Mine", "Followed", "Escalated", "Starting later", "Waiting for an admin"]],
];
for (const [who, names] of views) {
  test(`the desk of an ${who}, each view`, async ({ enter }) => {
    test.setTimeout(180_000);
    const page = await enter(who);
    const queue = new Queue(page);
    for (const name of names) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await queue.view(name).click();
      await expect(queue.view(name)).toHaveAttribute("aria-current", "page");
      await expectGood(page);
    }
  });
}

test("the desk with a search that finds nothing, and a new ticket for a customer", async ({ enter }) => {
  const page = await enter("assignee");
  const queue = new Queue(page);
  await queue.search.fill("nothing-is-called-like-this");
  await queue.search.press("Enter");
  await expect(queue.row(/FS-/)).toHaveCount(0);
  await expectGood(page);
  await page.goto("/desk/tickets/new");
  await awake(page);
  await new NewTicketForCustomer(page).choose("Mira Okafor");
  await expectGood(page);
});

test("a report with everything unfolded", async ({ enter }) => {
  test.setTimeout(180_000);
  const page = await enter("admin");
  const reports = new Reports(page);
  await reports.open();
  await reports.unfoldFilters();
  for (const chart of ["Opened and closed", "Median times"]) await reports.chart(chart).locator("summary").click();
  await expectGood(page);
});

test("a report with a customer to choose, and an empty one", async ({ enter }) => {
  test.setTimeout(180_000);
  const page = await enter("admin");
  const reports = new Reports(page);
  await reports.open("?customer=a");
  await expectGood(page);
  await reports.open("?from=2001-01-01&to=2001-01-02");
  await expectGood(page);
});

test("canned replies, none open, one open, and one being edited", async ({ enter }) => {
  test.setTimeout(180_000);
  const page = await enter("admin");
  const canned = new CannedReplies(page);
  await canned.open();
  await expectGood(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await canned.title("Greeting and first look").click();
  await canned.newMessage.fill("Dear {customer.name}");
  await canned.edit("I have taken over");
  await expectGood(page);
});

test("canned replies over the composer", async ({ enter, api }) => {
  const page = await enter("assignee");
  const ticket = await ticketIn("WAITING", api);
  await new DeskTicket(page).open(ticket);
  await page.getByRole("button", { name: "Canned reply" }).first().click();
  const picker = new Picker(page);
  await expect(picker.option(/./).first()).toBeVisible();
  for (const size of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
    await page.setViewportSize(size);
    await expectAccessible(page, "dialog");
    await expectFits(page);
  }
});

test("the files of staff, and everybody's for an admin", async ({ enter }) => {
  const page = await enter("admin");
  for (const path of ["/desk/files", "/desk/files?whose=all"]) {
    await page.goto(path);
    await awake(page);
    await expectGood(page);
  }
});

test("drafts at the composer and in their list", async ({ enter, api }) => {
  const page = await enter("assignee");
  const ticket = await ticketIn("WAITING", api);
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  await desk.reply.text.fill("A long and careful answer");
  await expect(desk.reply.draft).toContainText("Draft saved");
  await desk.reply.text.fill("Short");
  await desk.reply.earlier.click();
  await expect(desk.reply.version("A long and careful")).toBeVisible();
  await expectGood(page);
  const drafts = new Drafts(page);
  await drafts.open();
  await expect(drafts.of(ticket)).toBeVisible();
  await expectGood(page);
});
