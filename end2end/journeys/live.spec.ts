// An open page shows what others do within a second, without being loaded again; and a session that ended hears nothing.
import type { Page } from "@playwright/test";
import { DeskTicket, Queue } from "../pages/desk.ts";
import { CustomerTicket, MyTickets } from "../pages/portal.ts";
import { Api, unique } from "../support/api.ts";
import { awake } from "../support/awake.ts";
import { apart } from "../support/people.ts";
import { endSession } from "../support/session.ts";
import { expect, test } from "../support/test.ts";

/** From the moment at which the other was answered. */
const second = { timeout: 1_000 };

/** The document must stay the one that it is now. */
async function mark(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  return async () => expect(await page.evaluate(() => "sameDocument" in window), "the page was not loaded again").toBe(true);
}

test("an open queue shows tickets as they come, move and go", async ({ enter, api }) => {
  const [mira, sam, admin] = [await api("customer"), await api("assignee"), await api("admin")];
  const page = await enter("assignee2");
  const queue = new Queue(page);
  await queue.open();
  await queue.view("Unassigned").click();
  await expect(queue.view("Unassigned")).toHaveAttribute("aria-current", "page");
  await expect(queue.list.getByRole("heading", { name: "Unassigned" })).toBeVisible();
  const expectSame = await mark(page);

  const subject = unique("Arrives while somebody watches");
  const ticket = await mira.file({ subject });
  await expect(queue.row(subject)).toBeVisible(second);

  const changed = unique("Changed while somebody watches");
  await mira.edit(ticket, { subject: changed });
  await expect(queue.row(changed)).toBeVisible(second);

  await sam.claim(ticket);
  await expect(queue.row(changed)).toHaveCount(0, second);

  await queue.view("Mine").click();
  await admin.assign(ticket, "assignee2");
  await expect(queue.row(changed)).toBeVisible(second);
  await admin.move(ticket, "IN_PROGRESS");
  await expect(queue.row(changed)).toContainText("In progress", second);
  await expectSame();
});

test("what arrives in a conversation leaves the rest of it alone", async ({ enter, api }) => {
  const mira = await api("customer");
  const ticket = await mira.file({ subject: unique("Read in peace") });
  await mira.reply(ticket, "The first of two.");
  const page = await enter("admin");
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  const menu = desk.message("The first of two.").locator("summary");
  await menu.click();
  const split = desk.message("The first of two.").getByRole("link", { name: /split/i });
  await expect(split).toBeVisible();
  await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector(".markdown")!));

  await mira.reply(ticket, "The second of two.");
  await expect(desk.message("The second of two.")).toBeVisible(second);
  await expect(split, "a menu stays open").toBeVisible();
  expect(await page.evaluate(() => getSelection()?.toString()), "a selection stays").not.toBe("");
  await page.keyboard.press("Escape");
  await expect(split, "Escape closes the menu").toBeHidden();
  await expect(menu).toBeFocused();
});

test("a time is told in the reader's own zone where the pointer asks for it", async ({ enter, api }) => {
  const ticket = await (await api("customer")).file({ subject: unique("When was that") });
  const page = await enter("assignee");
  await new DeskTicket(page).open(ticket);
  const time = page.getByRole("article").locator("time").first();
  await expect(time).toHaveAttribute("title", /UTC$/);
  await time.hover();
  await expect(time).not.toHaveAttribute("title", /UTC$/);
  await expect(time).toHaveText(/just now|minute/);
});

test("an open ticket on the desk shows what others write and do", async ({ enter, api }) => {
  const [mira, admin] = [await api("customer"), await api("admin")];
  const ticket = await mira.file({ subject: unique("Watched from the desk") });
  await (await api("assignee")).claim(ticket);
  const page = await enter("assignee");
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  await desk.reply.text.fill("Half a sentence");
  const expectSame = await mark(page);

  await mira.reply(ticket, "One more thing.");
  await expect(desk.message("One more thing.")).toBeVisible(second);
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: /^Mira Okafor replied$/ })).toBeAttached();
  // The same words once more are news.
  const said = page.getByRole("main").getByRole("status").filter({ hasText: /^Mira Okafor replied\s?$/ });
  const before = await said.textContent();
  await mira.reply(ticket, "And another.");
  await expect.poll(() => said.textContent(), "the text is another").not.toBe(before);
  await admin.note(ticket, "Seen this before.");
  await expect(desk.message("Seen this before.")).toBeVisible(second);
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: /^Ada Lindgren added a note$/ })).toBeAttached();
  await admin.move(ticket, "IN_PROGRESS");
  await expect(desk.status("In progress")).toBeVisible(second);
  await mira.escalate(ticket, "It is payday.");
  await expect(page.getByRole("region", { name: "Conversation" }).getByText("escalated this (level 1): It is payday.")).toBeVisible(second);
  await mira.close(ticket);
  await expect(desk.status("Closed")).toBeVisible(second);
  await expectSame();
});

