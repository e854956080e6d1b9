import { SignIn } from "../pages/sign-in.ts";
import { expectAccessible } from "../support/accessibility.ts";
import { refused } from "../support/faults.ts";
import { people } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

for (const [who, person] of Object.entries(people)) {
  test(`${who} signs in and arrives at ${person.home}`, async ({ page }) => {
    await new SignIn(page).enter(person);
  });
}

test("axe finds nothing on the sign-in page", async ({ page }) => {
  await new SignIn(page).open();
  await expectAccessible(page);
});

test("a wrong password is refused and the address stays typed", async ({ page, faults }) => {
  faults.expect(...refused(401, "sessions/sign_in"));
  const signIn = new SignIn(page);
  await signIn.open();
  await signIn.fill(people.customer.email, "not-the-password");
  await expect(signIn.alert).toBeVisible();
  await expect(signIn.email).toHaveValue(people.customer.email);
  await expect(signIn.password).toHaveValue("");
});

test("a page behind the door leads through it and back", async ({ page }) => {
  await page.goto("/tickets?status=OPEN");
  const signIn = new SignIn(page);
  await expect(signIn.submit).toBeVisible();
  await signIn.fill(people.customer.email, "finsupport-demo");
  await expect(page).toHaveURL(/\/tickets\?status=OPEN$/);
});
