// Working the desk by commands: keys, the palette, the sheet, selection and undo.
import type { Page } from "@playwright/test";
import { DeskTicket, Queue } from "../pages/desk.ts";
import { unique, type Api, type Ticket } from "../support/api.ts";
import { awake } from "../support/awake.ts";
import { missing, refused } from "../support/faults.ts";
import { hold } from "../support/network.ts";
import type { Who } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

/** So many tickets whose subjects begin alike, newest last. */
async function several(api: Api, words: string, count: number): Promise<Ticket[]> {
  const tickets: Ticket[] = [];
  for (let number = 1; number <= count; number += 1) tickets.push(await api.file({ subject: `${words} ${number}` }));
  return tickets;
}

/** The queue of an admin, narrowed to these words. */
async function narrowed(page: Page, words: string): Promise<Queue> {
  const queue = new Queue(page);
  await queue.open(`?view=all&q=${encodeURIComponent(words)}`);
  await expect(queue.row(words).first()).toBeVisible();
  return queue;
}

/** An assignee before an open ticket of theirs, and the admin who gave it to them. */
async function atOwnTicket(subject: string, api: (who: Who) => Promise<Api>, enter: (who: Who) => Promise<Page>) {
  const [mira, admin] = [await api("customer"), await api("admin")];
  const ticket = await mira.file({ subject: unique(subject) });
  await admin.assign(ticket, "assignee");
  const page = await enter("assignee");
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  return { admin, desk, page, ticket };
}

test("keys that send a reply send none from the fields of other forms", async ({ enter, api }) => {
  const { desk, page, ticket } = await atOwnTicket("Half a reply", api, enter);
  await desk.reply.text.fill("Half a sen");
  const fold = await desk.unfold("Escalate");
  const reason = fold.getByLabel("Why can it not wait?");
  await reason.fill("They lose money every hour.");
  for (const keys of ["Control+Enter", "Control+Shift+Enter"]) await reason.press(keys);
  const search = page.getByRole("combobox", { name: "Search tickets" });
  await search.fill("half");
  for (const keys of ["Control+Enter", "Control+Shift+Enter"]) await search.press(keys);
  await expect(desk.reply.text).toHaveValue("Half a sen");
  await expect(desk.waiting).toHaveCount(0);
  await expect(desk.subject).toHaveText(ticket.subject);

  await desk.reply.text.press("Control+Enter");
  await expect(desk.waiting).toBeVisible();
  await desk.undo.click();
});

test("a shift is worked without a pointer: twenty tickets triaged by keys", async ({ enter, api }) => {
  test.slow();
  const words = unique("Triage");
  await several(await api("customer"), words, 20);
  const page = await enter("admin");
  const queue = await narrowed(page, words);
  await expect(queue.row(words)).toHaveCount(20);
  const desk = new DeskTicket(page);
  const { keyboard } = page;
  let last = "";
  for (let done = 0; done < 20; done += 1) {
    await keyboard.press("j");
    await expect(desk.subject).not.toHaveText(last || "Finsupport");
    last = (await desk.subject.textContent()) ?? "";
    await keyboard.press("p");
    await page.getByRole("combobox", { name: "Priority" }).fill("Urgent");
    await keyboard.press("Enter");
    await keyboard.press("a");
    await expect(page.getByRole("dialog").getByRole("option", { name: "Sam" })).toBeVisible();
    await page.getByRole("combobox", { name: "Assign to" }).fill("Sam");
    await keyboard.press("Enter");
    await expect(desk.context).toContainText("Sam");
    await keyboard.press("n");
    await expect(desk.note.text).toBeFocused();
    await keyboard.press("Escape");
    await expect(desk.note.text).not.toBeFocused();
  }
  await keyboard.press("Escape");
  await expect(page).toHaveURL(/\/desk\?/);
  await expect(queue.list.getByRole("img", { name: "Urgent priority" })).toHaveCount(20);
});

