// Canned replies: kept by admins, read by assignees, inserted while writing.
import { DeskTicket } from "../pages/desk.ts";
import { CannedReplies, Picker } from "../pages/office.ts";
import { expectError } from "../pages/parts.ts";
import { unique } from "../support/api.ts";
import { awake } from "../support/awake.ts";
import { refused } from "../support/faults.ts";
import { expect, test } from "../support/test.ts";

test("an admin keeps canned replies, and nothing typed is lost on a refusal", async ({ enter, faults }) => {
  faults.expect(...refused(409, "reply_titles/add"), ...refused(422, "reply_messages/add"), ...refused(422, "reply_messages/edit"));
  const page = await enter("admin");
  const canned = new CannedReplies(page);
  await page.getByRole("link", { name: "Canned replies" }).click();
  const title = unique("Chargeback");

  await test.step("a title that is taken is refused at its field", async () => {
    await canned.newTitle.fill("PAYMENT pending");
    await canned.addTitle.click();
    await expectError(canned.newTitle, /There is such a title already/);
    await expect(canned.newTitle).toHaveValue("PAYMENT pending");
  });

  await test.step("another is added, and opens", async () => {
    await canned.newTitle.fill(title);
    await canned.addTitle.click();
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await expect(canned.title(title)).toHaveAttribute("aria-current", "page");
    await expect(page.getByText("No messages yet")).toBeVisible();
  });

  await test.step("a message shows on an example ticket how it will read; an unknown placeholder is refused", async () => {
    await canned.newMessage.fill("Dear {customer.name}, about {ticket.number}: {asignee.name}");
    await expect(canned.preview).toContainText("Dear Mira Okafor, about FS-1042: {asignee.name}");
    await canned.addMessage.click();
    await expectError(canned.newMessage, /Nobody knows {asignee.name}/);
    await expect(canned.newMessage).toHaveValue(/about {ticket.number}/);
    await canned.newMessage.fill("Dear {customer.name}, about {ticket.number}: {assignee.name}");
    await canned.addMessage.click();
    await expect(canned.message("Dear Mira Okafor, about FS-1042: Sam Reyes")).toContainText("never used");
    await expect(canned.newMessage).toHaveValue("");
    await expect(canned.title(title)).toContainText("1 message");
  });

  await test.step("a second message is added while the first is being edited, and the edit stays", async () => {
    const { field, save } = await canned.edit("Dear Mira Okafor");
    await field.fill("{nobody}");
    await save.click();
    await expectError(field, /Nobody knows {nobody}/);
    await canned.newMessage.fill("A second text.");
    await canned.addMessage.click();
    await expect(canned.message("A second text.")).toBeVisible();
    await expect(field).toHaveValue("{nobody}");
    await field.fill("Hello {customer.name}.");
    await save.click();
    await expect(canned.message("Hello Mira Okafor.")).toBeVisible();
  });

  await test.step("what is being edited outlives a reload", async () => {
    const before = await canned.edit("A second text.");
    await before.field.fill("A third text.");
    await page.reload();
    await awake(page);
    const { field, save } = await canned.edit("A second text.");
    await expect(field).toHaveValue("A third text.");
    await save.click();
    await expect(canned.message("A third text.").getByRole("paragraph").first()).toHaveText("A third text.");
  });

  await test.step("it is withdrawn, and offered again", async () => {
    await page.getByRole("button", { name: "Make inactive" }).click();
    await expect(canned.title(title)).toContainText("Inactive");
    await page.getByRole("button", { name: "Make active" }).click();
    await expect(canned.title(title)).not.toContainText("Inactive");
  });

  await test.step("an assignee reads it and is offered no form", async () => {
    const samPage = await enter("assignee");
    const sam = new CannedReplies(samPage);
    await sam.open();
    await sam.title(title).click();
    await expect(sam.message("Hello Mira Okafor.")).toBeVisible();
    await expect(samPage.getByRole("main").getByRole("textbox")).toHaveCount(0);
    await expect(sam.title("Old fee schedule")).toHaveCount(0);
  });
});

