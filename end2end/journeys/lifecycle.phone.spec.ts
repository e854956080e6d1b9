// The main path of a customer and of an assignee at 360 × 740: everything is there, and nothing scrolls sideways.
import { DeskTicket, Queue } from "../pages/desk.ts";
import { MyTickets, NewTicket } from "../pages/portal.ts";
import { unique } from "../support/api.ts";
import { texts } from "../support/inputs.ts";
import { expectFits } from "../support/layout.ts";
import { expect, test } from "../support/test.ts";

test("a customer files, answers and closes a ticket on a phone", async ({ enter, api, inputs }) => {
  const page = await enter("customer");
  await expectFits(page);
  const subject = unique("LongWordThatNobodyBreaks".repeat(4));
  await page.getByRole("link", { name: "New ticket" }).click();
  const form = new NewTicket(page);
  await form.fill(subject, `${texts.markdown}\n\n| a | wide | table |\n|---|---|---|\n| ${"x".repeat(90)} | y | z |`);
  await form.files.upload(inputs.photo(), inputs.receipt());
  await expectFits(page);
  const shown = await form.send(subject);
  await expect(shown.conversation.locator("pre code")).toBeVisible();
  await expectFits(page);

  const ticketId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const ticket = await (await api("customer")).ticket({ ticketId });
  const sam = await api("assignee");
  await sam.claim(ticket);
  await sam.reply(ticket, texts.chinese, "WAITING");
  await expect(shown.message(texts.chinese)).toBeVisible();
  await shown.answer(texts.arabic);
  for (const name of ["It's urgent", "Add a colleague", "Close ticket"]) {
    await shown.unfold(name);
    await expectFits(page);
  }
  await shown.close("All right", "");
  await expectFits(page);

  await page.getByRole("link", { name: "My tickets" }).click();
  await expect(new MyTickets(page).row(subject)).toContainText("Closed");
  await expectFits(page);
  await page.getByRole("link", { name: "Files", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Files");
  await expectFits(page);
  await page.goto("/account");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Account");
  await expectFits(page);
  await page.goto("/tickets/new?followUpOf=" + ticketId);
  await expect(page.getByText("This continues FS-")).toBeVisible();
  await expectFits(page);
});

test("an assignee claims, notes, answers and completes a ticket on a phone", async ({ enter, api }) => {
  const subject = unique("OhneLeerzeichenGeschrieben".repeat(4));
  const ticket = await (await api("customer")).file({ subject, description: texts.markdown });
  const page = await enter("assignee");
  const queue = new Queue(page);
  await queue.open("?view=unassigned");
  await expectFits(page);
  await queue.row(subject).click();
  const desk = new DeskTicket(page);
  await expect(desk.subject).toHaveText(subject);
  await expectFits(page);

  await desk.claim.click();
  await desk.note.open();
  await expectFits(page);
  await desk.note.text.fill("Looks like a duplicate capture.");
  await desk.note.send.click();
  await expect(desk.message("duplicate capture")).toContainText("staff only");
  await desk.reply.open();
  await desk.reply.text.fill(texts.turkish);
  await desk.sendAndComplete.click();
  await expectFits(page);
  await desk.deliver();
  await expect(desk.status("Completed")).toBeVisible();
  await expectFits(page);
  for (const name of ["Edit ticket", "Start date", "Followers"]) {
    if (name === "Followers") await page.getByRole("button", { name: "Ticket and customer" }).click();
    await desk.unfold(name);
    await expectFits(page);
  }
  expect((await (await api("assignee")).ticket(ticket)).status).toBe("COMPLETED");

  await page.goBack();
  await expect(queue.list).toBeVisible();
  await page.goto("/desk/tickets/new");
  await expect(page.getByLabel("Find the customer")).toBeVisible();
  await expectFits(page);
});
