// What is sent at the desk waits for a moment: it can be taken back, put off, and is held when something happened.
import type { Page } from "@playwright/test";
import { DeskTicket, Outbox, Queue } from "../pages/desk.ts";
import { CustomerTicket } from "../pages/portal.ts";
import { unique, type Api, type Ticket } from "../support/api.ts";
import { refused } from "../support/faults.ts";
import { expect, test } from "../support/test.ts";

/** Long enough for what waits to be sent by itself. */
const sentByItself = { timeout: 30_000 };

type Doors = (who: "customer" | "assignee") => Promise<Api>;

/** A ticket of the customer's that the assignee works. */
async function claimed(api: Doors, subject: string): Promise<Ticket> {
  const ticket = await (await api("customer")).file({ subject: unique(subject) });
  await (await api("assignee")).claim(ticket);
  return ticket;
}

async function atDesk(page: Page, ticket: Ticket): Promise<DeskTicket> {
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  return desk;
}

test("a reply is taken back: text, file and status are in the composer again, and nothing is sent", async ({ enter, api, inputs }) => {
  const ticket = await claimed(api, "Taken back");
  const customer = await asCustomer(await enter("customer"), ticket);
  const desk = await atDesk(await enter("assignee"), ticket);
  const file = inputs.receipt();
  await desk.reply.text.fill("Sent too early, with what is attached.");
  await desk.reply.files.upload(file);
  await desk.sendAndWait.click();
  await expect(desk.waiting).toContainText(/Sending in \d+ s/);
  await expect(desk.waiting).toContainText("then Waiting");
  await expect(desk.reply.text).toHaveValue("");
  await desk.undo.click();
  await expect(desk.waiting).toHaveCount(0);
  await expect(desk.reply.text).toHaveValue("Sent too early, with what is attached.");
  await desk.reply.files.expectArrived(file.name);
  await expect(desk.sendAndWait, "the chosen way is the main one again").toHaveClass(/btn-primary/);
  expect(await (await api("customer")).replies(ticket)).toHaveLength(0);

  await desk.reply.text.fill("Sent in time, with what is attached.");
  await desk.reply.text.press("Control+Enter");
  await desk.deliver();
  await expect(customer.message("Sent in time")).toBeVisible();
  await expect(customer.attached(file.name)).toBeVisible();
  await expect(desk.status("Waiting")).toBeVisible();
  await expect(customer.message("Sent too early")).toHaveCount(0);
});

test("the tab is closed after sending: the reply goes out, once", async ({ enter, api }) => {
  const ticket = await claimed(api, "Closed tab");
  const customer = await asCustomer(await enter("customer"), ticket);
  const page = await enter("assignee");
  const desk = await atDesk(page, ticket);
  await desk.reply.text.fill("On its way while nobody looks.");
  await desk.reply.send.click();
  await expect(desk.waiting).toBeVisible();
  await page.close();
  await expect(customer.message("On its way while nobody looks.")).toBeVisible(sentByItself);
  expect(await (await api("customer")).replies(ticket)).toHaveLength(1);
});

