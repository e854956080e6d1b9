// The customer's whole journey with JavaScript off. What staff do meanwhile is done through the API.
import { Account, expectError, unfold } from "../pages/parts.ts";
import { CustomerTicket, MyTickets, NewTicket } from "../pages/portal.ts";
import { SignIn } from "../pages/sign-in.ts";
import { unique } from "../support/api.ts";
import { expectDownload, expectThumbnail } from "../support/downloads.ts";
import { refused } from "../support/faults.ts";
import { texts } from "../support/inputs.ts";
import { password, people } from "../support/people.ts";
import { endSession } from "../support/session.ts";
import { expect, test } from "../support/test.ts";

test("a customer files a ticket with files; a refusal keeps the text and the files", async ({ enter, inputs, faults }) => {
  const page = await enter("customer");
  const subject = unique("Kart ödemem iki kez çekildi");
  const [photo, receipt] = [inputs.photo(), inputs.receipt()];
  await page.getByRole("link", { name: "New ticket" }).click();
  const form = new NewTicket(page);

  faults.expect(...refused(422, "tickets/create"));
  await form.fill("", `${texts.turkish}\n\n${texts.markdown}`);
  await form.files.choose(photo, receipt);
  await form.submit.click();
  await expectError(form.subject, /Fill this in/);
  await expect(form.description).toHaveValue(/Iğdır şubesinden/);
  await expect(form.category).toHaveValue("PAYMENT");
  await expect(form.files.chosen(photo.name)).toBeVisible();
  await expect(form.files.chosen(receipt.name)).toBeVisible();

  await form.subject.fill(subject);
  const ticket = await form.send(subject);
  await expect(ticket.conversation.locator("pre code")).toContainText('"status": 502');
  await expectThumbnail(ticket.attached(photo.name));
  await expectDownload(ticket.attached(photo.name), photo, "image/jpeg");
  await expectDownload(ticket.attached(receipt.name), receipt, "application/pdf");
  await expect(ticket.attached(photo.name)).toHaveCount(1);

  await page.getByRole("link", { name: "Files", exact: true }).click();
  await expect(page.getByRole("link", { name: receipt.name }).first()).toBeVisible();
});

