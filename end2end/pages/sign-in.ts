// The sign-in page, by what a person reads on it.
import { expect, type Locator, type Page } from "@playwright/test";
import { awake } from "../support/awake.ts";
import { password, type Person } from "../support/people.ts";

export class SignIn {
  readonly email: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly alert: Locator;

  constructor(readonly page: Page) {
    this.email = page.getByLabel("E-mail");
    this.password = page.getByLabel("Password", { exact: true });
    this.submit = page.getByRole("button", { name: "Sign in" });
    this.alert = page.getByRole("alert");
  }

  async open(): Promise<void> {
    await this.page.goto("/sign-in");
  }

  async fill(email: string, secret: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(secret);
    await this.submit.click();
  }

  /** Signs in and arrives at home. */
  async enter(person: Person): Promise<void> {
    await this.open();
    await this.fill(person.email, password);
    await expect(this.page).toHaveURL((url) => url.pathname === person.home);
    await awake(this.page);
  }
}