test("keys walk through the queue and come back to where they were", async ({ enter, api }) => {
  const words = unique("Walk");
  await several(await api("customer"), words, 3);
  const page = await enter("admin");
  const queue = await narrowed(page, words);
  const desk = new DeskTicket(page);
  const { keyboard } = page;
  await keyboard.press("j");
  await expect(desk.subject).toHaveText(`${words} 3`);
  await expect(queue.row(`${words} 3`)).toHaveAttribute("aria-current", "true");
  await keyboard.press("j");
  await expect(desk.subject).toHaveText(`${words} 2`);
  await keyboard.press("k");
  await expect(desk.subject).toHaveText(`${words} 3`);
  await page.goBack();
  await expect(desk.subject).toHaveText(`${words} 2`);
  // Left and come back: on from there.
  await keyboard.press("Escape");
  await expect(desk.subject).toHaveText("Desk");
  await keyboard.press("j");
  await expect(desk.subject).toHaveText(`${words} 1`);
  await keyboard.press("g");
  await keyboard.press("u");
  await expect(queue.view("Unassigned")).toHaveAttribute("aria-current", "page");
  await keyboard.press("/");
  await expect(queue.search).toBeFocused();
  await keyboard.type("j?z");
  await expect(queue.search).toHaveValue(/j\?z$/);
});

test("whoever holds j down comes to the last ticket only, and a key pressed at once is meant for that one", async ({ enter, api }) => {
  const words = unique("Held");
  await several(await api("customer"), words, 6);
  const page = await enter("admin");
  const queue = await narrowed(page, words);
  await expect(queue.row(words)).toHaveCount(6);
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/rpc/threads/one") && asked.push(request.url()));
  // One after the other, within a frame.
  await page.evaluate(() => {
    for (let times = 0; times < 5; times += 1) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
  });
  const desk = new DeskTicket(page);
  await expect(desk.subject).toHaveText(`${words} 2`);
  await expect(queue.row(`${words} 2`)).toHaveAttribute("aria-current", "true");
  await expect(queue.list.locator(".desk-row[aria-current]")).toHaveCount(1);
  await expect(desk.note.text).toBeFocused();
  expect(asked.length).toBeLessThan(2);
});

test("a key unfolds what is folded away, and goes to its first field", async ({ enter, api }) => {
  const words = unique("Unfolded");
  const tickets = await several(await api("customer"), words, 2);
  for (const ticket of tickets) await (await api("assignee")).claim(ticket);
  const page = await enter("assignee");
  const queue = new Queue(page);
  await queue.open(`?view=mine&q=${encodeURIComponent(words)}`);
  const desk = new DeskTicket(page);
  const reason = page.getByRole("textbox", { name: "Why can it not wait?" });
  // The first page of a ticket as the server made it, the next as our code did.
  await desk.open(tickets[0]!);
  await page.keyboard.press("e");
  await expect(reason).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(reason).toBeHidden();
  await queue.open(`?view=mine&q=${encodeURIComponent(words)}`);
  await page.keyboard.press("j");
  await expect(desk.subject).toContainText(words);
  await page.keyboard.press("e");
  await expect(reason).toBeFocused();
});

test("letters that a layout types with AltGr, and letters of another script, are no commands", async ({ enter, api }) => {
  const words = unique("Layouts");
  await several(await api("customer"), words, 2);
  const page = await enter("admin");
  await narrowed(page, words);
  const url = page.url();
  // What Chromium reports on a Polish keyboard for AltGr+E, and on a Russian one for the key that is J elsewhere.
  await page.evaluate(() => {
    const press = (init: KeyboardEventInit & { modifierAltGraph?: boolean }) => document.body.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
    press({ key: "ę", code: "KeyE", modifierAltGraph: true });
    press({ key: "e", code: "KeyE", modifierAltGraph: true });
    press({ key: "е", code: "KeyT", altKey: true, ctrlKey: true });
    press({ key: "о", code: "KeyJ" });
    press({ key: "ы", code: "KeyS" });
    press({ key: "j", code: "KeyJ", isComposing: true });
  });
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(page.url()).toBe(url);
  await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "л", code: "KeyK", ctrlKey: true, bubbles: true, cancelable: true })));
  await expect(page.getByRole("combobox", { name: "Find a command" })).toBeFocused();
});

test("while the palette is on its way keys are no commands", async ({ enter }) => {
  const page = await enter("assignee");
  const coming = await hold(page, /split_desk_more.*wasm/);
  await new Queue(page).open();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("j");
  coming.release();
  await expect(page.getByRole("combobox", { name: "Find a command" })).toBeFocused();
  await expect(page.locator(".desk-row[aria-current]")).toHaveCount(0);
});

