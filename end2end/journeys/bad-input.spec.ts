// What people and networks do wrong. Each gets a clear message at its place, and nothing that was typed or attached is
// lost.
import type { Locator, Page } from "@playwright/test";
import { DeskTicket, NewTicketForCustomer } from "../pages/desk.ts";
import { Account, expectError } from "../pages/parts.ts";
import { CustomerTicket, MyTickets, NewTicket } from "../pages/portal.ts";
import { SignIn } from "../pages/sign-in.ts";
import { unique } from "../support/api.ts";
import { awake } from "../support/awake.ts";
import { missing, refused } from "../support/faults.ts";
import { texts } from "../support/inputs.ts";
import { hold, sendAt } from "../support/network.ts";
import { password, people } from "../support/people.ts";
import { endSession } from "../support/session.ts";
import { expect, test } from "../support/test.ts";

test.describe("a new ticket", () => {
  for (const [what, subject, message] of [
    ["empty", "", /Fill this in: it is empty\.$/],
    ["blank", " \u200b \u2060 ", /Fill this in: it is empty\.$/],
    ["over-long", "界".repeat(201), /Shorten this to 200 characters: it has 201\.$/],
  ] as const) {
    test(`with an ${what} subject is refused at the field, and the rest stays`, async ({ enter, faults, inputs }) => {
      faults.expect(...refused(422, "tickets/create"));
      const form = new NewTicket(await enter("customer"));
      await form.open();
      await form.fill(subject, texts.turkish, "Refund");
      await form.files.upload(inputs.photo());
      await form.submit.click();
      await expectError(form.subject, message);
      await expect(form.subject).toHaveValue(subject);
      await expect(form.description).toHaveValue(texts.turkish);
      await expect(form.category).toHaveValue("REFUND");
      await expect(form.files.chosen("terminal.jpg")).toBeVisible();
      const mended = unique("Mended");
      await form.subject.fill(mended);
      const shown = await form.send(mended);
      await expect(shown.attached("terminal.jpg")).toBeVisible();
    });
  }

  test("tells everything that is wrong at once", async ({ enter, faults }) => {
    faults.expect(...refused(422, "tickets/create"));
    const form = new NewTicket(await enter("customer"));
    await form.open();
    await form.description.fill("x".repeat(50_001));
    await form.paymentId.fill("'; DROP TABLE");
    await form.submit.click();
    await expectError(form.subject, /Fill this in/);
    await expectError(form.category, /Choose what it is about/);
    await expectError(form.description, /Shorten this to 50000 characters: it has 50001/);
    await expectError(form.paymentId, /as printed/);
    await expect(form.subject).toBeFocused();
    await expect(form.description).toHaveValue(/^x{50001}$/);
  });

  test("of hostile texts shows them as texts", async ({ enter, inputs }) => {
    const subject = unique("<img src=x onerror=alert(1)>");
    const page = await enter("customer");
    page.on("dialog", (dialog) => expect(dialog.message(), "nothing runs").toBe(""));
    const form = new NewTicket(page);
    await form.open();
    await form.fill(subject, "<script>alert(2)</script> [click](javascript:alert(3)) <b onclick=alert(4)>bold</b>");
    await form.files.upload(inputs.photo("<img src=x onerror=alert(5)>'.jpg".replace(/[/\0]/g, "")));
    const shown = await form.send(subject);
    await expect(shown.conversation.getByRole("link", { name: "click" })).toHaveCount(0);
    await expect(shown.conversation.locator("script, [onclick], img[src=x]")).toHaveCount(0);
    await expect(page).toHaveTitle(/onerror=alert\(1\)/);
  });
});

