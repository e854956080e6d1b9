// Mentioning a colleague: the picker, the bell that counts by itself, the ticket that is followed from then on.
import type { Page } from "@playwright/test";
import { CustomerTicket } from "../pages/portal.ts";
import { DeskTicket, Notifications, Queue } from "../pages/desk.ts";
import { expectAccessible } from "../support/accessibility.ts";
import { unique } from "../support/api.ts";
import { apart, people } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

/** From the moment at which the other was answered. */
const second = { timeout: 1_000 };

/** How many the bell says. */
async function unread(page: Page): Promise<number> {
  const name = (await new Notifications(page).bell.getAttribute("aria-label")) ?? "";
  return Number(/, (\d+) unread$/.exec(name)?.[1] ?? 0);
}

test("a colleague who is mentioned is told at once, follows the ticket and opens it from the bell", async ({ enter, api }) => {
  const mira = await api("customer");
  const ticket = await mira.file({ subject: unique("Somebody else knows more about this") });
  await (await api("assignee")).claim(ticket);
  const aylin = await enter(apart.mentioned);
  await new Queue(aylin).open();
  const before = await unread(aylin);

  const sam = await enter("assignee");
  const desk = new DeskTicket(sam);
  await desk.open(ticket);
  await desk.note.open();
  await desk.note.text.pressSequentially("mail a@b.example, and ask @");
  const list = sam.getByRole("dialog", { name: "Mention somebody" });
  await expect(list).toBeVisible();
  await list.getByRole("combobox").fill("demir");
  await expect(list.getByRole("option")).toHaveText([apart.mentioned.name]);
  await list.getByRole("combobox").press("Enter");
  await expect(desk.note.text).toBeFocused();
  await expect(desk.note.text).toHaveValue(/^mail a@b\.example, and ask @\[Aylin Demir\]\(person:[0-9a-f-]{36}\) $/);
  await desk.note.text.pressSequentially("about the refund");
  await desk.note.send.click();
  const marked = desk.message("about the refund").locator("mark");
  await expect(marked).toHaveText("@Aylin Demir");

  await expect.poll(() => unread(aylin), second).toBe(before + 1);
  await aylin.keyboard.press("g");
  await aylin.keyboard.press("o");
  const page = new Notifications(aylin);
  const row = page.of(ticket);
  await expect(row).toContainText(`${people.assignee.name} mentioned you in a note`);
  await expectAccessible(aylin);
  await row.getByRole("link").click();
  const theirs = new DeskTicket(aylin);
  await expect(theirs.subject).toHaveText(ticket.subject);
  await expect(theirs.context.or(aylin.getByRole("main")).getByRole("button", { name: "Unfollow" }).first()).toBeVisible();
  await expect.poll(() => unread(aylin), second).toBe(before);

  const customer = await enter("customer");
  await new CustomerTicket(customer).open(ticket);
  expect(await customer.content()).not.toContain("Aylin Demir");
});

test("what is read on the page of notifications no longer counts", async ({ enter, api }) => {
  const admin = await api("admin");
  const file = async () => (await api("customer")).file({ subject: unique("Assigned by somebody else") });
  const [first, other] = [await file(), await file()];
  const karim = await enter(apart.notified);
  const page = new Notifications(karim);
  await page.open();
  const before = await unread(karim);
  await admin.assign(first, apart.notified);
  await admin.assign(other, apart.notified);
  await expect.poll(() => unread(karim), second).toBe(before + 2);
  await expect(page.of(other)).toContainText("assigned this ticket to you");
  await page.of(other).getByRole("button", { name: "Mark read" }).click();
  await expect(page.of(other).getByRole("button")).toHaveCount(0);
  await expect.poll(() => unread(karim)).toBe(before + 1);
  await page.seeAll.click();
  await expect.poll(() => unread(karim)).toBe(0);
  await expect(page.of(first).getByRole("button")).toHaveCount(0);
  await karim.reload();
  expect(await unread(karim)).toBe(0);
});
