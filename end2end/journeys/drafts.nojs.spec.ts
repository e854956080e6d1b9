// One's own drafts with JavaScript off: read, and discarded. Typing is kept only where scripts run.
import { DeskTicket, Drafts } from "../pages/desk.ts";
import { unique } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("an agent reads their drafts and discards one", async ({ enter, api }) => {
  const ticket = await (await api("customer")).file({ subject: unique("Written elsewhere") });
  const sam = await api("assignee");
  await sam.claim(ticket);
  const words = unique("</textarea>Dear Mira");
  await sam.draft(ticket, "REPLY", words);
  await sam.draft(ticket, "NOTE", "Looks odd");
  const page = await enter("assignee");
  const drafts = new Drafts(page);
  await drafts.open();
  const reply = drafts.of(ticket).filter({ hasText: "Reply" });
  await expect(reply.getByRole("textbox")).toHaveValue(words);
  await reply.getByRole("button", { name: "Discard" }).click();
  await expect(page).toHaveURL(/\/desk\/drafts$/);
  await expect(drafts.of(ticket)).toHaveCount(1);
  await expect(drafts.of(ticket).getByRole("textbox")).toHaveValue("Looks odd");

  const desk = new DeskTicket(page);
  await desk.open(ticket);
  await expect(desk.note.draft).toHaveCount(0);
});
