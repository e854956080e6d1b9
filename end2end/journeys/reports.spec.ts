// Reports: narrowed, sorted, read as numbers and as drawings, and taken away as a file.
import { readFileSync } from "node:fs";
import { Reports } from "../pages/office.ts";
import { unique } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("an admin narrows a report, sorts it, reads on and downloads it", async ({ enter, api }) => {
  const [mira, sam] = [await api("customer"), await api("assignee")];
  const subject = unique("Reported upon");
  const ticket = await mira.file({ subject });
  await sam.claim(ticket);
  await sam.reply(ticket, "It is on its way.", "COMPLETED");

  const page = await enter("admin");
  const reports = new Reports(page);
  await page.getByRole("link", { name: "Reports" }).click();
  await expect(reports.preset("90 days")).toHaveAttribute("aria-current", "page");
  await expect(reports.rows).toHaveCount(50);
  await expect(reports.total("First response")).toContainText(/9 of 10 within .*(minute|hour|day)/);
  await expect(reports.total("Resolution")).toContainText("median");
  await expect(reports.chart("Opened and closed").getByRole("img")).toHaveAccessibleName(/tickets opened and \d+ closed over 90 days/);

  await test.step("the same numbers stand in a table", async () => {
    const chart = reports.chart("Median times");
    await chart.locator("summary").click();
    await expect(chart.getByRole("columnheader")).toHaveText(["Day", "First response", "Resolution"]);
    await expect(chart.getByRole("row").last()).toContainText(/\d+ \w+ 20\d\d/);
  });

  await test.step("it is read on in place", async () => {
    await reports.more.click();
    await expect(reports.rows).toHaveCount(100);
  });

  await test.step("every heading sorts, and turns the order", async () => {
    for (const name of ["Number", "Status", "Priority", "Filed", "Last activity", "Closed", "First response", "Resolution"]) {
      const heading = reports.heading(name);
      await heading.getByRole("link").click();
      await expect(heading).toHaveAttribute("aria-sort", "descending");
      await heading.getByRole("link").click();
      await expect(heading).toHaveAttribute("aria-sort", "ascending");
    }
    await page.goBack();
    await expect(reports.heading("Resolution")).toHaveAttribute("aria-sort", "descending");
  });

  await test.step("this customer's completed tickets of this week, with that assignee", async () => {
    await reports.preset("This week").click();
    await expect(reports.preset("This week")).toHaveAttribute("aria-current", "page");
    await reports.unfoldFilters();
    await page.getByRole("checkbox", { name: "Completed" }).check();
    await reports.assignee.selectOption({ label: "Sam Reyes" });
    await reports.customer.fill("mira okafor");
    await reports.apply.click();
    await expect(page).toHaveURL(/status=COMPLETED.*customer=mira/);
    await expect(reports.rows.filter({ hasText: subject })).toBeVisible();
    for (const row of await reports.rows.all()) await expect(row).toContainText("Completed");
  });

  await test.step("the file has what the report has", async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), reports.csv.click()]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const lines = readFileSync(await download.path(), "utf8").trim().split("\r\n");
    expect(lines.length).toBe((await reports.rows.count()) + 1);
    expect(lines.join("\n")).toContain(subject);
  });

  await test.step("a customer that is not clear is asked for", async () => {
    await reports.customer.fill("a");
    await reports.apply.click();
    await expect(page.getByText("Several customers match")).toBeVisible();
    await page.getByRole("radio", { name: /Mira Okafor/ }).check();
    await reports.apply.click();
    await expect(reports.rows.filter({ hasText: subject })).toBeVisible();
  });
});

test("an assignee's report is of their own tickets", async ({ enter, api }) => {
  const [mira, lin] = [await api("customer"), await api("assignee2")];
  const theirs = unique("Somebody else's work");
  await lin.claim(await mira.file({ subject: theirs }));
  const page = await enter("assignee");
  const reports = new Reports(page);
  await reports.open();
  await expect(reports.rows.first()).toBeVisible();
  await expect(page.getByText(theirs)).toHaveCount(0);
  for (const row of await reports.rows.all()) await expect(row).toContainText("Sam Reyes");
  await reports.unfoldFilters();
  await expect(reports.customer).toHaveCount(0);
});

test("days the wrong way round are told, and an empty report says what to do", async ({ enter, faults }) => {
  const page = await enter("admin");
  const reports = new Reports(page);
  await reports.open();
  await reports.from.fill("2001-02-01");
  await reports.to.fill("2001-02-02");
  await reports.apply.click();
  await expect(page.getByText("No tickets on these days")).toBeVisible();
  faults.expect(/^422: GET .*\/rpc\/reports\/tickets/, /^console error: .*422.*\/rpc\/reports\/tickets/);
  await reports.to.fill("2001-01-01");
  await reports.apply.click();
  await expect(page.getByRole("alert")).toContainText("Choose the day of the beginning, or a later one.");
  await expect(reports.from).toHaveValue("2001-02-01");
});
