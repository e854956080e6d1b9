import { SignIn } from "../pages/sign-in.ts";
import { expectAccessible } from "../support/accessibility.ts";
import { people } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("the sign-in page fits a phone and lets a customer in", async ({ page }) => {
  const signIn = new SignIn(page);
  await signIn.open();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, "nothing sticks out sideways").toBeLessThanOrEqual(0);
  await expectAccessible(page);
  await signIn.enter(people.customer);
});
