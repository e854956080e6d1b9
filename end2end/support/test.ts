// `test` for every journey: the pages are watched for complaints, people sign in through the form, inputs are at hand.
import { test as base, type Page } from "@playwright/test";
import { Faults } from "./faults.ts";
import { Inputs } from "./inputs.ts";
import { people, type Who } from "./people.ts";
import { SignIn } from "../pages/sign-in.ts";

interface Journey {
  /** What the pages complained about; checked at the end of every journey. */
  faults: Faults;
  /** A browser of their own for this person, signed in and at home. */
  enter: (who: Who) => Promise<Page>;
}

interface Worker {
  inputs: Inputs;
}

export const test = base.extend<Journey, Worker>({
  faults: [
    async ({ context }, use) => {
      const faults = new Faults();
      faults.watch(context);
      await use(faults);
      faults.check();
    },
    { auto: true },
  ],

  enter: async ({ browser, faults }, use) => {
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async (who) => {
      const context = await browser.newContext();
      contexts.push(context);
      faults.watch(context);
      const page = await context.newPage();
      await new SignIn(page).enter(people[who]);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  inputs: [
    async ({ browser }, use) => {
      const inputs = await Inputs.make(browser);
      await use(inputs);
      inputs.remove();
    },
    { scope: "worker" },
  ],
});

export { expect } from "@playwright/test";
