// Merging, undoing and splitting with JavaScript off: forms and links do it.
import { DeskTicket } from "../pages/desk.ts";
import { unique } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("tickets are merged, split and told apart with JavaScript off", async ({ enter, api }) => {
  const mira = await api("customer");
  const sam = await api("assignee");
  const target = await mira.file({ subject: unique("Transfer lost") });
  const source = await mira.file({ subject: unique("Transfer still lost") });
  for (const ticket of [target, source]) await sam.claim(ticket);
  await mira.reply(source, "It never arrived.");

  const page = await enter("assignee");
  await page.goto(`/desk/tickets/${target.ticketId}`);
  await page.locator("summary", { hasText: "Merge…" }).click();
  await page.getByRole("checkbox", { name: source.subject }).check();
  await page.getByRole("button", { name: `Merge into FS-${target.number}` }).click();
  const message = page.getByRole("article").filter({ hasText: "It never arrived." });
  await expect(message).toContainText(`from FS-${source.number}`);
  await page.goto(`/desk/tickets/${source.ticketId}`);
  await expect(page).toHaveURL(new RegExp(target.ticketId));

  await message.locator("summary").click();
  await message.getByRole("link", { name: "Split off…" }).click();
  await page.getByRole("button", { name: "Make it a ticket" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("It never arrived.");

  await page.goto(`/desk/tickets/${target.ticketId}`);
  await page.getByRole("main").getByRole("button", { name: "Undo merge" }).click();
  await expect(page.getByText(`undid the merge of FS-${source.number}`)).toBeVisible();
  await expect(message).toHaveCount(0);
});

test("a reply is split off from the page of a refused one, with JavaScript off", async ({ enter, api, faults }) => {
  const [mira, sam] = [await api("customer"), await api("assignee")];
  const ticket = await mira.file({ subject: unique("Two matters in one") });
  await sam.claim(ticket);
  await mira.reply(ticket, "My card is worn, too.");
  const page = await enter("assignee");
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  await desk.reply.text.fill("A new card is on its way.");
  await mira.reply(ticket, "Are you there?");
  faults.expect(/^409: POST .*\/rpc\/replies\/staff/, /^console error: .*409/);
  await desk.reply.send.click();
  await expect(page.getByText("Something newer happened")).toBeVisible();
  await desk.message("My card is worn, too.").locator("summary").click();
  await desk.message("My card is worn, too.").getByRole("link", { name: "Split off…" }).click();
  await expect(page.getByRole("heading", { name: "Split" })).toBeVisible();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(new RegExp(`/desk/tickets/${ticket.ticketId}`));
  await expect(desk.subject).toHaveText(ticket.subject);
});
