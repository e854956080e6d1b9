// Sessions that end behind somebody's back.
import { request, type Page } from "@playwright/test";
import { Api } from "./api.ts";
import { baseURL } from "./server.ts";

/** Ends the session of this browser, as a revocation elsewhere does: the browser is not told. */
export async function endSession(page: Page): Promise<void> {
  const cookies = await page.context().cookies();
  const token = cookies.find((cookie) => cookie.name === "finsupport")?.value;
  if (!token) throw new Error("nobody is signed in here");
  const outside = await request.newContext({ baseURL });
  await Api.with(token, outside, "customer").signOut();
  await outside.dispose();
}
