// Several tickets of one customer become one, and stand apart again; a reply becomes a ticket of its own.
import { DeskTicket, Queue } from "../pages/desk.ts";
import { CustomerTicket } from "../pages/portal.ts";
import { expectAccessible } from "../support/accessibility.ts";
import { unique, type Api, type Ticket } from "../support/api.ts";
import { refused } from "../support/faults.ts";
import { expect, test } from "../support/test.ts";

/** So many tickets of the customer that the assignee works. */
async function assigned(api: (who: "customer" | "assignee") => Promise<Api>, ...subjects: string[]): Promise<Ticket[]> {
  const [mira, sam] = [await api("customer"), await api("assignee")];
  const tickets: Ticket[] = [];
  for (const subject of subjects) {
    const ticket = await mira.file({ subject: unique(subject) });
    await sam.claim(ticket);
    tickets.push(ticket);
  }
  return tickets;
}

test("tickets are merged at the desk, the customer's old link leads to the merged one, and the merge is undone", async ({ enter, api }) => {
  test.setTimeout(240_000);
  const [target, source, third] = (await assigned(api, "Charged twice", "Charged twice again", "And once more")) as [Ticket, Ticket, Ticket];
  const mira = await api("customer");
  await mira.reply(target, "It was on Monday.");
  await mira.reply(source, "And on Tuesday too.");
  await (await api("assignee")).note(source, "Looks like one and the same capture.");
  const reference = `FS-${source.number}`;

  const page = await enter("assignee");
  const desk = new DeskTicket(page);
  await desk.open(target);
  const customer = new CustomerTicket(await enter("customer"));
  await customer.open(source);
  await customer.reply.fill("I was just about to say");

  await test.step("the agent ticks one, and names another by its number", async () => {
    const fold = await desk.unfold("Merge…");
    await fold.getByRole("checkbox", { name: source.subject }).check();
    await expect(fold.getByRole("button", { name: `Merge 1 ticket into FS-${target.number}` })).toBeVisible();
    await fold.getByLabel("Or by number").fill(String(third.number));
    await expectAccessible(page, "details.fold[open]");
    await fold.getByRole("button", { name: `Merge 2 tickets into FS-${target.number}` }).click();
    await expect(page.getByRole("status").getByText(`${reference}, FS-${third.number} merged into FS-${target.number}.`)).toBeVisible();
  });

  await test.step("the conversation holds the messages of all, each with where it was written", async () => {
    await expect(desk.message("And on Tuesday too.")).toContainText(`from ${reference}`);
    await expect(desk.message("one and the same capture")).toContainText(`from ${reference}`);
    await expect(desk.message("It was on Monday.")).not.toContainText("from FS-");
    await expect(page.getByRole("main").getByText(`merged ${reference}, FS-${third.number} into this ticket`)).toBeVisible();
    await expectAccessible(page);
    const queue = new Queue(page);
    await expect(queue.row(source.subject)).toHaveCount(0);
    await queue.search.fill(reference);
    await queue.search.press("Enter");
    await expect(queue.row(target.subject)).toBeVisible();
  });

  await test.step("the customer, who was typing, is told and loses nothing", async () => {
    await expect(customer.page.getByText(`This ticket was merged into FS-${target.number}.`)).toBeVisible();
    await expect(customer.reply).toHaveValue("I was just about to say");
    await customer.page.getByRole("link", { name: "Go on there." }).click();
    await expect(customer.subject).toHaveText(target.subject);
    await expect(customer.page.getByText(`${reference} was merged into this ticket.`)).toBeVisible();
  });

  await test.step("the old link leads there, and the note is nowhere", async () => {
    await customer.page.goto(`/tickets/${source.ticketId}`);
    await expect(customer.page).toHaveURL(new RegExp(target.ticketId));
    await expect(customer.message("And on Tuesday too.")).toContainText(`from ${reference}`);
    expect(await customer.page.content()).not.toContain("one and the same capture");
    await expectAccessible(customer.page);
    await page.goto(`/desk/tickets/${source.ticketId}`);
    await expect(page).toHaveURL(new RegExp(`/desk/tickets/${target.ticketId}`));
  });

  await test.step("undone, each stands for itself again", async () => {
    await desk.open(target);
    await page.getByRole("main").getByRole("button", { name: "Undo merge" }).click();
    await expect(page.getByText("The merge is undone")).toBeVisible();
    await expect(desk.message("And on Tuesday too.")).toHaveCount(0);
    await expect(page.getByRole("main").getByText(`undid the merge of ${reference}`)).toBeVisible();
    await desk.open(source);
    await expect(desk.message("And on Tuesday too.")).toBeVisible();
    await expect(desk.reply.text).toBeEditable();
    await customer.page.goto(`/tickets/${source.ticketId}`);
    await expect(customer.subject).toHaveText(source.subject);
  });
});

