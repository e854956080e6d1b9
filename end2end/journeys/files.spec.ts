// The files of staff: one's own, and for admins everybody's.
import { DeskTicket } from "../pages/desk.ts";
import { Files } from "../pages/office.ts";
import { unique } from "../support/api.ts";
import { expectDownload, expectThumbnail } from "../support/downloads.ts";
import { expect, test } from "../support/test.ts";

test("an assignee finds what they attached; an admin finds everybody's, counted", async ({ enter, api, inputs }) => {
  const ticket = await (await api("customer")).file({ subject: unique("With files") });
  const photo = inputs.photo();
  const page = await enter("assignee");
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  await desk.note.open();
  await desk.note.text.fill("The picture of the terminal.");
  await desk.note.files.upload(photo);
  await desk.note.send.click();
  await expect(desk.message("The picture of the terminal.")).toBeVisible();

  await page.getByRole("link", { name: "Files", exact: true }).click();
  const mine = new Files(page);
  await expect(mine.file(photo.name).first()).toContainText("with a note");
  await expectThumbnail(mine.file(photo.name).first().getByRole("link", { name: photo.name }));
  await expectDownload(mine.file(photo.name).first().getByRole("link", { name: photo.name }), photo, "image/jpeg");
  await expect(mine.whose("All")).toHaveCount(0);

  const adminPage = await enter("admin");
  const all = new Files(adminPage);
  await all.open();
  await all.whose("All").click();
  await expect(all.whose("All")).toHaveAttribute("aria-current", "page");
  await expect(all.groups.getByRole("row").filter({ hasText: "Note" }).filter({ hasText: "image/jpeg" })).toContainText(/\d+ (kB|MB)/);
  await expect(all.file(photo.name).first()).toContainText("by Sam Reyes");
  await adminPage.getByRole("link", { name: "with a ticket" }).first().click();
  await expect(adminPage).toHaveURL(/\/desk\/tickets\//);
});