test.describe("a file", () => {
  for (const [what, status, make] of [
    ["whose content contradicts its name", 415, "disguised"],
    ["that is empty", 422, "empty"],
  ] as const) {
    test(`${what} is refused at its place, and the ticket goes without it`, async ({ enter, faults, inputs }) => {
      faults.expect(...refused(status, "files/upload"));
      const form = new NewTicket(await enter("customer"));
      await form.open();
      const subject = unique("With a file that is no good");
      await form.fill(subject, texts.arabic);
      const file = inputs[make]();
      await form.files.choose(file);
      await expect(form.files.chosen(file.name).getByRole("alert")).toContainText("Not uploaded");
      await expect(form.files.chosen(file.name).getByRole("button", { name: /Try again/ })).toHaveCount(0);
      await expect(form.description).toHaveValue(texts.arabic);
      await form.files.upload(inputs.receipt());
      await form.files.remove(file.name).click();
      await expect(form.files.chosen(file.name)).toHaveCount(0);
      const shown = await form.send(subject);
      await expect(shown.conversation.getByRole("link")).toHaveCount(1);
    });
  }

  test("over the limit is refused at its place", async ({ enter, faults, inputs }) => {
    faults.expect(...refused(413, "files/upload"));
    const form = new NewTicket(await enter("customer"));
    await form.open();
    await form.files.choose(inputs.log("too-much.log", 25_000_001));
    await expect(form.files.chosen("too-much.log").getByRole("alert")).toContainText(/25/, { timeout: 60_000 });
  });

  test("chosen twice is attached twice", async ({ enter, inputs }) => {
    const form = new NewTicket(await enter("customer"));
    await form.open();
    const subject = unique("The same file twice");
    await form.fill(subject, "Both of them.");
    const receipt = inputs.receipt();
    await form.files.choose(receipt);
    await form.files.choose(receipt);
    await expect(form.files.chosen(receipt.name)).toHaveCount(2);
    await expect(form.files.form.getByRole("progressbar")).toHaveCount(0);
    const shown = await form.send(subject);
    await expect(shown.attached(receipt.name)).toHaveCount(2);
  });

  test("that was refused is left behind only by who was told", async ({ enter, faults, inputs }) => {
    faults.expect(...refused(422, "files/upload"));
    const form = new NewTicket(await enter("customer"));
    await form.open();
    const subject = unique("Without the empty file");
    await form.fill(subject, "The file is no good.");
    const file = inputs.empty();
    await form.files.choose(file);
    await expect(form.files.chosen(file.name).getByRole("alert")).toContainText("Not uploaded");
    await form.submit.click();
    await expect(form.files.form.getByRole("alert").filter({ hasText: "1 file is not attached" })).toBeVisible();
    const shown = await form.send(subject);
    await expect(shown.attached(file.name)).toHaveCount(0);
  });

  test("whose connection broke is sent once more, without choosing it again", async ({ enter, faults, inputs }) => {
    faults.expect(/ERR_INTERNET_DISCONNECTED/);
    const page = await enter("customer");
    const form = new NewTicket(page);
    await form.open();
    const subject = unique("Through the tunnel");
    await form.fill(subject, "The receipt was chosen on the train.");
    const receipt = inputs.receipt();
    await page.context().setOffline(true);
    await form.files.choose(receipt);
    const chosen = form.files.chosen(receipt.name);
    await expect(chosen.getByRole("alert")).toContainText("Not uploaded");
    await page.context().setOffline(false);
    await chosen.getByRole("button", { name: `Try again: ${receipt.name}` }).click();
    await form.files.expectArrived(receipt.name);
    const shown = await form.send(subject);
    await expect(shown.attached(receipt.name)).toBeVisible();
  });

  test("too many of them are refused at the field", async ({ enter, faults, inputs }) => {
    faults.expect(...refused(422, "tickets/create"));
    const form = new NewTicket(await enter("customer"));
    await form.open();
    await form.fill(unique("Eleven files"), "All of them matter.");
    const files = Array.from({ length: 11 }, (_, n) => inputs.log(`part-${n}-.log`, 1_000));
    await form.files.upload(...files);
    await form.submit.click();
    await expect(form.files.form.getByRole("alert").filter({ hasText: /10/ })).toBeVisible();
    await expect(form.files.form.getByRole("listitem")).toHaveCount(11);
  });

  test("on its way can be cancelled", async ({ enter, inputs }) => {
    const page = await enter("customer");
    const form = new NewTicket(page);
    await form.open();
    const subject = unique("Sent without the log");
    await form.fill(subject, "The log was too large for this line.");
    const log = inputs.log();
    await sendAt(page, 500_000);
    await form.files.choose(log);
    await expect(form.files.chosen(log.name).getByRole("progressbar")).toBeVisible();
    await form.files.remove(log.name).click();
    await expect(form.files.chosen(log.name)).toHaveCount(0);
    await sendAt(page, -1);
    const shown = await form.send(subject);
    await expect(shown.attached(log.name)).toHaveCount(0);
  });

  test("is not left behind by sending too early", async ({ enter, inputs }) => {
    const page = await enter("customer");
    const form = new NewTicket(page);
    await form.open();
    const subject = unique("Sent too early");
    await form.fill(subject, "The log belongs to it.");
    const log = inputs.log("slow.log", 2_000_000);
    await sendAt(page, 1_000_000);
    await form.files.choose(log);
    await form.submit.click();
    await expect(form.files.form).toContainText(/still (uploading|on (its|their) way)/i);
    await form.files.expectArrived(log.name);
    const shown = await form.send(subject);
    await expect(shown.attached(log.name)).toBeVisible();
  });

  test("can be dropped on the form", async ({ enter }) => {
    const page = await enter("customer");
    const form = new NewTicket(page);
    await form.open();
    const files = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(["dropped line"], "dropped.txt", { type: "text/plain" }));
      return data;
    });
    await form.description.dispatchEvent("dragover", { dataTransfer: files });
    await form.description.dispatchEvent("drop", { dataTransfer: files });
    await form.files.expectArrived("dropped.txt");
  });

  test("can be pasted", async ({ enter }) => {
    const page = await enter("customer");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const form = new NewTicket(page);
    await form.open();
    await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
      const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
      if (png) await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    });
    await form.description.fill("What I see: ");
    await page.keyboard.press("ControlOrMeta+V");
    await form.files.expectArrived("image.png");
    await expect(form.description).toHaveValue("What I see: ");
  });

  test("chosen before the page has become interactive is not lost", async ({ enter, inputs }) => {
    const page = await enter("customer");
    const code = await hold(page, /\.wasm/);
    await page.goto("/tickets/new");
    const form = new NewTicket(page);
    const subject = unique("Quicker than the code");
    await form.fill(subject, "Typed at once.");
    await form.files.choose(inputs.receipt());
    code.release();
    await awake(page);
    await form.files.expectArrived(inputs.receipt().name);
    await expect(form.description).toHaveValue("Typed at once.");
    const shown = await form.send(subject);
    await expect(shown.attached(inputs.receipt().name)).toBeVisible();
  });
});