test("an open ticket in the portal shows answers and steps, and what is typed stays", async ({ enter, api }) => {
  const [mira, sam] = [await api("customer"), await api("assignee")];
  const ticket = await mira.file({ subject: unique("Watched from the portal") });
  const page = await enter("customer");
  const shown = new CustomerTicket(page);
  await shown.open(ticket);
  await shown.reply.fill("Half a sentence");
  const expectSame = await mark(page);

  await sam.claim(ticket);
  await expect(shown.next).toContainText("Sam Reyes has your ticket", second);
  await sam.note(ticket, "Not for customers.");
  await sam.reply(ticket, "Which day was it?", "WAITING");
  await expect(shown.message("Which day was it?")).toBeVisible(second);
  await expect(shown.step).toContainText("Waiting for you", second);
  await expect(page.getByText("Not for customers.")).toHaveCount(0);
  await expect(shown.reply).toHaveValue("Half a sentence");
  await sam.move(ticket, "COMPLETED");
  await expect(shown.next).toContainText("We think this is solved.", second);
  await expectSame();
});

test("an open list in the portal shows new states", async ({ enter, api }) => {
  const [mira, sam] = [await api("customer"), await api("assignee")];
  const page = await enter("customer");
  const expectSame = await mark(page);
  const list = new MyTickets(page);
  const ticket = await mira.file({ subject: unique("Seen in the list") });
  await expect(list.row(ticket.subject)).toContainText("Open", second);
  await sam.claim(ticket);
  await sam.reply(ticket, "We are on it.");
  await expect(list.row(ticket.subject)).toContainText("In progress", second);
  await expect(list.row(ticket.subject)).toContainText("Unread", second);
  await expectSame();
});

test("another customer hears nothing of it", async ({ enter, api }) => {
  const stranger = await enter("other");
  const heard: string[] = [];
  stranger.on("request", (request) => heard.push(new URL(request.url()).pathname));
  const ticket = await (await api("customer")).file({ subject: unique("Nobody else's business") });
  await (await api("customer")).reply(ticket, "Still nobody else's business.");
  const own = await (await api("other")).file({ subject: unique("My own business") });
  const list = new MyTickets(stranger);
  // Events come in order: whoever heard of the later one would have heard of the earlier.
  await expect(list.row(own.subject)).toBeVisible(second);
  expect(heard.filter((path) => path.endsWith("/rpc/tickets/list"))).toHaveLength(1);
  await expect(list.row(ticket.subject)).toHaveCount(0);
});

// Browsers have locks on https and on the same machine only.
for (const locks of ["locks", "no locks"]) {
  test(`the tabs of a browser with ${locks} share one stream, and the next one takes over where the first stopped`, async ({ enter, api }) => {
    const mira = await api("customer");
    const leading = await enter("customer");
    if (locks === "no locks") {
      await leading.context().addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
      await leading.reload();
    }
    await awake(leading);
    const streams: string[] = [];
    leading.context().on("request", (request) => {
      const url = new URL(request.url());
      if (url.pathname === "/live") streams.push(url.search);
    });
    const following = await leading.context().newPage();
    await following.goto("/tickets");
    await awake(following);
    const both = await mira.file({ subject: unique("Heard in both tabs") });
    for (const page of [leading, following]) await expect(new MyTickets(page).row(both.subject)).toBeVisible(second);
    expect(streams, "the second tab opened no stream of its own").toEqual([]);

    await leading.close();
    const after = await mira.file({ subject: unique("Heard by who stays") });
    await expect(new MyTickets(following).row(after.subject)).toBeVisible();
    expect(streams).toHaveLength(1);
    expect(streams[0]).toMatch(/&after=\d+$/);
  });
}

test("a session that was ended stops hearing, and another of the same person goes on", async ({ enter, api, playwright, baseURL }) => {
  const admin = await api("admin");
  const [ended, going] = [await enter(apart.revoked), await enter(apart.revoked)];
  const subject = unique("Heard by one of two");
  await Promise.all([ended, going].map((page) => expect(page.getByRole("heading", { level: 1 })).toHaveText("My tickets")));
  const request = await playwright.request.newContext({ baseURL });
  const siobhan = await Api.as(apart.revoked, request);
  await siobhan.file({ subject });
  for (const page of [ended, going]) await expect(new MyTickets(page).row(subject)).toBeVisible(second);

  await endSession(ended);
  const later = await siobhan.file({ subject: unique("After the end") });
  await admin.assign(later, "assignee");
  await expect(new MyTickets(going).row(later.subject)).toBeVisible(second);
  await expect(new MyTickets(ended).row(later.subject)).toHaveCount(0);
  await expect(ended.getByRole("status").getByText("Your session has ended.")).toBeVisible({ timeout: 20_000 });
  await expect(going.getByText("Your session has ended.")).toHaveCount(0);
  await request.dispose();
});
