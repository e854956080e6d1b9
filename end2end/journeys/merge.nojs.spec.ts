// Merging, undoing and splitting with JavaScript off: forms and links do it.
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