test.describe("a double click sends once", () => {
  test("in the portal", async ({ enter, api, inputs }) => {
    const subject = unique("Clicked twice");
    const [mira, page] = [await api("customer"), await enter("customer")];
    const form = new NewTicket(page);
    await form.open();
    await form.fill(subject, "Once is enough.");
    await form.files.upload(inputs.receipt());
    await form.submit.dblclick();
    const shown = new CustomerTicket(page);
    await expect(shown.subject).toHaveText(subject);
    expect(await mira.count(subject)).toBe(1);
    const ticket = await mira.ticket({ ticketId: idOf(page) });

    await shown.reply.fill("Said once.");
    await shown.send.dblclick();
    await expect(shown.message("Said once.")).toBeVisible();
    expect(await mira.replies(ticket)).toHaveLength(1);

    let fold = await shown.unfold("Edit");
    await fold.getByLabel("Description").fill("Edited once.");
    await fold.getByRole("button", { name: "Save changes" }).dblclick();
    await expect(shown.message("Edited once.")).toBeVisible();

    fold = await shown.unfold("It's urgent");
    await fold.getByLabel("Why can it not wait?").fill("Payday.");
    await fold.getByRole("button", { name: "Escalate" }).dblclick();
    await expect(page.getByText("This ticket is escalated")).toBeVisible();
    expect(await mira.ticket(ticket)).toMatchObject({ escalation: { level: 1 } });

    fold = await shown.unfold("Add a colleague");
    await fold.getByLabel("Colleague").selectOption({ label: "Tunde Bakare" });
    await fold.getByRole("button", { name: "Add", exact: true }).dblclick();
    await expect(fold.getByRole("button", { name: "Remove Tunde Bakare" })).toBeVisible();

    fold = await shown.unfold("Close ticket");
    await fold.getByRole("button", { name: "Close this ticket" }).dblclick();
    await expect(shown.next).toContainText("closed for good");
  });

  test("on the desk", async ({ enter, api }) => {
    const [mira, sam] = [await api("customer"), await api("assignee")];
    const ticket = await mira.file({ subject: unique("Clicked twice at the desk") });
    const page = await enter("assignee");
    const desk = new DeskTicket(page);
    await desk.open(ticket);
    await desk.claim.dblclick();
    await expect(desk.claim).toHaveCount(0);

    await desk.note.open();
    await desk.note.text.fill("Noted once.");
    await desk.note.send.dblclick();
    await expect(desk.message("Noted once.")).toHaveCount(1);
    // The second click of two may come when the first was answered, and the form is empty again.
    await desk.note.send.dispatchEvent("click", { detail: 2 });

    await desk.reply.open();
    await desk.reply.text.fill("Answered once.");
    await desk.reply.send.dblclick();
    await desk.deliver();
    await expect(desk.message("Answered once.")).toHaveCount(1);
    expect(await sam.replies(ticket)).toHaveLength(1);

    await desk.move("Wait").dblclick();
    await expect(desk.status("Waiting")).toBeVisible();
    // The desk shows it before the service has answered.
    await expect.poll(async () => (await sam.ticket(ticket)).status).toBe("WAITING");
  });

  test("for an admin", async ({ enter, api }) => {
    const [mira, sam] = [await api("customer"), await api("assignee")];
    const ticket = await mira.file({ subject: unique("Clicked twice by an admin") });
    const admin = new DeskTicket(await enter("admin"));
    await admin.open(ticket);
    let fold = await admin.unfold("Assign");
    await fold.getByLabel("Assignee").selectOption({ label: "Sam Reyes" });
    await fold.getByRole("button", { name: "Assign to them" }).dblclick();
    await expect(admin.context.getByText("Sam Reyes").first()).toBeVisible();
    await sam.move(ticket, "IN_PROGRESS");
    await admin.move("Complete for assignee").dblclick();
    await expect(admin.status("Completed")).toBeVisible();
    fold = await admin.unfold("Close ticket");
    await fold.getByLabel("Reason").fill("Done.");
    await fold.getByRole("button", { name: "Close this ticket" }).dblclick();
    await expect(admin.status("Closed")).toBeVisible();
  });

  test("on the sign-in page", async ({ page }) => {
    const door = new SignIn(page);
    await door.open();
    await door.email.fill(people.other.email);
    await door.password.fill(password);
    await door.submit.dblclick();
    await expect(page).toHaveURL(/\/tickets$/);
  });
});

