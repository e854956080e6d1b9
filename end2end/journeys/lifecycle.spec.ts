// The main job: a customer, two assignees and an admin take a ticket from filing to closing, each in a browser of their
// own, and see each other's steps without reloading.
import { DeskTicket, NewTicketForCustomer, Queue } from "../pages/desk.ts";
import { CustomerTicket, MyTickets, NewTicket } from "../pages/portal.ts";
import { unique } from "../support/api.ts";
import { expectDownload, expectThumbnail } from "../support/downloads.ts";
import { texts } from "../support/inputs.ts";
import { expect, test } from "../support/test.ts";

test("a ticket goes from filing to closing", async ({ enter, inputs, faults }) => {
  test.setTimeout(240_000);
  const subject = unique("Ödemem çekildi ama siparişim oluşmadı 🧾");
  const [photo, receipt, log] = [inputs.photo(), inputs.receipt(), inputs.log()];
  const secret = unique("Duplicate capture, the second one has no idempotency key");

  const customerPage = await enter("customer");
  const samPage = await enter("assignee");
  const customer = new CustomerTicket(customerPage);
  const sam = new DeskTicket(samPage);
  const queue = new Queue(samPage);

  await test.step("the customer files it with files, and the assignee sees it arrive", async () => {
    await queue.open();
    await queue.view("Unassigned").click();
    await expect(queue.list).toBeVisible();

    const form = new NewTicket(customerPage);
    await customerPage.getByRole("link", { name: "New ticket" }).click();
    await form.fill(subject, `${texts.turkish}\n\n${texts.markdown}`);
    await form.paymentId.fill("pay_7Hq2-91");
    await form.files.upload(photo, receipt);
    await form.send(subject);
    await expect(queue.row(subject)).toBeVisible({ timeout: 1_000 });
  });

  await test.step("the customer finds everything as it was sent", async () => {
    await expect(customer.step).toContainText("Received");
    await expect(customer.next).toContainText("The answer will appear here.");
    await expect(customer.message("Iğdır şubesinden")).toBeVisible();
    await expect(customer.conversation.locator("pre code")).toContainText('"hint": "<script>alert(1)</script>"');
    await expect(customer.conversation.getByRole("listitem").filter({ hasText: "The answer never comes" })).toBeVisible();
    await expectThumbnail(customer.attached(photo.name));
    await expectDownload(customer.attached(photo.name), photo, "image/jpeg");
    await expectDownload(customer.attached(receipt.name), receipt, "application/pdf");
  });

  await test.step("the assignee takes it, notes what colleagues should know, and asks the customer", async () => {
    await queue.row(subject).click();
    await expect(sam.subject).toHaveText(subject);
    await sam.claim.click();
    await sam.note.open();
    await sam.note.text.fill(secret);
    await sam.note.files.upload(receipt);
    await sam.note.send.click();
    await expect(sam.message(secret)).toContainText("staff only");

    await sam.reply.open();
    await sam.reply.text.fill("I found both payments. The log of our gateway is attached: is the **second** one yours?");
    await sam.reply.files.upload(log);
    await sam.sendAndWait.click();
    await sam.deliver();
    await expect(customer.message("I found both payments.")).toBeVisible({ timeout: 2_000 });
    await expect(sam.reply.text).toHaveValue("");
    await expect(sam.status("Waiting")).toBeVisible();
  });

  await test.step("the customer reads it, but not the note, and answers in Arabic", async () => {
    await expect(customer.step).toContainText("Waiting for you");
    await expect(customer.next).toContainText("We wait for your answer.");
    await expect(customer.message("I found both payments.").locator("strong")).toHaveText("second");
    await expectDownload(customer.attached(log.name), log, "text/plain");
    await customerPage.reload();
    await expect(customer.message("I found both payments.")).toBeVisible();
    expect(await customerPage.content()).not.toContain(secret);
    await customer.answer(texts.arabic);
    await expect(customer.message(texts.arabic).locator("[dir=auto]").first()).toHaveCSS("direction", "rtl");
    await expect(sam.message(texts.arabic)).toBeVisible({ timeout: 1_000 });
    await expect(sam.status("In progress")).toBeVisible();
  });

  const adminPage = await enter("admin");
  const linPage = await enter("assignee2");
  const lin = new DeskTicket(linPage);

  await test.step("the admin passes it to another assignee, who sees it arrive", async () => {
    const linsQueue = new Queue(linPage);
    await linsQueue.open();
    await linsQueue.view("Mine").click();
    const adminsQueue = new Queue(adminPage);
    await adminsQueue.open();
    await adminsQueue.find(subject);
    await adminsQueue.row(subject).click();
    const admin = new DeskTicket(adminPage);
    await expect(admin.message(secret)).toBeVisible();
    // Whoever loses sight of the ticket is told, and asks for it in vain.
    faults.expect(/^404: GET .*\/rpc\/threads\/one/, /^console error: .*404.*\/rpc\/threads\/one/);
    const fold = await admin.unfold("Assign");
    await fold.getByLabel("Assignee").selectOption({ label: "Lin Zhao" });
    await fold.getByRole("button", { name: "Assign to them" }).click();
    await expect(linsQueue.row(subject)).toBeVisible({ timeout: 2_000 });
    await linsQueue.row(subject).click();
    await expect(lin.message(secret)).toBeVisible();
    await expect(samPage.getByText("This ticket is no longer yours to see")).toBeVisible({ timeout: 1_000 });
  });

  await test.step("the other assignee answers in Chinese and completes it", async () => {
    await lin.reply.text.fill(texts.chinese);
    await lin.sendAndComplete.click();
    await lin.deliver();
    await expect(customer.message(texts.chinese)).toBeVisible({ timeout: 2_000 });
    await expect(lin.status("Completed")).toBeVisible();
    await expect(customer.next).toContainText("We think this is solved.");
  });

  await test.step("the customer says thanks, and it stays done", async () => {
    await customer.reply.fill("Teşekkürler!");
    await customerPage.getByRole("button", { name: "Just say thanks" }).click();
    await expect(customer.message("Teşekkürler!")).toBeVisible();
    await expect(lin.message("Teşekkürler!")).toBeVisible();
    await expect(lin.status("Completed")).toBeVisible();
    await expect(customer.next).toContainText("We think this is solved.");
  });

  await test.step("the customer closes it with a rating", async () => {
    await customer.close("Very good", "Hızlı ve nazik, teşekkürler!");
    await expect(lin.page.getByRole("region", { name: "Conversation" }).getByText("rated 5 of 5")).toBeVisible({ timeout: 1_000 });
    await expect(customer.reply).toHaveCount(0);
  });

  await test.step("what is left becomes a follow-up ticket", async () => {
    await customerPage.getByRole("link", { name: "File a follow-up ticket" }).click();
    const form = new NewTicket(customerPage);
    await expect(customerPage.getByText("This continues FS-")).toContainText(subject);
    await expect(form.category).toHaveValue("PAYMENT");
    const again = unique("The second charge came back");
    await form.subject.fill(again);
    await form.description.fill("It is on my statement once more.");
    const next = await form.send(again);
    await next.page.getByRole("link", { name: /follows up FS-/ }).click();
    await expect(next.subject).toHaveText(subject);
  });

  await test.step("both stand in the customer's lists", async () => {
    const list = new MyTickets(customerPage);
    await list.open(`?q=${encodeURIComponent(subject.split(" ").at(-1) ?? "")}`);
    await expect(list.row(subject)).toContainText("Closed");
    await customerPage.getByRole("link", { name: "Files", exact: true }).click();
    await expect(customerPage.getByRole("heading", { level: 1 })).toHaveText("Files");
    await expect(customerPage.getByRole("link", { name: photo.name }).first()).toBeVisible();
  });
});

