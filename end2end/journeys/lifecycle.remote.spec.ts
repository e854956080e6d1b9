// The main job in front of a gateway: the site under test keeps no tickets, another Finsupport does.
import { DeskTicket, Queue } from "../pages/desk.ts";
import { CustomerTicket, NewTicket } from "../pages/portal.ts";
import { unique } from "../support/api.ts";
import { expectDownload, expectThumbnail } from "../support/downloads.ts";
import { texts } from "../support/inputs.ts";
import { expect, test } from "../support/test.ts";

/** The site asks the gateway every half second what is new. */
const soon = { timeout: 5_000 };

test("a ticket goes from filing to closing in front of a gateway", async ({ enter, inputs }) => {
  test.setTimeout(240_000);
  const subject = unique("Ödemem çekildi 🧾");
  const [photo, receipt] = [inputs.photo(), inputs.receipt()];
  const secret = unique("Two captures, one authorisation");

  const customerPage = await enter("customer");
  const adminPage = await enter("admin");
  const samPage = await enter("assignee");
  const customer = new CustomerTicket(customerPage);
  const [admin, sam] = [new DeskTicket(adminPage), new DeskTicket(samPage)];

  await test.step("the customer files it with files", async () => {
    const form = new NewTicket(customerPage);
    await form.open();
    await form.fill(subject, `${texts.turkish}\n\n${texts.markdown}`);
    await form.files.upload(photo, receipt);
    await form.send(subject);
    await expectThumbnail(customer.attached(photo.name));
    await expectDownload(customer.attached(receipt.name), receipt, "application/pdf");
  });

  await test.step("what the gateway does not offer is not shown", async () => {
    const queue = new Queue(samPage);
    await queue.open("?view=unassigned");
    await queue.row(subject).click();
    await expect(sam.subject).toHaveText(subject);
    await expect(sam.claim).toHaveCount(0);
    await samPage.getByRole("tab", { name: "Reply" }).click();
    await expect(samPage.getByText("Nobody has this ticket yet. Ask an admin to assign it")).toBeVisible();
    await expect(samPage.getByRole("link", { name: "Outbox" })).toHaveCount(0);
    await samPage.keyboard.press("a");
    await expect(samPage.getByText("Admins assign tickets here.")).toBeVisible();
  });

  await test.step("the admin assigns it, and the assignee sees it arrive", async () => {
    const queue = new Queue(samPage);
    await queue.open();
    await queue.view("Mine").click();
    await expect(queue.list).toBeVisible();
    const all = new Queue(adminPage);
    await all.open();
    await all.find(subject);
    await all.row(subject).click();
    const fold = await admin.unfold("Assign");
    await fold.getByLabel("Assignee").selectOption({ label: "Sam Reyes" });
    await fold.getByRole("button", { name: "Assign to them" }).click();
    await expect(queue.row(subject)).toBeVisible(soon);
    await queue.row(subject).click();
  });

  await test.step("the assignee notes and asks; the customer reads the one and not the other", async () => {
    await sam.note.open();
    await sam.note.text.fill(secret);
    await sam.note.send.click();
    await expect(sam.message(secret)).toContainText("staff only");
    await sam.reply.open();
    await sam.reply.text.fill("Is the **second** one yours?");
    await sam.sendAndWait.click();
    await expect(customer.message("Is the second one yours?")).toBeVisible(soon);
    await expect(customer.step).toContainText("Waiting for you");
    expect(await customerPage.content()).not.toContain(secret);
  });

  await test.step("the customer answers in Arabic, the assignee in Chinese", async () => {
    await customer.answer(texts.arabic);
    await expect(sam.message(texts.arabic)).toBeVisible(soon);
    await sam.reply.text.fill(texts.chinese);
    await sam.sendAndComplete.click();
    await expect(customer.message(texts.chinese)).toBeVisible(soon);
    await expect(customer.next).toContainText("We think this is solved.");
  });

  await test.step("the customer closes it with a rating", async () => {
    await customer.close("Very good", "Hızlı ve nazik, teşekkürler!");
    await expect(sam.status("Closed")).toBeVisible(soon);
  });
});