test.describe("while somebody types", () => {
  test("the ticket is edited by another: the stale form says so and keeps the text", async ({ enter, api, faults }) => {
    const [mira, sam] = [await api("customer"), await api("assignee")];
    const ticket = await mira.file({ subject: unique("Edited by two") });
    const page = await enter("customer");
    const shown = new CustomerTicket(page);
    await shown.open(ticket);
    const fold = await shown.unfold("Edit");
    await fold.getByLabel("Description").fill("My version of it.");
    await sam.claim(ticket);
    const theirs = unique("The assignee's subject");
    await sam.edit(ticket, { subject: theirs });
    await expect(shown.subject).toHaveText(theirs);
    await expect(fold.getByLabel("Description")).toHaveValue("My version of it.");

    faults.expect(...refused(409, "tickets/update"));
    await fold.getByRole("button", { name: "Save changes" }).click();
    await expect(fold.getByRole("alert")).toContainText("Somebody changed it meanwhile");
    await expect(fold.getByLabel("Description")).toHaveValue("My version of it.");
    await fold.getByLabel("Subject").fill(theirs);
    await fold.getByRole("button", { name: "Save changes" }).click();
    await expect(shown.message("My version of it.")).toBeVisible();
    await expect(shown.subject).toHaveText(theirs);
  });

  test("the same happens at the desk", async ({ enter, api, faults }) => {
    const [mira, sam, admin] = [await api("customer"), await api("assignee"), await api("admin")];
    const ticket = await mira.file({ subject: unique("Edited by two at the desk") });
    await sam.claim(ticket);
    const desk = new DeskTicket(await enter("assignee"));
    await desk.open(ticket);
    const fold = await desk.unfold("Edit ticket");
    await fold.getByLabel("Payment id").fill("pay_mine");
    const theirs = unique("The admin's subject");
    await admin.edit(ticket, { subject: theirs });
    await expect(desk.subject).toHaveText(theirs);

    faults.expect(...refused(409, "tickets/update"));
    await fold.getByRole("button", { name: "Save" }).click();
    await expect(fold.getByRole("alert")).toContainText("Somebody changed it meanwhile");
    await expect(fold.getByLabel("Payment id")).toHaveValue("pay_mine");
    await fold.getByLabel("Subject").fill(theirs);
    await fold.getByRole("button", { name: "Save" }).click();
    await expect(desk.context.getByText("pay_mine")).toBeVisible();
  });

  test("the ticket is closed: the reply is kept, and nothing sends it", async ({ enter, api }) => {
    const [mira, admin] = [await api("customer"), await api("admin")];
    const ticket = await mira.file({ subject: unique("Closed meanwhile") });
    const page = await enter("customer");
    const shown = new CustomerTicket(page);
    await shown.open(ticket);
    await shown.reply.fill("But it is not solved.");
    await admin.close(ticket);
    await expect(page.getByText("This ticket was closed while you were writing.")).toBeVisible();
    await expect(shown.reply).toHaveValue("But it is not solved.");
    await expect(shown.send).toHaveCount(0);
    await expect(page.getByRole("link", { name: "File a follow-up ticket" })).toBeVisible();
  });

  test("the ticket is closed: a reason that is being written stays", async ({ enter, api }) => {
    const [mira, admin] = [await api("customer"), await api("admin")];
    const ticket = await mira.file({ subject: unique("Closed amid a reason") });
    const page = await enter("customer");
    const shown = new CustomerTicket(page);
    await shown.open(ticket);
    const fold = await shown.unfold("It's urgent");
    await fold.getByLabel("Why can it not wait?").fill("It is payday.");
    await admin.close(ticket);
    await expect(page.getByRole("link", { name: "File a follow-up ticket" })).toBeVisible();
    await expect(fold.getByLabel("Why can it not wait?")).toHaveValue("It is payday.");
  });

  test("something newer is written: the customer is shown it, and sends anyway", async ({ enter, api, faults }) => {
    const [mira, sam] = [await api("customer"), await api("assignee")];
    const ticket = await mira.file({ subject: unique("Two at once") });
    await sam.claim(ticket);
    const page = await enter("customer");
    const shown = new CustomerTicket(page);
    await shown.open(ticket);
    await shown.reply.fill("Have you found it?");
    const news = await hold(page, /\/rpc\/threads\/one/);
    await sam.reply(ticket, "I found it.");
    faults.expect(...refused(409, "replies/customer"));
    await shown.send.click();
    await expect(page.getByText("Something newer happened")).toBeVisible();
    news.release();
    await expect(shown.message("I found it.")).toBeVisible();
    await expect(shown.reply).toHaveValue("Have you found it?");
    await shown.sendAnyway.click();
    await expect(shown.message("Have you found it?")).toBeVisible();
    await expect(shown.reply).toHaveValue("");
  });

  test("something newer is written: the agent is shown it, and sends anyway", async ({ enter, api, faults }) => {
    const [mira, sam] = [await api("customer"), await api("assignee")];
    const ticket = await mira.file({ subject: unique("Two at once at the desk") });
    await sam.claim(ticket);
    const page = await enter("assignee");
    const desk = new DeskTicket(page);
    await desk.open(ticket);
    await desk.reply.text.fill("Could you tell me the day?");
    const news = await hold(page, /\/rpc\/threads\/one/);
    await mira.reply(ticket, "It was Tuesday.");
    faults.expect(...refused(409, "replies/staff"));
    await desk.reply.send.click();
    await expect(page.getByText("Something newer happened")).toBeVisible();
    news.release();
    await expect(desk.message("It was Tuesday.")).toBeVisible();
    await expect(desk.reply.text).toHaveValue("Could you tell me the day?");
    await desk.sendAnyway.click();
    await desk.deliver();
    await expect(desk.message("Could you tell me the day?")).toBeVisible();
    await expect(desk.reply.text).toHaveValue("");
  });

  test("the customer's session ends: signing in again brings the text back", async ({ enter, api, faults, inputs }) => {
    const ticket = await (await api("customer")).file({ subject: unique("Typed for a long time") });
    const page = await enter("customer");
    const shown = new CustomerTicket(page);
    await shown.open(ticket);
    await shown.reply.fill("What I typed for an hour.");
    await shown.files.upload(inputs.receipt());
    await endSession(page);
    // The page also looks whether something newer was the reason.
    faults.expect(...refused(401, "replies/customer"), /401.*\/rpc\/threads\/one/);
    await shown.send.click();
    await expect(page.getByText("Your session has ended.")).toBeVisible();
    await expect(shown.reply).toHaveValue("What I typed for an hour.");

    await signInAgain(page, people.customer.email);
    await shown.send.click();
    await expect(shown.message("What I typed for an hour.")).toBeVisible();
    await expect(shown.attached(inputs.receipt().name)).toBeVisible();
  });

  test("the agent's session ends, and the page is left: the text is still there", async ({ enter, api }) => {
    const [mira, sam] = [await api("customer"), await api("assignee")];
    const ticket = await mira.file({ subject: unique("Typed by an agent") });
    await sam.claim(ticket);
    const page = await enter("assignee");
    const desk = new DeskTicket(page);
    await desk.open(ticket);
    await desk.reply.text.fill("A long answer.");
    await desk.note.open();
    await desk.note.text.fill("A long note.");
    await expect(desk.note.draft).toContainText("Draft saved");
    await endSession(page);
    await page.reload();
    await new SignIn(page).fill(people.assignee.email, password);
    await expect(desk.subject).toHaveText(ticket.subject);
    await desk.reply.open();
    await expect(desk.reply.text).toHaveValue("A long answer.");
    await desk.note.open();
    await expect(desk.note.text).toHaveValue("A long note.");
  });

  test("the page is loaded again: all of a new ticket is still there, and nothing once it was filed", async ({ enter }) => {
    const page = await enter("customer");
    const form = new NewTicket(page);
    const subject = unique("Loaded again");
    await form.open();
    await form.fill(subject, texts.chinese, "Refund");
    await form.paymentId.fill("pay_1");
    await page.reload();
    await expect(form.description).toHaveValue(texts.chinese);
    await expect(form.subject).toHaveValue(subject);
    await expect(form.category).toHaveValue("REFUND");
    await expect(form.paymentId).toHaveValue("pay_1");
    await form.send(subject);
    await form.open();
    for (const field of [form.subject, form.category, form.description, form.paymentId]) await expect(field).toHaveValue("");
  });

  test("the page is loaded again: a ticket for a customer keeps its fields and the customer", async ({ enter }) => {
    const page = await enter("assignee");
    const form = new NewTicketForCustomer(page);
    await page.goto("/desk/tickets/new");
    await awake(page);
    await form.choose("Mira");
    await form.subject.fill("By phone");
    await form.channel.selectOption({ label: "Letter" });
    await page.reload();
    await awake(page);
    await expect(form.subject).toHaveValue("By phone");
    await expect(form.channel.locator("option:checked")).toHaveText("Letter");
    await expect(form.found("Mira")).toBeChecked();
  });

  test("somebody else signs in in another window: what this one posts is not theirs", async ({ enter, faults }) => {
    faults.expect(...refused(401, "tickets/create"));
    const page = await enter("customer");
    const form = new NewTicket(page);
    await form.open();
    const subject = unique("Of whom");
    await form.fill(subject, "Begun by one person.");
    const other = await page.context().newPage();
    await other.goto("/tickets");
    await awake(other);
    await new Account(other).choose("Sign out");
    await new SignIn(other).fill(people.colleague.email, password);
    await expect(other).toHaveURL(/\/tickets$/);
    await form.submit.click();
    await expect(page.getByRole("alert").filter({ hasText: "Your session has ended" }).first()).toBeVisible();
    await expect(form.description).toHaveValue("Begun by one person.");
    await other.reload();
    await expect(new MyTickets(other).link(subject)).toHaveCount(0);
  });
});