test("the palette finds commands, views, tickets and people", async ({ enter, api }) => {
  const subject = unique("Found from the palette");
  await (await api("customer")).file({ subject });
  const page = await enter("admin");
  const queue = new Queue(page);
  await queue.open();
  const { keyboard } = page;
  const search = page.getByRole("combobox", { name: "Find a command" });
  await keyboard.press("Control+k");
  await search.fill("reports");
  await expect(page.getByRole("dialog").getByRole("option", { name: /Go to reports/ })).toContainText("g r");
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Reports" })).toBeVisible();
  await keyboard.press("Control+k");
  await search.fill(subject);
  await page.getByRole("dialog").getByRole("option", { name: new RegExp(subject) }).click();
  await expect(new DeskTicket(page).subject).toHaveText(subject);
  await keyboard.press("Control+k");
  await search.fill("Unassigned");
  await page.getByRole("dialog").getByRole("option", { name: "Unassigned", exact: true }).click();
  await expect(queue.view("Unassigned")).toHaveAttribute("aria-current", "page");
  await keyboard.press("Control+k");
  await search.fill("Mira");
  await page.getByRole("dialog").getByRole("option", { name: /Mira Okafor/ }).last().click();
  await expect(page).toHaveURL(/customerId=/);
});

test("what the palette found for words that were typed on is not opened for them", async ({ enter, api }) => {
  const words = unique("Asked anew").replaceAll(" ", "");
  const [one, two] = await several(await api("customer"), words, 2);
  const page = await enter("admin");
  await new Queue(page).open();
  await page.keyboard.press("Control+k");
  const search = page.getByRole("combobox", { name: "Find a command" });
  // The first answer comes after the second.
  const late = await hold(page, new RegExp(`/rpc/.*${words}(?!.*${two!.number})`));
  await search.fill(words);
  await search.fill(`${words} ${two!.number}`);
  const option = page.getByRole("dialog").getByRole("option", { name: new RegExp(words) });
  await expect(option).toHaveCount(1);
  await expect(option).toContainText(String(two!.number));
  const answered = page.waitForResponse((response) => response.url().includes(words) && !response.url().includes(String(two!.number)));
  late.release();
  await (await answered).finished();
  await expect(option).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(new DeskTicket(page).subject).toHaveText(two!.subject);
  expect(one!.number).not.toBe(two!.number);
});

test("a ticket is closed by command with a reason, and not without", async ({ enter, api }) => {
  const ticket = await (await api("customer")).file({ subject: unique("Closed by command") });
  const page = await enter("admin");
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  const box = page.getByRole("dialog", { name: "Close for good" });
  for (const [button, status] of [["Cancel", "Open"], ["Close for good", "Closed"]] as const) {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Find a command" }).fill("close the ticket");
    await page.keyboard.press("Enter");
    await expect(box.getByLabel("Reason")).toBeFocused();
    if (button !== "Cancel") {
      await box.getByRole("button", { name: button }).click();
      await expect(box.getByRole("alert")).not.toBeEmpty();
      await page.keyboard.type("Settled by phone.");
    }
    await box.getByRole("button", { name: button }).click();
    await expect(box).toBeHidden();
    await expect(desk.status(status)).toBeVisible();
  }
});

test("keys are shown, changed, taken away and switched off, for good", async ({ enter }) => {
  const page = await enter("assignee2");
  const queue = new Queue(page);
  await queue.open();
  const { keyboard } = page;
  await keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys" });
  await expect(sheet.getByRole("listitem").filter({ hasText: "Next ticket" })).toContainText("j");
  await expect(sheet.locator(".picker-box")).not.toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
  await sheet.getByRole("button", { name: "Change the key of “Next ticket”" }).click();
  await keyboard.press("r");
  await expect(page.getByRole("alert")).toContainText("Write a reply");
  await sheet.getByRole("button", { name: "Change the key of “Next ticket”" }).click();
  await keyboard.press("w");
  await expect(sheet.getByRole("listitem").filter({ hasText: "Next ticket" })).toContainText("w");
  await sheet.getByRole("button", { name: "No key: Search tickets" }).click();
  await expect(page.getByText("Your keys are kept.").last()).toBeVisible();
  await page.reload();
  await awake(page);
  await keyboard.press("/");
  await expect(queue.search).not.toBeFocused();
  await keyboard.press("?");
  await expect(sheet.getByRole("listitem").filter({ hasText: "Next ticket" })).toContainText("w");
  await sheet.getByLabel("Single keys are commands").uncheck();
  await sheet.getByRole("button", { name: "Close", exact: true }).click();
  await keyboard.press("?");
  await expect(sheet).toBeHidden();
  await keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find a command" }).fill("Show and change");
  await keyboard.press("Enter");
  await sheet.getByLabel("Single keys are commands").check();
  await sheet.getByRole("button", { name: "Usual keys" }).click();
  await expect(sheet.getByRole("listitem").filter({ hasText: "Next ticket" })).toContainText("j");
});