test("an agent goes from ticket to ticket, and back", async ({ enter, api }) => {
  const mira = await api("customer");
  const first = await mira.file({ subject: unique("The first of two") });
  const second = await mira.file({ subject: unique("The second of two"), description: texts.chinese });
  const page = await enter("assignee");
  const queue = new Queue(page);
  await queue.open("?view=unassigned");
  const desk = new DeskTicket(page);
  for (const ticket of [first, second, first]) {
    await queue.row(ticket.subject).click();
    await expect(desk.subject).toHaveText(ticket.subject);
    await expect(page).toHaveTitle(`FS-${ticket.number} ${ticket.subject} · Finsupport`);
  }
  await desk.note.open();
  await desk.note.text.fill("Half a note on the first");
  await page.goBack();
  await expect(desk.subject).toHaveText(second.subject);
  await expect(desk.message(texts.chinese)).toBeVisible();
  await desk.note.open();
  await expect(desk.note.text).toHaveValue("");
  await page.goForward();
  await expect(desk.subject).toHaveText(first.subject);
  await desk.note.open();
  await expect(desk.note.text).toHaveValue("Half a note on the first");
});

test("an admin completes a ticket for its assignee and closes it with the reason", async ({ enter, api }) => {
  const subject = unique("Card declined abroad");
  const ticket = await (await api("customer")).file({ subject, category: "CARD" });
  await (await api("assignee")).claim(ticket);
  await (await api("assignee")).move(ticket, "IN_PROGRESS");

  const admin = new DeskTicket(await enter("admin"));
  await admin.open(ticket);
  await admin.move("Complete for assignee").click();
  await expect(admin.status("Completed")).toBeVisible();
  const fold = await admin.unfold("Close ticket");
  await fold.getByLabel("Reason").fill("Solved by phone.");
  await fold.getByRole("button", { name: "Close this ticket" }).click();
  await expect(admin.status("Closed")).toBeVisible();
  await expect(admin.page.getByRole("main").getByText("Solved by phone.").first()).toBeVisible();
  expect((await (await api("customer")).ticket(ticket)).status).toBe("CLOSED");
});

