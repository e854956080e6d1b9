// Searching as one types: what appears below the field, by pointer and by keys; slips; and the customer's list.
import { DeskTicket, Queue } from "../pages/desk.ts";
import { expectAccessible } from "../support/accessibility.ts";
import { unique } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

/** A word of letters alone that no other journey has: words with digits are never mended. */
const word = (): string => unique("").trim().replace(/[0-9]/g, (digit) => "ghijklmnop"[Number(digit)] ?? "q") + "zor";

test("what is found appears as one types, marked, and is opened by keys", async ({ enter, api }) => {
  const [quark, customer] = [word(), await api("customer")];
  const first = await customer.file({ subject: `The ${quark} was declined` });
  const second = await customer.file({ subject: "Something else", description: `Nothing but a ${quark}, once.` });
  const page = await enter("admin");
  const queue = new Queue(page);
  await queue.open("?view=all");
  await page.keyboard.press("/");
  await expect(queue.search).toBeFocused();
  await expect(queue.search).toHaveRole("combobox");
  await page.keyboard.type(quark.slice(0, 6));

  const hits = page.getByRole("listbox", { name: "Tickets found" });
  await expect(hits.getByRole("option")).toHaveCount(2);
  await expect(queue.search).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("status").filter({ hasText: "2 tickets found" })).toBeAttached();
  // In the subject before in the description.
  await expect(hits.getByRole("option").first()).toContainText(first.subject);
  await expect(hits.locator("mark").first()).toHaveText(quark);
  await expect(hits.getByRole("option").last()).toContainText(`Description: Nothing but a ${quark}`);
  await expectAccessible(page);

  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(hits.getByRole("option").last()).toHaveAttribute("aria-selected", "true");
  // The Enter that ends what an input method composes is none of ours.
  for (const composed of [{ isComposing: true }, { keyCode: 229 }]) {
    await queue.search.dispatchEvent("keydown", { key: "Enter", ...composed });
  }
  await expect(hits).toBeVisible();
  await expect(queue.search).toHaveAttribute("aria-activedescendant", "search-hit-1");
  await page.keyboard.press("Enter");
  await expect(new DeskTicket(page).subject).toHaveText(second.subject);
  await expect(hits).toBeHidden();
  await expect(page).toHaveURL(/view=all/);
});

test("escape closes what was found, then leaves the field; enter narrows the queue", async ({ enter, api }) => {
  const [quark, customer] = [word(), await api("customer")];
  const ticket = await customer.file({ subject: `The ${quark} was declined` });
  const page = await enter("assignee");
  const queue = new Queue(page);
  await queue.open("?view=all-i-see");
  await queue.search.pressSequentially(quark);
  const hits = page.getByRole("listbox", { name: "Tickets found" });
  await expect(hits.getByRole("option")).toHaveCount(1);
  await queue.search.press("Escape");
  await expect(hits).toBeHidden();
  await expect(queue.search).toBeFocused();
  await expect(queue.search).toHaveValue(quark);
  await queue.search.press("Enter");
  await expect(queue.row(ticket.subject)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`q=${quark}`));
  await expect(hits).toBeHidden();
  await queue.search.press("Escape");
  await expect(queue.search).not.toBeFocused();
});

test("a slip shows what was meant, in the field, in the palette and in the list of a customer", async ({ enter, api }) => {
  const [quark, customer] = [word(), await api("customer")];
  const ticket = await customer.file({ subject: `The ${quark} was declined` });
  const slip = quark.slice(0, 4) + quark.slice(5);
  const page = await enter("assignee");
  const queue = new Queue(page);
  await queue.open("?view=all-i-see");
  await queue.search.pressSequentially(slip);
  const option = page.getByRole("listbox", { name: "Tickets found" }).getByRole("option");
  await expect(option).toContainText([ticket.subject]);
  await expect(page.getByText(`Showing results for ${quark}`).first()).toBeAttached();
  await option.click();
  await expect(new DeskTicket(page).subject).toHaveText(ticket.subject);

  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Commands", exact: true });
  await palette.getByRole("combobox").fill(slip);
  await expect(palette.getByRole("option", { name: ticket.subject })).toBeVisible();

  const theirs = await enter("customer");
  await theirs.goto(`/tickets?q=${slip}`);
  await expect(theirs.getByText(`Showing results for ${quark}`)).toBeVisible();
  await expect(theirs.getByRole("link", { name: ticket.subject }).locator("mark")).toHaveText(quark);
  await expectAccessible(theirs);
});
