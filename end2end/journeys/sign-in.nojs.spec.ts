import { SignIn } from "../pages/sign-in.ts";
import { refused } from "../support/faults.ts";
import { people } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("a customer signs in without JavaScript", async ({ page }) => {
  await new SignIn(page).enter(people.customer);
});

test("a wrong password is refused on the same page without JavaScript", async ({ page, faults }) => {
  faults.expect(...refused(401, "sessions/sign_in"));
  const signIn = new SignIn(page);
  await signIn.open();
  await signIn.fill(people.customer.email, "not-the-password");
  await expect(signIn.alert).toBeVisible();
  await expect(signIn.email).toHaveValue(people.customer.email);
});