test("a merge is taken back at once from the message that tells of it", async ({ enter, api }) => {
  const [target, source] = (await assigned(api, "Refund missing", "Where is my refund")) as [Ticket, Ticket];
  const desk = new DeskTicket(await enter("assignee"));
  await desk.open(target);
  const fold = await desk.unfold("Merge…");
  await fold.getByRole("checkbox", { name: source.subject }).check();
  await fold.getByRole("button", { name: "Merge 1 ticket" }).click();
  const told = desk.page.getByRole("status").filter({ hasText: "merged into" });
  await told.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(desk.page.getByText("The merge is undone")).toBeVisible();
  expect((await (await api("customer")).ticket(source)).status).toBe("OPEN");
  await expect(desk.page.getByRole("main")).toContainText("undid the merge");
});

test("z takes a merge back, not what was done before it, and from another page too", async ({ enter, api }) => {
  const [target, source] = (await assigned(api, "Refund missing", "Where is my refund")) as [Ticket, Ticket];
  const page = await enter("assignee");
  const desk = new DeskTicket(page);
  await desk.open(target);
  await desk.move("Start work").click();
  const fold = await desk.unfold("Merge…");
  await fold.getByRole("checkbox", { name: source.subject }).check();
  await fold.getByRole("button", { name: "Merge 1 ticket" }).click();
  await expect(page.getByRole("status").filter({ hasText: "merged into" })).toBeVisible();
  await page.locator("h1").click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/desk(\?|$)/);
  await page.keyboard.press("z");
  await expect(page.getByText("The merge is undone")).toBeVisible();
  const customer = await api("customer");
  expect((await customer.ticket(source)).status).toBe("OPEN");
  expect((await customer.ticket(target)).status, "what was done before it stays").toBe("IN_PROGRESS");
});

test("a number that is no ticket is told at its field", async ({ enter, api, faults }) => {
  const [target] = (await assigned(api, "Card blocked")) as [Ticket];
  const desk = new DeskTicket(await enter("assignee"));
  await desk.open(target);
  const fold = await desk.unfold("Merge…");
  await fold.getByLabel("Or by number").fill("FS-999999");
  await fold.getByRole("button", { name: "Merge 1 ticket" }).click();
  await expect(fold.getByText("There is no ticket FS-999999 that you see.")).toBeVisible();
  faults.expect(...refused(422, "merges/merge"));
});

test("a reply is split off into a ticket of its own, and says so", async ({ enter, api }) => {
  const [ticket] = (await assigned(api, "Charged twice")) as [Ticket];
  const said = unique("My card is declined at every machine");
  await (await api("customer")).reply(ticket, `${said}\n\nThat is another story.`);
  const page = await enter("assignee");
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  await desk.message(said).locator("summary").click();
  await desk.message(said).getByRole("link", { name: "Split off…" }).click();
  const form = page.getByRole("region", { name: "Split a reply off" });
  await expect(form.getByLabel("Subject of the new ticket")).toHaveValue(said);
  await form.getByLabel("Category").selectOption({ label: "Card" });
  await expectAccessible(page);
  await form.getByRole("button", { name: "Make it a ticket" }).click();
  await expect(desk.subject).toHaveText(said);
  await expect(desk.message("That is another story.")).toBeVisible();
  await page.getByRole("main").getByText("split this off from").getByRole("link").or(page.getByRole("main").getByRole("link", { name: `FS-${ticket.number}` })).first().click();
  await expect(desk.subject).toHaveText(ticket.subject);
  await expect(desk.message(said)).toContainText("split off to FS-");
});
