// The customer files a ticket and the agent answers it without a mouse.
import { Composer, DeskTicket, Queue } from "../pages/desk.ts";
import { CustomerTicket, MyTickets, NewTicket } from "../pages/portal.ts";
import { SignIn } from "../pages/sign-in.ts";
import { unique } from "../support/api.ts";
import { awake } from "../support/awake.ts";
import { tabTo } from "../support/keyboard.ts";
import { password, people } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("a customer signs in, files a ticket, replies and closes it with the keyboard", async ({ page, api }) => {
  const { keyboard } = page;
  const door = new SignIn(page);
  await door.open();
  await tabTo(door.email);
  await keyboard.type(people.customer.email);
  await tabTo(door.password);
  await keyboard.type(password);
  await keyboard.press("Enter");
  await expect(new MyTickets(page).words).toBeVisible();
  await awake(page);

  const subject = unique("Filed without a mouse");
  await tabTo(page.getByRole("link", { name: "New ticket" }));
  await keyboard.press("Enter");
  const form = new NewTicket(page);
  await tabTo(form.subject);
  await keyboard.type(subject);
  await tabTo(form.category);
  await keyboard.type("Ref");
  await tabTo(form.description);
  await keyboard.type("Where is my refund?");
  await tabTo(form.files.field);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), keyboard.press("Enter")]);
  await chooser.setFiles({ name: "statement.txt", mimeType: "text/plain", buffer: Buffer.from("a line of a statement") });
  await form.files.expectArrived("statement.txt");
  await tabTo(form.submit);
  await keyboard.press("Enter");
  const shown = new CustomerTicket(page);
  await expect(shown.subject).toHaveText(subject);
  await expect(shown.attached("statement.txt")).toBeVisible();

  await tabTo(shown.reply);
  await keyboard.type("It came today.");
  await tabTo(shown.send);
  await keyboard.press("Enter");
  await expect(shown.message("It came today.")).toBeVisible();

  await tabTo(page.locator("summary").filter({ hasText: "Close ticket" }));
  await keyboard.press("Enter");
  await tabTo(page.getByLabel("Very bad"));
  await keyboard.press("ArrowLeft");
  await expect(page.getByLabel("Very good")).toBeChecked();
  await tabTo(page.getByRole("button", { name: "Close this ticket" }));
  await keyboard.press("Enter");
  await expect(shown.next).toContainText("closed for good");
  const tickets = await api("customer");
  expect(await tickets.count(subject)).toBe(1);
});

test("an agent finds, claims, notes and answers a ticket with the keyboard", async ({ enter, api }) => {
  const subject = unique("Answered without a mouse");
  const ticket = await (await api("customer")).file({ subject });
  const page = await enter("assignee");
  const { keyboard } = page;
  const queue = new Queue(page);
  await tabTo(queue.view("Unassigned"));
  await keyboard.press("Enter");
  await expect(queue.view("Unassigned")).toHaveAttribute("aria-current", "page");
  await tabTo(queue.search);
  await keyboard.type(subject);
  await keyboard.press("Enter");
  await expect(queue.row(/FS-/)).toHaveCount(1);
  await tabTo(queue.row(subject));
  await keyboard.press("Enter");
  const desk = new DeskTicket(page);
  await expect(desk.subject).toHaveText(subject);
  await tabTo(desk.claim);
  await keyboard.press("Enter");
  await expect(desk.claim).toHaveCount(0);

  await openWithArrows(desk.note);
  await tabTo(desk.note.text);
  await keyboard.type("Refund left us on Monday.");
  await tabTo(desk.note.send);
  await keyboard.press("Enter");
  await expect(desk.message("Refund left us on Monday.")).toBeVisible();

  await openWithArrows(desk.reply);
  await tabTo(desk.reply.text);
  await keyboard.type("It is on its way.");
  await tabTo(desk.sendAndComplete);
  await keyboard.press("Enter");
  // It waits for ten seconds in the outbox.
  await expect(desk.status("Completed")).toBeVisible({ timeout: 30_000 });
  expect((await (await api("customer")).ticket(ticket)).status).toBe("COMPLETED");
});

/** Tabs are one stop; arrows go from one to the other (ARIA authoring practices, tabs). */
async function openWithArrows({ tab, text }: Composer): Promise<void> {
  const page = tab.page();
  if ((await tab.getAttribute("aria-selected")) === "true") return;
  await tabTo(page.getByRole("tab", { selected: true }));
  await page.keyboard.press("ArrowRight");
  await expect(tab).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(text).toBeVisible();
}

test("the focus stays near what was pressed and is gone", async ({ enter, api, inputs }) => {
  const ticket = await (await api("customer")).file({ subject: unique("Pressed and gone") });
  const page = await enter("assignee");
  const desk = new DeskTicket(page);
  await desk.open(ticket);
  const expectNear = () => expect.poll(() => page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);

  await desk.claim.press("Enter");
  await expect(desk.claim).toHaveCount(0);
  await expectNear();

  await desk.move("Start work").press("Enter");
  await expect(desk.move("Start work")).toHaveCount(0);
  await expectNear();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).press("Enter");
  await expect(page.getByText("Undone.")).toBeVisible();
  await expectNear();

  const fold = await desk.unfold("Escalate");
  await fold.getByLabel("Why can it not wait?").fill("It is payday.");
  await fold.getByRole("button", { name: "Escalate" }).press("Enter");
  await expect(page.getByText("escalated this (level 1): It is payday.").first()).toBeVisible();
  await expect(fold.locator("summary")).toBeFocused();

  const log = inputs.log("removed.log", 1_000);
  await desk.reply.files.upload(log);
  await desk.reply.files.remove(log.name).press("Enter");
  await expect(desk.reply.files.field).toBeFocused();
});