test("an assignee inserts a canned reply by / and by the button, and the draft keeps it", async ({ enter, api }) => {
  const [mira, sam] = [await api("customer"), await api("assignee")];
  const ticket = await mira.file({ subject: unique("Answered from the can") });
  await sam.claim(ticket);
  const page = await enter("assignee");
  const [desk, picker, { keyboard }] = [new DeskTicket(page), new Picker(page), page];
  await desk.open(ticket);

  await test.step("Escape leaves the text and the caret as they were", async () => {
    await desk.reply.text.click();
    await keyboard.type("Good morning,\n/");
    await expect(picker.search).toBeFocused();
    await keyboard.press("Escape");
    await expect(picker.dialog).toBeHidden();
    await expect(desk.reply.text).toHaveValue("Good morning,\n");
    await expect(desk.reply.text).toBeFocused();
  });

  await test.step("arrows and Enter choose, and the text is filled for this ticket where the caret was", async () => {
    await keyboard.press("/");
    await expect(picker.option(/./).first()).toBeVisible();
    await keyboard.type("pending");
    await expect(picker.option(/./)).toHaveCount(1);
    await expect(picker.search).toHaveAttribute("aria-activedescendant", (await picker.option(/./).getAttribute("id")) ?? "");
    await picker.search.dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await expect(picker.dialog).toBeVisible();
    const [counted] = await Promise.all([page.waitForResponse(/reply_messages\/use/), keyboard.press("Enter")]);
    expect(counted.ok()).toBe(true);
    await expect(desk.reply.text).toHaveValue(/^Good morning,\nHello Mira Okafor,[^{}]+Sam Reyes$/);
    await expect(desk.reply.text).toBeFocused();
  });

  await test.step("the draft survives a reload, and the browser's own undo takes an insertion back", async () => {
    await desk.open(ticket);
    await expect(desk.reply.text).toHaveValue(/Sam Reyes$/);
    await desk.reply.text.fill("");
    await page.getByRole("button", { name: "Canned reply" }).click();
    await picker.search.fill("greeting");
    await picker.option(/looking into it now/).click();
    await expect(desk.reply.text).toHaveValue(new RegExp(`FS-${ticket.number}`));
    await desk.reply.text.press("ControlOrMeta+z");
    await expect(desk.reply.text).toHaveValue("");
  });

  await test.step("a slash that is meant as one is typed by a second", async () => {
    await desk.reply.text.press("/");
    await expect(picker.search).toBeFocused();
    await keyboard.press("/");
    await expect(desk.reply.text).toHaveValue("/");
    await keyboard.type("payments/{id}");
    await expect(desk.reply.text).toHaveValue("/payments/{id}");
  });

  await test.step("a placeholder that is left is told of before it is sent, and filled by a press", async () => {
    await desk.reply.text.fill("Dear {customer.name}, it is done.");
    await desk.reply.send.click();
    await expect(page.getByText("This still has {customer.name} to be filled in.")).toBeVisible();
    await page.getByRole("button", { name: "Fill it in" }).click();
    await expect(desk.reply.text).toHaveValue("Dear Mira Okafor, it is done.");
    await desk.reply.send.click();
    await desk.deliver();
    await expect(desk.message("Dear Mira Okafor, it is done.")).toBeVisible();
  });

  await test.step("one that is meant is sent by a second try, once", async () => {
    await desk.reply.text.fill("Write {ticket.number} into the field.");
    await desk.reply.send.click();
    await expect(page.getByText("Look at this once more before it is sent")).toBeVisible();
    await desk.reply.send.click();
    await desk.deliver();
    await expect(desk.message("Write {ticket.number} into the field.")).toBeVisible();
    expect((await sam.replies(ticket)).length).toBe(2);
  });
});
