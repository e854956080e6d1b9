// A report without JavaScript: filters, headings and the next page are links and a plain form.
import { Reports } from "../pages/office.ts";
import { expect, test } from "../support/test.ts";

test("a report is narrowed, sorted and read on without JavaScript", async ({ enter }) => {
  const page = await enter("admin");
  const reports = new Reports(page);
  await reports.open();
  await expect(reports.chart("Opened and closed").getByRole("img")).toBeVisible();
  await reports.heading("Number").getByRole("link").click();
  await expect(reports.heading("Number")).toHaveAttribute("aria-sort", "descending");
  const first = await reports.rows.first().innerText();
  await reports.more.click();
  await expect(reports.rows.first()).not.toHaveText(first);
  await page.getByRole("link", { name: "Back to the first" }).click();
  await reports.unfoldFilters();
  await page.getByRole("checkbox", { name: "Closed" }).check();
  await reports.apply.click();
  await expect(page).toHaveURL(/sortField=NUMBER/);
  for (const row of (await reports.rows.all()).slice(0, 5)) await expect(row).toContainText("Closed");
});
