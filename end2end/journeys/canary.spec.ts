// What staff write for each other reaches no customer: not a byte of it, in no page, answer, event or file.
import type { BrowserContext, Page } from "@playwright/test";
import { DeskTicket } from "../pages/desk.ts";
import { CustomerTicket, MyTickets } from "../pages/portal.ts";
import { unique } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

/** Everything that this browser receives from now on: the bodies of answers, and what its event stream says. */
async function overhear(context: BrowserContext): Promise<() => Promise<string[]>> {
  const bodies: Promise<string>[] = [];
  const events: string[] = [];
  await context.exposeFunction("overheard", (data: string) => events.push(data));
  await context.addInitScript(() => {
    const Stream = window.EventSource;
    window.EventSource = class extends Stream {
      constructor(url: string | URL, options?: EventSourceInit) {
        super(url, options);
        const { overheard } = window as unknown as { overheard: (data: string) => void };
        for (const kind of ["message", "ready", "reset"]) {
          this.addEventListener(kind, (event) => overheard(String((event as MessageEvent).data)));
        }
      }
    };
  });
  context.on("response", (response) => {
    const kind = response.headers()["content-type"] ?? "";
    if (kind.includes("text/event-stream") || response.url().includes("/pkg/")) return;
    const headers = JSON.stringify(response.headers());
    // A redirection has no body, and that of a page which was left cannot be read any more.
    bodies.push(response.text().then((text) => headers + text, () => headers));
  });
  return async () => [...(await Promise.all(bodies)), ...events];
}

test("a note and the name of its file reach no customer", async ({ enter, api, inputs, faults }) => {
  const [mira, admin] = [await api("customer"), await api("admin")];
  const canary = unique("Kanarienvogel").replace(" ", "-");
  const subject = unique("Watched for what it must not show");
  const ticket = await mira.file({ subject });
  await mira.follow(ticket, "colleague");
  await admin.assign(ticket, "assignee");

  const pages: [Page, () => Promise<string[]>][] = [];
  for (const who of ["customer", "colleague"] as const) {
    const page = await enter(who);
    pages.push([page, await overhear(page.context())]);
    await new CustomerTicket(page).open(ticket);
  }

  const desk = new DeskTicket(await enter("assignee"));
  await desk.open(ticket);
  await desk.note.open();
  const file = inputs.receipt(`${canary}.pdf`);
  await desk.note.files.upload(file);
  await desk.note.text.fill(`The chargeback is ours to lose. ${canary}`);
  await desk.note.send.click();
  await expect(desk.message(canary)).toBeVisible();
  const secretFile = (await desk.attached(file.name).getAttribute("href")) ?? "";
  await desk.reply.open();
  await desk.reply.text.fill("Your bank is looking at it.");
  await desk.reply.send.click();
  await desk.deliver();

  faults.expect(/^404: GET .*\/files\//, /^console error: .*404.*\/files\//);
  for (const [page, heard] of pages) {
    const shown = new CustomerTicket(page);
    await expect(shown.message("Your bank is looking at it.")).toBeVisible();
    await page.reload();
    await expect(shown.message("Your bank is looking at it.")).toBeVisible();
    const list = new MyTickets(page);
    await list.open("?q=Kanarienvogel");
    await expect(page.getByText("No ticket matches")).toBeVisible();
    await list.open(`?q=${encodeURIComponent(subject)}`);
    await page.goto("/my-files");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Files");
    expect((await page.goto(secretFile))?.status(), "the file itself").toBe(404);
    const all = await heard();
    expect(all.filter((text) => text.includes(subject)).length, "what is for them is heard").toBeGreaterThan(2);
    expect(all.filter((text) => text.includes(canary)), "what is not for them").toEqual([]);
  }
});