test("a reply is sent later, at a time that can be changed", async ({ enter, api }) => {
  const ticket = await claimed(api, "Tomorrow morning");
  const page = await enter("assignee");
  const desk = await atDesk(page, ticket);
  await desk.reply.text.fill("Good morning!");
  await desk.later.click();
  await page.getByRole("button", { name: "Tomorrow at 9:00" }).click();
  await expect(desk.waiting).toContainText("Will be sent");
  await expect(desk.waiting).toContainText(/09:00/);

  await desk.changeTime.click();
  const day = new Date(Date.now() + 3 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await desk.waiting.getByLabel("Date and time").fill(`${day}T14:30`);
  await desk.waiting.getByRole("button", { name: "Send at that time" }).click();
  await expect(desk.waiting).toContainText(/14:30/);
  await page.reload();
  await expect(desk.waiting).toContainText("Good morning!");

  const outbox = new Outbox(page);
  await outbox.open();
  await outbox.of(ticket).getByRole("button", { name: "Send now" }).click();
  await expect(outbox.of(ticket)).toHaveCount(0);
  expect((await (await api("customer")).replies(ticket)).map(({ body }) => body)).toEqual(["Good morning!"]);
});

test("what the customer writes meanwhile holds it: it is edited, sent anyway or dropped", async ({ enter, api }) => {
  const ticket = await claimed(api, "Held");
  const mira = await api("customer");
  const desk = await atDesk(await enter("assignee"), ticket);
  await desk.reply.text.fill("It is on its way.");
  await desk.reply.send.click();
  await expect(desk.waiting).toBeVisible();
  await mira.reply(ticket, "It came already!");
  await expect(desk.waiting).toContainText("Mira Okafor replied", sentByItself);
  expect(await mira.replies(ticket)).toHaveLength(1);

  await test.step("edited, it is text in the composer", async () => {
    await desk.page.getByRole("button", { name: "Edit", exact: true }).click();
    await expect(desk.reply.text).toHaveValue("It is on its way.");
    await desk.reply.text.fill("Good to hear.");
    await desk.reply.send.click();
    await expect(desk.waiting).toBeVisible();
  });
  await test.step("held again, it is sent anyway", async () => {
    await mira.reply(ticket, "Thank you!");
    await expect(desk.waiting).toContainText("Mira Okafor replied", sentByItself);
    await desk.sendAnyway.click();
    await expect(desk.waiting).toHaveCount(0);
    await expect(desk.message("Good to hear.")).toBeVisible();
  });
  await test.step("and another is dropped", async () => {
    await desk.reply.text.fill("Anything else?");
    await desk.reply.send.click();
    await expect(desk.waiting).toBeVisible();
    await mira.reply(ticket, "That was all.");
    await expect(desk.waiting).toContainText("Mira Okafor replied", sentByItself);
    await desk.page.getByRole("button", { name: "Drop" }).click();
    await expect(desk.waiting).toHaveCount(0);
    await expect(desk.reply.text).toHaveValue("");
  });
  expect((await mira.replies(ticket)).map(({ body }) => body)).not.toContain("Anything else?");
});

test("two agents answer at once: the second is told, keeps the text, and sends anyway", async ({ enter, api, faults }) => {
  const ticket = await claimed(api, "Two agents");
  const sam = await atDesk(await enter("assignee"), ticket);
  const ada = await atDesk(await enter("admin"), ticket);
  await sam.reply.text.fill("Sam answers.");
  await ada.reply.text.fill("Ada answers.");
  await sam.reply.send.click();
  await expect(sam.waiting).toBeVisible();
  await expect(ada.waiting, "a colleague's is seen before it is sent").toContainText("Sam answers.");
  await expect(ada.undo).toHaveCount(0);
  faults.expect(...refused(409, "replies/staff"));
  await ada.reply.send.click();
  await expect(ada.page.getByText("Sam Reyes is sending a reply.")).toBeVisible();
  await expect(ada.reply.text).toHaveValue("Ada answers.");
  await sam.deliver();
  await ada.sendAnyway.click();
  await ada.deliver();
  const bodies = (await (await api("customer")).replies(ticket)).map(({ body }) => body);
  expect(bodies).toEqual(["Sam answers.", "Ada answers."]);
});

test("what should not go out is told of before it does", async ({ enter, api }) => {
  const ticket = await claimed(api, "Guarded");
  const page = await enter("assignee");
  const desk = await atDesk(page, ticket);
  await desk.reply.text.fill("See the attached list; card 4111 1111 1111 1111.");
  await desk.sendAndComplete.click();
  await expect(page.getByText("This says “attached”, and no file is attached.")).toBeVisible();
  await expect(page.getByText("This holds what looks like a card number, ending in 1111.")).toBeVisible();
  await expect(desk.waiting).toHaveCount(0);
  await desk.sendAnyway.click();
  await expect(desk.waiting).toContainText("then Completed");
  await desk.deliver();
  await expect(desk.status("Completed")).toBeVisible();

  await desk.note.open();
  await desk.note.text.fill("Refund to DE89 3704 0044 0532 0130 00, see attached.");
  await desk.note.send.click();
  await expect(page.getByText("This holds what looks like an IBAN, DE…3000.")).toBeVisible();
  await expect(page.getByText("no file is attached")).toHaveCount(0);
  await page.getByRole("button", { name: "Add anyway" }).click();
  await expect(desk.message("Refund to DE89")).toContainText("staff only");
});

/** The ticket that the assignee sent this to, completed, and left for the next one. */
async function sentOnwards(page: Page, api: Doors, text: string): Promise<Ticket> {
  const word = unique("Nextword").replace(" ", "");
  const [second, first] = [await claimed(api, `${word} second`), await claimed(api, `${word} first`)];
  const queue = new Queue(page);
  await queue.open(`?view=mine&q=${word}`);
  await queue.row(first.subject).click();
  const desk = new DeskTicket(page);
  await expect(desk.subject).toHaveText(first.subject);
  await desk.reply.text.fill(text);
  await desk.reply.text.press("Control+Shift+Enter");
  await expect(desk.subject).toHaveText(second.subject);
  return first;
}

test("send, complete and next opens the next ticket of the queue", async ({ enter, api }) => {
  const first = await sentOnwards(await enter("assignee"), api, "Solved.");
  const mira = await api("customer");
  await expect.poll(async () => (await mira.ticket(first)).status, sentByItself).toBe("COMPLETED");
  expect(await mira.replies(first)).toHaveLength(1);
});

test("what was sent to go on to the next ticket is taken back from there by z", async ({ enter, api }) => {
  const page = await enter("assignee");
  const first = await sentOnwards(page, api, "Solved, I think.");
  const desk = new DeskTicket(page);
  await expect(page.getByRole("status").getByRole("button", { name: "Undo" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  await expect(desk.subject).toHaveText(first.subject);
  await expect(desk.reply.text).toHaveValue("Solved, I think.");
  expect(await (await api("customer")).replies(first)).toHaveLength(0);
});

/** The ticket as its customer sees it. */
async function asCustomer(page: Page, ticket: Ticket): Promise<CustomerTicket> {
  const shown = new CustomerTicket(page);
  await shown.open(ticket);
  return shown;
}
