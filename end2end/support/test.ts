// `test` for every journey: the pages are watched for complaints, people sign in through the form, inputs are at hand.
import { test as base, type Page } from "@playwright/test";
import { Api } from "./api.ts";
import { runsCode } from "./awake.ts";
import { Faults } from "./faults.ts";
import { Inputs } from "./inputs.ts";
import { people, type Person, type Who } from "./people.ts";
import { baseURL } from "./server.ts";
import { SignIn } from "../pages/sign-in.ts";

interface Journey {
  /** What the pages complained about; checked at the end of every journey. */
  faults: Faults;
  /** A browser of their own for this person, signed in and at home. */
  enter: (who: Who | Person) => Promise<Page>;
}

interface Worker {
  inputs: Inputs;
  /** Somebody's own door to the API. */
  api: (who: Who) => Promise<Api>;
}

export const test = base.extend<Journey, Worker>({
  faults: [
    async ({ context, javaScriptEnabled }, use) => {
      const faults = new Faults();
      faults.watch(context, javaScriptEnabled);
      if (javaScriptEnabled) runsCode(context);
      await use(faults);
      faults.check();
    },
    { auto: true },
  ],

  enter: async ({ browser, faults, javaScriptEnabled }, use) => {
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async (who) => {
      const context = await browser.newContext();
      contexts.push(context);
      faults.watch(context, javaScriptEnabled);
      if (javaScriptEnabled) runsCode(context);
      const page = await context.newPage();
      await new SignIn(page).enter(typeof who === "string" ? people[who] : who);
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

  api: [
    async ({ playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL });
      const doors = new Map<Who, Promise<Api>>();
      await use((who) => {
        const door = doors.get(who) ?? Api.as(people[who], request);
        doors.set(who, door);
        return door;
      });
      await request.dispose();
    },
    { scope: "worker" },
  ],
});

export { expect } from "@playwright/test";