test("an assignee works a ticket with everything the desk offers", async ({ enter, api }) => {
  const subject = unique("Refund missing");
  const ticket = await (await api("customer")).file({ subject, category: "REFUND" });
  const desk = new DeskTicket(await enter("assignee"));
  await desk.open(ticket);

  await test.step("it can be noted on, but not answered, before it is claimed", async () => {
    await expect(desk.reply.send).toHaveCount(0);
    await desk.claim.click();
    await expect(desk.claim).toHaveCount(0);
  });

  await test.step("moves are offered as they are legal", async () => {
    await expect(desk.move("Wait")).toHaveCount(0);
    await desk.move("Start work").click();
    await expect(desk.status("In progress")).toBeVisible();
    await desk.move("Wait").click();
    await expect(desk.status("Waiting")).toBeVisible();
    await expect(desk.move("Start work")).toBeVisible();
  });

  await test.step("its fields can be edited", async () => {
    const fold = await desk.unfold("Edit ticket");
    await fold.getByLabel("Priority").selectOption({ label: "Urgent" });
    await fold.getByLabel("Payment id").fill("pay_42");
    await fold.getByRole("button", { name: "Save" }).click();
    await expect(desk.context.getByText("pay_42")).toBeVisible();
    await expect(desk.page.getByRole("main").getByText("set the payment to pay_42")).toBeVisible();
  });

  await test.step("it is escalated with a reason", async () => {
    const fold = await desk.unfold("Escalate");
    await fold.getByLabel("Why can it not wait?").fill("The customer's rent is due today.");
    await fold.getByRole("button", { name: "Escalate" }).click();
    await expect(desk.page.getByRole("main").getByText("escalated this (level 1)")).toBeVisible();
  });

  await test.step("a colleague of the customer follows it", async () => {
    const fold = await desk.unfold("Followers");
    await fold.getByLabel("Add a follower").selectOption({ label: "Tunde Bakare" });
    await fold.getByRole("button", { name: "Add", exact: true }).click();
    await expect(desk.page.getByRole("main").getByText("added Tunde Bakare as a follower")).toBeVisible();
  });

  await test.step("it waits for its start date, away from the active queue", async () => {
    const fold = await desk.unfold("Start date");
    await fold.getByLabel("Not before").fill("2999-12-31");
    await fold.getByRole("button", { name: "Set start date" }).click();
    await expect(desk.page.getByRole("main").getByText("set the start date to 2999-12-31")).toBeVisible();
    const queue = new Queue(desk.page);
    await queue.view("Starting later").click();
    await expect(queue.row(subject)).toBeVisible();
    await queue.view("Mine").click();
    await expect(queue.row(subject)).toHaveCount(0);
  });
});

test("an assignee files a ticket for a customer who called", async ({ enter, api }) => {
  const subject = unique("Caller cannot sign in");
  const page = await enter("assignee");
  await page.getByRole("link", { name: "New ticket" }).click();
  const form = new NewTicketForCustomer(page);
  await form.choose("Mira Okafor");
  await form.channel.selectOption({ label: "Phone" });
  await form.subject.fill(subject);
  await form.category.selectOption({ label: "Account" });
  await form.description.fill("The code by text message does not arrive.");
  await form.submit.click();
  await expect(page).toHaveURL(/\/desk\/tickets\/[0-9a-f-]{36}/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
  expect(await (await api("customer")).count(subject)).toBe(1);
});