test("what is done is shown at once, and z takes it back", async ({ enter, api }) => {
  const { admin, desk, page, ticket } = await atOwnTicket("Done and undone", api, enter);
  await desk.move("Start work").click();
  await expect(desk.status("In progress")).toBeVisible();
  await expect.poll(async () => (await admin.ticket(ticket)).status).toBe("IN_PROGRESS");
  await page.locator("h1").click();
  await page.keyboard.press("z");
  await expect(page.getByRole("button", { name: "Undo" }), "what was taken back is not offered again").toHaveCount(0);
  await expect(desk.status("Open")).toBeVisible();
  await expect.poll(async () => (await admin.ticket(ticket)).status).toBe("OPEN");
  await expect(desk.message(/./).first()).toBeVisible();
  await expect(page.getByRole("main")).toContainText("took back the move");
});

test("what the service refuses is rolled back, with the reason", async ({ enter, api, faults }) => {
  faults.expect(...refused(409, "tickets/set_status"));
  const { admin, desk, page, ticket } = await atOwnTicket("Closed in between", api, enter);
  const asked = await hold(page, /\/rpc\/tickets\/set_status/);
  const read = await hold(page, /\/rpc\/threads\/one/);
  await desk.move("Start work").click();
  await expect(desk.status("In progress")).toBeVisible();
  await admin.close(ticket);
  asked.release();
  await expect(page.getByRole("alert").filter({ hasText: "closed" })).toBeVisible();
  await expect(desk.status("Open")).toBeVisible();
  read.release();
  await expect(desk.status("Closed")).toBeVisible();
});

test("who claims a ticket after somebody else is told that, not that there is none", async ({ enter, api, faults }) => {
  faults.expect(...refused(404, "tickets/claim"), ...missing);
  const ticket = await (await api("customer")).file({ subject: unique("Wanted by two") });
  const page = await enter("assignee");
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  const asked = await hold(page, /\/rpc\/tickets\/claim/);
  await desk.claim.click();
  await (await api("admin")).assign(ticket, "assignee2");
  asked.release();
  await expect(page.getByRole("alert").filter({ hasText: "Somebody else has claimed this ticket before you." })).toBeVisible();
  await expect(page.getByText("This ticket is no longer yours to see")).toBeVisible();
});

test("what was read while the service was asked stays when it refuses", async ({ enter, api, faults }) => {
  faults.expect(...refused(409, "tickets/set_status"));
  const { admin, desk, page, ticket } = await atOwnTicket("Closed in between", api, enter);
  const asked = await hold(page, /\/rpc\/tickets\/set_status/);
  await desk.move("Start work").click();
  await expect(desk.status("In progress")).toBeVisible();
  await admin.close(ticket);
  await expect(desk.status("Closed")).toBeVisible();
  asked.release();
  await expect(page.getByRole("alert").filter({ hasText: "closed" })).toBeVisible();
  await expect(desk.status("Closed")).toBeVisible();
});

