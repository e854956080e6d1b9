// Views: their counts move by themselves; an agent keeps a filter under a name, an admin shares one.
import type { Page } from "@playwright/test";
import { Queue } from "../pages/desk.ts";
import { unfold } from "../pages/parts.ts";
import { unique } from "../support/api.ts";
import { refused } from "../support/faults.ts";
import { expect, test } from "../support/test.ts";

/** From the moment at which the other was answered. */
const second = { timeout: 1_000 };

/** How many tickets the link of a view says it has. */
async function count(queue: Queue, view: string): Promise<number> {
  const said = /, (\d+) tickets?/.exec((await queue.view(view).textContent()) ?? "");
  return Number(said?.[1]);
}

async function countIs(queue: Queue, view: string, expected: number): Promise<void> {
  const words = expected === 1 ? "1 ticket" : `${expected} tickets`;
  await expect(queue.view(view)).toContainText(`, ${words}`, second);
}

async function filter(page: Page, boxes: string[]): Promise<void> {
  const search = page.getByRole("search", { name: "Narrow the queue" });
  const summary = search.locator("summary");
  if (!(await search.locator("details").evaluate((details: HTMLDetailsElement) => details.open))) await summary.click();
  for (const box of boxes) await search.getByRole("checkbox", { name: box, exact: true }).check();
  await search.getByRole("button", { name: "Apply" }).click();
  await summary.click();
}

async function save(page: Page, label: "Save view" | "Save as new", name: string, shared = false): Promise<void> {
  const fold = await unfold(page, label);
  await fold.getByLabel("Name of the view").fill(name);
  if (shared) await fold.getByLabel("Who has it").selectOption("All staff");
  await fold.getByRole("button", { name: "Save", exact: true }).click();
}

async function remove(page: Page): Promise<void> {
  await (await unfold(page, "Edit view")).getByRole("button", { name: "Delete this view" }).click();
}

test("letters of a view's name are no commands, however it was unfolded", async ({ enter }) => {
  const page = await enter("assignee");
  await new Queue(page).open("?view=mine&status=IN_PROGRESS");
  await page.locator("summary").filter({ hasText: "Save view" }).click();
  const name = page.getByLabel("Name of the view");
  await expect(name).toBeFocused();
  await page.keyboard.type("jane");
  await expect(name).toHaveValue("jane");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Desk");
});

test("counts move while somebody else files and claims a ticket", async ({ enter, api }) => {
  const [mira, sam] = [await api("customer"), await api("assignee")];
  const page = await enter("admin");
  const queue = new Queue(page);
  await queue.open("?view=unassigned");
  const [all, unassigned] = [await count(queue, "All"), await count(queue, "Unassigned")];
  expect(all).toBeGreaterThan(unassigned);

  const ticket = await mira.file({ subject: unique("Counted while somebody watches") });
  await expect(queue.row(ticket.subject)).toBeVisible(second);
  // Others file tickets too: what is counted is what the list has.
  await expect.poll(() => count(queue, "Unassigned")).toBeGreaterThan(unassigned);
  const before = await count(queue, "Unassigned");
  await sam.claim(ticket);
  await expect(queue.row(ticket.subject)).toHaveCount(0, second);
  await expect.poll(() => count(queue, "Unassigned")).toBeLessThan(before);
  await expect(queue.view("Unassigned")).toHaveAccessibleName(/^Unassigned ?, \d+ tickets?$/);
});

test("a filter is kept under a name, opened by its address, changed, renamed and deleted", async ({ enter, faults }) => {
  faults.expect(...refused(422, "views/save"));
  const page = await enter("assignee2");
  const queue = new Queue(page);
  await queue.open("?view=all-i-see");
  await filter(page, ["High", "Urgent"]);
  const chips = page.getByRole("list", { name: "Filters" });
  await expect(chips.getByRole("link")).toHaveText([/^Priority: High/, /^Priority: Urgent/]);

  const name = unique("Hot");
  await save(page, "Save view", name);
  await expect(page).toHaveURL(/\/desk\?view=[0-9a-f-]{36}$/);
  await expect(queue.list.getByRole("heading", { name, exact: true })).toBeVisible();
  await expect(queue.view(name)).toHaveAttribute("aria-current", "page");
  const address = page.url();
  const rows = await queue.list.getByRole("listitem").filter({ has: page.locator(".desk-row") }).count();
  if (rows < 50) await countIs(queue, name, rows);

  // The palette knows it too.
  await queue.view("Mine").click();
  await expect(queue.view("Mine")).toHaveAttribute("aria-current", "page");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find a command" }).fill(name);
  await page.getByRole("dialog").getByRole("option", { name, exact: true }).click();
  await expect(page).toHaveURL(address);

  // A name that is taken is refused beside its field.
  await page.goto("/desk?view=mine&priority=LOW");
  await new Queue(page).open("?view=mine&priority=LOW");
  await save(page, "Save view", name.toUpperCase());
  await expect(page.getByText("There is a view with this name already.")).toBeVisible();

  // On top of the saved view, something else.
  await page.goto(address);
  await queue.open(new URL(address).search);
  await chips.getByRole("link", { name: /Priority: Urgent/ }).click();
  await expect(page).toHaveURL(/view=[0-9a-f-]{36}&base=all-i-see&priority=HIGH$/);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(address);
  await expect(chips.getByRole("link")).toHaveText([/^Priority: High/]);
  await expect(page.getByRole("button", { name: "Save changes" })).toBeHidden();

  const renamed = unique("Hotter");
  const fold = await unfold(page, "Edit view");
  await fold.getByLabel("Name of the view").fill(renamed);
  await fold.getByRole("button", { name: "Save", exact: true }).click();
  await expect(queue.list.getByRole("heading", { name: renamed, exact: true })).toBeVisible();
  await expect(queue.view(name)).toHaveCount(0);

  await remove(page);
  await expect(queue.view(renamed)).toHaveCount(0);
  await expect(page).toHaveURL(/\/desk$/);
  await expect(queue.view("Mine")).toHaveAttribute("aria-current", "page");
});

test("what an admin shares all staff have, and cannot change", async ({ enter }) => {
  const page = await enter("admin");
  const queue = new Queue(page);
  await queue.open("?view=unassigned&category=CARD");
  const name = unique("Cards for all");
  await save(page, "Save view", name, true);
  await expect(queue.view(name)).toHaveAttribute("aria-current", "page");

  const other = await enter("assignee");
  const theirs = new Queue(other);
  await theirs.view(name).click();
  await expect(theirs.list.getByRole("heading", { name, exact: true })).toBeVisible();
  await expect(other.getByText("Edit view")).toHaveCount(0);
  await filter(other, ["Urgent"]);
  await expect(other.getByText("Save as new")).toBeVisible();
  await expect(other.getByRole("button", { name: "Save changes" })).toHaveCount(0);

  await remove(page);
  await expect(queue.view(name)).toHaveCount(0);
  await other.reload();
  await expect(theirs.view(name)).toHaveCount(0);
  await expect(theirs.view("Mine")).toHaveAttribute("aria-current", "page");
});

test("rows show what the view says", async ({ enter }) => {
  const page = await enter("assignee");
  const queue = new Queue(page);
  await queue.open("?view=mine&columns=CATEGORY&columns=NUMBER");
  const row = queue.list.locator(".desk-row").first();
  await expect(row).toContainText(/FS-\d+/);
  await expect(row.locator("time")).toHaveCount(0);
  await queue.open("?view=mine");
  await expect(queue.list.locator(".desk-row").first().locator("time")).toHaveCount(1);
});