test("a customer finds tickets with filters, words and pages", async ({ enter, api }) => {
  const page = await enter("customer");
  const mark = unique("Überweisung");
  const word = mark.split(" ").at(-1) ?? "";
  const customer = await api("customer");
  await customer.file({ subject: `${mark} A`, category: "TRANSFER" });
  const closed = await customer.file({ subject: `${mark} B`, category: "CARD" });
  await customer.close(closed);

  const list = new MyTickets(page);
  await list.words.fill(word);
  await list.filter.click();
  await expect(page).toHaveURL(new RegExp(`q=${word}`));
  await expect(list.row(mark)).toHaveCount(2);
  await list.status.selectOption({ label: "Closed" });
  await list.filter.click();
  await expect(list.row(mark)).toHaveCount(1);
  await expect(list.row(`${mark} B`)).toContainText("Closed");
  await expect(list.words).toHaveValue(word);
  await list.category.selectOption({ label: "Transfer" });
  await list.filter.click();
  await expect(page.getByText("No ticket matches")).toBeVisible();
  await page.getByRole("link", { name: "Reset filters" }).click();
  await list.link(`${mark} A`).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${mark} A`);

  await page.getByRole("link", { name: "My tickets" }).click();
  await page.getByRole("link", { name: "Followed" }).click();
  await expect(page).toHaveURL(/view=followed/);
});

test("a customer talks with staff, and closes the ticket", async ({ enter, api, inputs, faults }) => {
  const page = await enter("customer");
  const subject = unique("شحن مزدوج");
  const ticket = await (await api("customer")).file({ subject });
  const shown = new CustomerTicket(page);
  await shown.open(ticket);

  await test.step("edits it while nobody works on it", async () => {
    const fold = await shown.unfold("Edit");
    await fold.getByLabel("Description").fill("**Twice**, on the same day.");
    await fold.getByRole("button", { name: "Save changes" }).click();
    await expect(shown.message("on the same day").locator("strong")).toHaveText("Twice");
  });

  await test.step("says that it is urgent, with a reason", async () => {
    faults.expect(...refused(422, "tickets/escalate"));
    const fold = await shown.unfold("It's urgent");
    await fold.getByLabel("What does it hold up?").fill("Salaries of four people.");
    await fold.getByRole("button", { name: "Escalate" }).click();
    await expectError(fold.getByLabel("Why can it not wait?"), /Fill this in/);
    await expect(fold.getByLabel("What does it hold up?")).toHaveValue("Salaries of four people.");
    await fold.getByLabel("Why can it not wait?").fill("Payday is tomorrow.");
    await fold.getByRole("button", { name: "Escalate" }).click();
    await expect(page.getByText("This ticket is escalated")).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/tickets/${ticket.ticketId}$`));
  });

  await test.step("adds a colleague, and lets them go", async () => {
    let fold = await shown.unfold("Add a colleague");
    await fold.getByLabel("Colleague").selectOption({ label: "Tunde Bakare" });
    await fold.getByRole("button", { name: "Add", exact: true }).click();
    fold = await shown.unfold("Add a colleague");
    await fold.getByRole("button", { name: "Remove Tunde Bakare" }).click();
    fold = await shown.unfold("Add a colleague");
    await expect(fold.getByRole("button", { name: "Remove Tunde Bakare" })).toHaveCount(0);
  });

  await test.step("reads an answer and replies with a file", async () => {
    const sam = await api("assignee");
    await sam.claim(ticket);
    await sam.note(ticket, "canary-for-staff");
    await sam.reply(ticket, "Which *day* was it?", "WAITING");
    await page.reload();
    await expect(shown.message("Which day was it?")).toBeVisible();
    await expect(shown.step).toContainText("Waiting for you");
    expect(await page.content()).not.toContain("canary-for-staff");

    const log = inputs.log("gateway.log", 300_000);
    await shown.reply.fill(texts.arabic);
    await shown.files.choose(log);
    await shown.send.click();
    await expect(shown.message(texts.arabic)).toBeVisible();
    await expect(shown.reply).toHaveValue("");
    await expectDownload(shown.attached(log.name), log, "text/plain");
    expect((await sam.ticket(ticket)).status).toBe("IN_PROGRESS");
  });

  await test.step("is told when something newer came in between, and sends anyway", async () => {
    faults.expect(...refused(409, "replies/customer"));
    await (await api("assignee")).reply(ticket, "Never mind, I found it.");
    await shown.reply.fill("It was Tuesday.");
    await shown.send.click();
    await expect(page.getByText("Something newer happened")).toBeVisible();
    await expect(shown.message("Never mind, I found it.")).toBeVisible();
    await expect(shown.reply).toHaveValue("It was Tuesday.");
    await shown.sendAnyway.click();
    await expect(shown.message("It was Tuesday.")).toBeVisible();
  });

  await test.step("closes it with a rating", async () => {
    await shown.close("Good", "شكرًا");
    await expect(shown.reply).toHaveCount(0);
    expect((await (await api("admin")).ticket(ticket)).status).toBe("CLOSED");
  });

  await test.step("files a follow-up", async () => {
    await page.getByRole("link", { name: "File a follow-up ticket" }).click();
    await expect(page.getByText("This continues FS-")).toContainText(subject);
    const form = new NewTicket(page);
    const again = unique("It happened again");
    await form.subject.fill(again);
    await form.description.fill("On Friday this time.");
    await form.send(again);
    await expect(page.getByRole("link", { name: /follows up FS-/ })).toBeVisible();
  });
});

test("a colleague who follows a ticket reads it, replies and stops following", async ({ enter, api }) => {
  const subject = unique("Shared with a colleague");
  const customer = await api("customer");
  const ticket = await customer.file({ subject });
  await customer.follow(ticket, "colleague");

  const page = await enter("colleague");
  await new MyTickets(page).open("?view=followed");
  await page.getByRole("link", { name: subject }).click();
  const shown = new CustomerTicket(page);
  await expect(shown.subject).toHaveText(subject);
  await shown.answer("I saw the same charge.");
  const fold = await unfold(page, "Following this ticket");
  await fold.getByRole("button", { name: "Stop following" }).click();
  await page.goto("/tickets?view=followed");
  await expect(page.getByRole("link", { name: subject })).toHaveCount(0);
});

test("a customer chooses a theme and signs out", async ({ enter }) => {
  const page = await enter("customer");
  await new Account(page).choose("Theme: Dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "finsupport-dark");
  await expect(page).toHaveURL(/\/tickets$/);
  await page.getByRole("link", { name: "Files", exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "finsupport-dark");
  await new Account(page).choose("Sign out");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/tickets");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test("a session that ended while typing loses nothing", async ({ enter, api, faults }) => {
  const subject = unique("Typed for a long time");
  const ticket = await (await api("customer")).file({ subject });
  const page = await enter("customer");
  const shown = new CustomerTicket(page);
  await shown.open(ticket);
  await shown.reply.fill("What I typed for an hour.");
  await endSession(page);

  faults.expect(...refused(401, "replies/customer"));
  await shown.send.click();
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  const kept = page.getByLabel("What you typed");
  await expect(kept).toHaveValue("What I typed for an hour.");
  const [tab] = await Promise.all([page.waitForEvent("popup"), page.getByRole("link", { name: /Sign in again/ }).click()]);
  await new SignIn(tab).fill(people.customer.email, password);
  await expect(tab).toHaveURL(/\/tickets$/);
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(shown.message("What I typed for an hour.")).toBeVisible();
});