test.describe("an address", () => {
  for (const path of ["/tickets/not-an-id", "/tickets/00000000-0000-7000-8000-000000000000", "/no/such/page"]) {
    test(`that leads nowhere says so: ${path}`, async ({ enter, faults }) => {
      faults.expect(...missing);
      const page = await enter("customer");
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
      await expect(page.getByRole("link", { name: "Go to the start page" })).toBeVisible();
    });
  }

  test("of another customer's ticket looks like one that leads nowhere", async ({ enter, api, faults }) => {
    faults.expect(...missing);
    const ticket = await (await api("customer")).file({ subject: unique("Not yours") });
    const page = await enter("other");
    await page.goto(`/tickets/${ticket.ticketId}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
    expect(await page.content()).not.toContain("Not yours");
  });

  for (const query of ["status=NOPE", "cursor=garbage", "category=%00"]) {
    test(`with a query that nobody made says what is wrong: ${query}`, async ({ enter, faults }) => {
      faults.expect(/^4\d\d: GET .*\/tickets/, /^console error: .*4\d\d/);
      const page = await enter("customer");
      await page.goto(`/tickets?${query}`);
      await expect(page.getByRole("alert")).toBeVisible();
      await expect(page.getByRole("link", { name: "New ticket" })).toBeVisible();
    });
  }
});

async function signInAgain(page: Page, email: string): Promise<void> {
  const link: Locator = page.getByRole("link", { name: /Sign in again/ });
  const [tab] = await Promise.all([page.waitForEvent("popup"), link.click()]);
  await new SignIn(tab).fill(email, password);
  await expect(tab).not.toHaveURL(/sign-in/);
  await tab.close();
}

const idOf = (page: Page): string => new URL(page.url()).pathname.split("/").at(-1) ?? "";

test("who types a card number is told while it can be taken out, and may send what is none", async ({ enter, api }) => {
  const page = await enter("customer");
  const form = new NewTicket(page);
  await form.open();
  const told = page.getByRole("status").filter({ hasText: "what looks like a card number" });
  const subject = unique("Paid twice");
  await form.fill(subject, "It was booked twice on 4111 1111 1111 1111.");
  await expect(told).toContainText("ending in 1111");
  await expect(told).toContainText("leave its last four digits");
  await form.description.fill("It was booked twice on the card ending in 1111.");
  await expect(told).toHaveCount(0);

  const ticket = new CustomerTicket(page);
  await ticket.open(await (await api("customer")).file({ subject }));
  await ticket.reply.fill("The number of the order is 4111111111111111.");
  await expect(told).toBeVisible();
  await ticket.send.click();
  await expect(ticket.message("The number of the order")).toBeVisible();
  await expect(told).toHaveCount(0);
});