test("several tickets are selected, changed and changed back together", async ({ enter, api, faults }) => {
  faults.expect(...refused(409, "tickets/prioritise"));
  const words = unique("Together");
  const [mira, admin] = [await api("customer"), await api("admin")];
  const tickets = await several(mira, words, 4);
  const page = await enter("admin");
  const queue = await narrowed(page, words);
  const box = (number: number) => page.getByRole("checkbox", { name: `Select ${words} ${number}` });
  await box(4).check();
  await box(2).click({ modifiers: ["Shift"] });
  const bar = page.getByRole("toolbar", { name: "Selected tickets" });
  await expect(bar).toContainText("3 selected");
  await page.keyboard.press("Shift+X");
  await expect(bar).toContainText("4 selected");
  await admin.close(tickets[0] as Ticket);
  await bar.getByRole("button", { name: "Priority" }).click();
  await page.getByRole("dialog").getByRole("option", { name: "Urgent" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /FS-\d+: .*closed/ })).toBeVisible();
  await expect(page.getByText("3 tickets: The priority is Urgent.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  await expect(queue.list.getByRole("img", { name: "Urgent priority" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
});

test("colleagues see who looks and who writes, in the ticket and in the queue", async ({ enter, api }) => {
  const subject = unique("Two at one ticket");
  const ticket = await (await api("customer")).file({ subject });
  const [sam, lin] = [await enter("assignee"), await enter("admin")];
  const [hers, his] = [new DeskTicket(lin), new DeskTicket(sam)];
  await hers.open(ticket);
  await his.open(ticket);
  await expect(hers.page.getByRole("main").getByText(/^Sam .* is here$/)).toBeVisible();
  await his.note.open();
  await his.note.text.pressSequentially("One moment");
  await expect(hers.page.getByRole("main").getByText(/^Sam .* is writing …$/)).toBeVisible();
  const queue = new Queue(lin);
  await queue.open(`?view=all&q=${encodeURIComponent(subject)}`);
  await expect(queue.row(subject)).toContainText(/Sam .* is (here|writing …)/);
  await sam.goto("/desk");
  await expect(queue.row(subject)).not.toContainText("Sam");
});

test("the panes keep the widths that they are given", async ({ enter }) => {
  const page = await enter("assignee");
  await new Queue(page).open();
  const edge = page.getByRole("separator", { name: "Width of the queue" });
  const width = async () => (await page.getByLabel("Queue", { exact: true }).boundingBox())?.width ?? 0;
  const before = await width();
  await edge.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(width).toBe(before + 32);
  await page.reload();
  await awake(page);
  expect(await width()).toBe(before + 32);
  const place = await edge.boundingBox();
  if (!place) throw new Error("the edge is on the page");
  await page.mouse.move(place.x + 3, place.y + 300);
  await page.mouse.down();
  await page.mouse.move(place.x - 29, place.y + 300);
  await page.mouse.up();
  await expect.poll(width).toBe(before);
});

test("a key that is held down in the queue opens the ticket that it led to", async ({ enter, api }) => {
  const words = unique("Held");
  const tickets = await several(await api("customer"), words, 12);
  const page = await enter("admin");
  await narrowed(page, words);
  for (let pressed = 0; pressed < 12; pressed += 1) await page.keyboard.down("j");
  await page.keyboard.up("j");
  await expect(new DeskTicket(page).subject).toHaveText(tickets[0]!.subject);
  await expect(page).toHaveURL(new RegExp(`/desk/tickets/${tickets[0]!.ticketId}`));
});

test("a chooser that the focus leaves closes, and no key goes past one that is open", async ({ enter, api }) => {
  const { desk, page } = await atOwnTicket("Left by Tab", api, enter);
  await page.keyboard.press("s");
  const chooser = page.locator("dialog.picker:popover-open");
  await expect(chooser).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press("f");
  await expect(chooser).toBeVisible();
  await expect(page.getByText("You follow this")).toHaveCount(0);
  await chooser.getByRole("combobox").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(chooser).toHaveCount(0);
  await expect(desk.subject).toBeVisible();
});

test("Escape goes back to the ticket's row, and Enter opens it again", async ({ enter, api }) => {
  const words = unique("There and back");
  const [, two] = await several(await api("customer"), words, 3);
  const page = await enter("admin");
  const [queue, desk] = [await narrowed(page, words), new DeskTicket(page)];
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(desk.subject).toHaveText(two!.subject);
  await page.keyboard.press("Escape");
  await expect(desk.subject).not.toHaveText(two!.subject);
  await expect(queue.row(two!.subject)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(desk.subject).toHaveText(two!.subject);
});

test("a message stays its own time, whatever stood there before it", async ({ enter, api }) => {
  const { desk, page, ticket } = await atOwnTicket("Told for long enough", api, enter);
  await page.clock.install();
  await desk.open(ticket);
  await desk.move("Start work").click();
  await expect(page.getByText("Moved to In progress.")).toBeVisible();
  await page.clock.runFor(10_000);
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  const undone = page.getByText("Undone.");
  await expect(undone).toBeVisible();
  await page.clock.runFor(4_000);
  await expect(undone).toBeVisible();
  await page.clock.runFor(4_000);
  await expect(undone).toHaveCount(0);
});
