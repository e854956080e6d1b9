// What an agent types is never lost: it is kept in the browser and on the server, and earlier versions come back.
import type { APIRequestContext } from "@playwright/test";
import { DeskTicket, Drafts } from "../pages/desk.ts";
import { Account } from "../pages/parts.ts";
import { CustomerTicket } from "../pages/portal.ts";
import { SignIn } from "../pages/sign-in.ts";
import { unique, type Ticket } from "../support/api.ts";
import { awake } from "../support/awake.ts";
import { hold } from "../support/network.ts";
import { password, people } from "../support/people.ts";
import { Program } from "../support/program.ts";
import { endSession } from "../support/session.ts";
import { expect, test } from "../support/test.ts";

test.describe("a draft of the desk", () => {
  test("is saved while its author types on, and is there after a reload", async ({ enter, api }) => {
    const ticket = await (await api("customer")).file({ subject: unique("Typed and loaded again") });
    await (await api("assignee")).claim(ticket);
    const page = await enter("assignee");
    const desk = new DeskTicket(page);
    await desk.open(ticket);
    await desk.reply.text.fill("Dear Mira, I am loo");
    await expect(desk.reply.draft).toContainText("Draft saved");
    await desk.reply.text.pressSequentially("king");
    await page.reload();
    await awake(page);
    await expect(desk.reply.text).toHaveValue("Dear Mira, I am looking");
    await expect(desk.reply.draft).toContainText("Draft saved");
  });

  test("that was sent in one window is not sent again from another", async ({ enter, api }) => {
    const ticket = await (await api("customer")).file({ subject: unique("In two windows") });
    await (await api("assignee")).claim(ticket);
    const page = await enter("assignee");
    const [desk, other] = [new DeskTicket(page), new DeskTicket(await page.context().newPage())];
    await desk.open(ticket);
    await desk.reply.text.fill("Dear Mira, once.");
    await expect(desk.reply.draft).toContainText("Draft saved");
    await other.open(ticket);
    await expect(other.reply.text).toHaveValue("Dear Mira, once.");
    await other.reply.send.click();
    await other.deliver();
    await expect(desk.reply.text).toHaveValue("");
  });

  test("follows its author to another browser, and a note stays a note", async ({ enter, api }) => {
    const ticket = await (await api("customer")).file({ subject: unique("Begun on another machine") });
    await (await api("assignee")).claim(ticket);
    const page = await enter("assignee");
    const desk = new DeskTicket(page);
    await desk.open(ticket);
    await desk.reply.text.fill("For the customer");
    await expect(desk.reply.draft).toContainText("Draft saved");
    await desk.note.open();
    await desk.note.text.fill("For colleagues");
    await expect(desk.note.draft).toContainText("Draft saved");
    await new Account(page).choose("Sign out");
    await expect(page).toHaveURL(/sign-in/);

    const elsewhere = new DeskTicket(await enter("assignee"));
    await elsewhere.open(ticket);
    await expect(elsewhere.reply.text).toHaveValue("For the customer");
    await elsewhere.note.open();
    await expect(elsewhere.note.text).toHaveValue("For colleagues");
    await elsewhere.note.send.click();
    await expect(elsewhere.message("For colleagues")).toContainText("staff only");
    await expect(elsewhere.note.text).toHaveValue("");
    await elsewhere.reply.open();
    await expect(elsewhere.reply.text).toHaveValue("For the customer");
  });

  test("reaches the server when its page is left in the middle of a word", async ({ enter, api }) => {
    const mira = await api("customer");
    const [left, closed] = [await mira.file({ subject: unique("Left for the queue") }), await mira.file({ subject: unique("Left for good") })];
    for (const ticket of [left, closed]) await (await api("assignee")).claim(ticket);
    const page = await enter("assignee");
    const desk = new DeskTicket(page);
    await desk.open(left);
    await desk.reply.text.fill("Left within the des");
    await page.getByRole("navigation").getByRole("link", { name: "Followed" }).click();
    await desk.open(closed);
    await desk.reply.text.fill("Left for go");
    await page.goto("/account");

    const elsewhere = new DeskTicket(await enter("assignee"));
    await elsewhere.open(left);
    await expect(elsewhere.reply.text).toHaveValue("Left within the des");
    await elsewhere.open(closed);
    await expect(elsewhere.reply.text).toHaveValue("Left for go");
  });

  test("typed offline gives way to a newer one from elsewhere, and is kept", async ({ enter, api, faults }) => {
    faults.expect(/ERR_INTERNET_DISCONNECTED/);
    const ticket = await (await api("customer")).file({ subject: unique("Typed on a train") });
    await (await api("assignee")).claim(ticket);
    const train = await enter("assignee");
    const desk = new DeskTicket(train);
    await desk.open(ticket);
    await train.context().setOffline(true);
    await desk.reply.text.fill("Typed on the train");
    await expect(desk.reply.draft).toContainText("kept in this browser only");
    await train.close();

    const office = new DeskTicket(await enter("assignee"));
    await office.open(ticket);
    await office.reply.text.fill("Written at the office");
    await expect(office.reply.draft).toContainText("Draft saved");

    const context = train.context();
    await context.setOffline(false);
    const home = new DeskTicket(await context.newPage());
    await home.open(ticket);
    await expect(home.reply.text).toHaveValue("Written at the office");
    await expect(home.reply.draft).toContainText("This draft is newer than what you typed here");
    await home.reply.draft.getByRole("button", { name: "show" }).click();
    await expect(home.reply.text).toHaveValue("Typed on the train");
    await expect(home.reply.draft).toContainText("Draft saved");
  });

  test("is not touched by a colleague who types on the same ticket", async ({ enter, api }) => {
    const ticket = await (await api("customer")).file({ subject: unique("Two agents type") });
    await (await api("assignee")).claim(ticket);
    const [sam, ada] = [new DeskTicket(await enter("assignee")), new DeskTicket(await enter("admin"))];
    await sam.open(ticket);
    await ada.open(ticket);
    await sam.reply.text.fill("From Sam");
    await ada.reply.text.fill("From Ada");
    for (const desk of [sam, ada]) await expect(desk.reply.draft).toContainText("Draft saved");
    await ada.reply.send.click();
    await expect(sam.message("From Ada")).toBeVisible();
    await expect(sam.reply.text).toHaveValue("From Sam");
    await sam.page.reload();
    await expect(sam.reply.text).toHaveValue("From Sam");
  });

  test("comes back as an earlier version, and the present text becomes one first", async ({ enter, api }) => {
    const ticket = await (await api("customer")).file({ subject: unique("Written twice") });
    await (await api("assignee")).claim(ticket);
    const desk = new DeskTicket(await enter("assignee"));
    await desk.open(ticket);
    await desk.reply.text.fill("A long and careful answer to the question");
    await expect(desk.reply.draft).toContainText("Draft saved");
    await desk.reply.text.fill("Short");
    await expect(desk.reply.earlier).toBeVisible();
    await desk.reply.earlier.click();
    await desk.reply.version("A long and careful answer").click();
    await expect(desk.reply.text).toHaveValue("A long and careful answer to the question");
    await desk.reply.earlier.click();
    await desk.reply.version("Short").click();
    await expect(desk.reply.text).toHaveValue("Short");
    await expect(desk.reply.draft).toContainText("Draft saved");

    // What was sent can be taken up again.
    await desk.reply.send.click();
    await expect(desk.message("Short")).toBeVisible();
    await expect(desk.reply.text).toHaveValue("");
    await desk.reply.earlier.click();
    await desk.reply.version("Short").first().click();
    await expect(desk.reply.text).toHaveValue("Short");
  });

  test("keeps what is typed while the text before it is on its way", async ({ enter, api }) => {
    const mira = await api("customer");
    const ticket = await mira.file({ subject: unique("Typed on") });
    await (await api("assignee")).claim(ticket);
    const [customer, staff] = [await enter("customer"), await enter("assignee")];
    const [portal, desk] = [new CustomerTicket(customer), new DeskTicket(staff)];
    await portal.open(ticket);
    await desk.open(ticket);
    for (const { page, text, send, message, first } of [
      { page: customer, text: portal.reply, send: portal.send, message: portal.message("First."), first: "First." },
      { page: staff, text: desk.reply.text, send: desk.reply.send, message: desk.message("Mine first."), first: "Mine first." },
    ]) {
      const late = await hold(page, /\/rpc\/replies\//);
      await text.fill(first);
      await send.click();
      await text.press("End");
      await text.pressSequentially(" Second thought.");
      late.release();
      await expect(message).toBeVisible();
      await expect(text).toHaveValue("Second thought.");
    }
  });

  test("goes to nobody else's drafts when somebody else signs in in another window", async ({ enter, api, faults }) => {
    faults.expect(/401.*\/rpc\//);
    const ticket = await (await api("customer")).file({ subject: unique("Whose draft") });
    await (await api("assignee")).claim(ticket);
    const page = await enter("assignee");
    const desk = new DeskTicket(page);
    await desk.open(ticket);
    await desk.reply.text.fill("Begun by one");
    await expect(desk.reply.draft).toContainText("Draft saved");
    const other = await page.context().newPage();
    await other.goto("/desk");
    await awake(other);
    await new Account(other).choose("Sign out");
    await new SignIn(other).fill(people.admin.email, password);
    await expect(other).toHaveURL(/\/desk/);
    await desk.reply.text.fill("Begun by one, and more of it");
    await expect(desk.reply.draft).toContainText("kept in this browser only");
    await page.locator("h1").click();
    const refused = page.waitForResponse((answer) => answer.url().includes("/rpc/followers/add") && answer.status() === 401);
    await page.keyboard.press("f");
    await refused;
    const admin = new DeskTicket(other);
    await admin.open(ticket);
    await expect(admin.reply.text).toHaveValue("");
    await expect(other.getByText("Unfollow")).toHaveCount(0);
  });

  test("that is emptied in one window stays in the other", async ({ enter, api }) => {
    const ticket = await (await api("customer")).file({ subject: unique("Emptied in one") });
    await (await api("assignee")).claim(ticket);
    const page = await enter("assignee");
    const [one, two] = [new DeskTicket(page), new DeskTicket(await page.context().newPage())];
    await one.open(ticket);
    await one.reply.text.fill("A long text of the day");
    await expect(one.reply.draft).toContainText("Draft saved");
    await two.open(ticket);
    await expect(two.reply.text).toHaveValue("A long text of the day");
    await two.reply.text.fill("");
    await two.reply.text.pressSequentially("Quite different");
    await expect(two.reply.draft).toContainText("Draft saved");
    await expect(one.reply.text).toHaveValue("A long text of the day");
  });

  test("of two windows loses neither text", async ({ enter, api }) => {
    const ticket = await (await api("customer")).file({ subject: unique("Two windows") });
    await (await api("assignee")).claim(ticket);
    const [one, two] = [new DeskTicket(await enter("assignee")), new DeskTicket(await enter("assignee"))];
    await one.open(ticket);
    await two.open(ticket);
    await one.reply.text.fill("Typed in the first");
    await expect(one.reply.draft).toContainText("Draft saved");
    await two.reply.text.fill("Written in the second");
    await expect(two.reply.draft).toContainText("A newer draft from another window");
    await two.reply.draft.getByRole("button", { name: "show" }).click();
    await expect(two.reply.text).toHaveValue("Typed in the first");
    await expect(two.reply.draft).toContainText("Draft saved");
    await two.reply.earlier.click();
    await expect(two.reply.version("Written in the second")).toBeVisible();
  });

  test("waits in the browser while the session is over, and is saved after signing in again", async ({ enter, api, faults }) => {
    const ticket = await (await api("customer")).file({ subject: unique("Ended while typing") });
    await (await api("assignee2")).claim(ticket);
    const page = await enter("assignee2");
    const desk = new DeskTicket(page);
    await desk.open(ticket);
    await desk.reply.text.fill("Dear Mira");
    await expect(desk.reply.draft).toContainText("Draft saved");
    await endSession(page);
    faults.expect(/401.*\/rpc\/drafts\/save/);
    await desk.reply.text.fill("Dear Mira, after the end");
    await expect(desk.reply.draft).toContainText("kept in this browser only");
    const [tab] = await Promise.all([page.waitForEvent("popup"), desk.reply.draft.getByRole("link", { name: /Sign in again/ }).click()]);
    await new SignIn(tab).fill(people.assignee2.email, password);
    await expect(tab).not.toHaveURL(/sign-in/);
    await tab.close();
    await expect(desk.reply.draft).toContainText("Draft saved", { timeout: 30_000 });

    const elsewhere = new DeskTicket(await enter("assignee2"));
    await elsewhere.open(ticket);
    await expect(elsewhere.reply.text).toHaveValue("Dear Mira, after the end");
  });

  test("stays its author's when the ticket is given to somebody else", async ({ enter, api, faults }) => {
    faults.expect(/404.*\/rpc\/threads\/one/);
    const ticket = await (await api("customer")).file({ subject: unique("Passed on while typing") });
    const admin = await api("admin");
    await admin.assign(ticket, "assignee");
    const page = await enter("assignee");
    const desk = new DeskTicket(page);
    await desk.open(ticket);
    const words = unique("My own words");
    await desk.reply.text.fill(words);
    await expect(desk.reply.draft).toContainText("Draft saved");
    await admin.assign(ticket, "assignee2");
    await expect(page.getByText("This ticket is no longer yours to see")).toBeVisible();
    await expect(desk.reply.text).toHaveValue(words);

    const drafts = new Drafts(page);
    await drafts.open();
    const own = drafts.of(ticket);
    await expect(own.getByRole("textbox")).toHaveValue(words);
    await expect(own).toContainText("You no longer see this ticket");
    await expect(own).not.toContainText(ticket.subject);
    await own.getByRole("button", { name: "Discard" }).click();
    await expect(own).toHaveCount(0);
  });
});

test.describe("with a server of its own", () => {
  test.skip(!Program.path, "against a product that runs already, FINSUPPORT_PROGRAM names the program to start");

  test("a draft survives the server being killed, and what was typed meanwhile arrives when it is back", async ({ browser }) => {
    const server = await Program.start();
    const context = await browser.newContext({ baseURL: server.url });
    try {
      const page = await context.newPage();
      await page.goto("/sign-in");
      await new SignIn(page).fill(people.assignee.email, password);
      await expect(page).toHaveURL(/\/desk/);
      const ticket = await ticketOf(page.request, server.url);
      const desk = new DeskTicket(page);
      await page.goto(`/desk/tickets/${ticket.ticketId}`);
      await expect(desk.subject).toHaveText(ticket.subject);
      await expect(desk.reply.text).toBeVisible();
      await expect(async () => {
        await desk.reply.text.fill("Before the crash");
        await expect(desk.reply.draft).toContainText("Draft saved", { timeout: 3_000 });
      }).toPass();
      await server.kill();
      await desk.reply.text.fill("Before the crash, and after it");
      await expect(desk.reply.draft).toContainText("kept in this browser only");
      await server.again();
      await expect(desk.reply.draft).toContainText("Draft saved", { timeout: 60_000 });
    } finally {
      await context.close();
      await server.remove();
    }
  });
});

/** A ticket of the signed-in agent's own. */
async function ticketOf(request: APIRequestContext, url: string): Promise<Ticket> {
  const token = await request.post(`${url}/desk/1.0.0/token`, { data: { email: people.assignee.email, password } });
  const authorization = `Bearer ${((await token.json()) as { access_token: string }).access_token}`;
  const viewer = (await (await request.get(`${url}/desk/1.0.0/session`, { headers: { authorization } })).json()) as { person: { id: string } };
  const path = `${url}/finsupport/1.0.0/assignees/${viewer.person.id}/tickets?status=IN_PROGRESS`;
  const [first] = ((await (await request.get(path, { headers: { authorization } })).json()) as { items: Ticket[] }).items;
  if (!first) throw new Error("the demo gives the agent tickets");
  return first;
}
