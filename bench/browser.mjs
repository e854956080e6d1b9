// What a person at a browser waits for, in Chromium: from a key until the changed page is painted, the first paint, the page
// awake, and what comes over the wire on a first visit.
import { createRequire } from "node:module";
import { spread } from "./load.mjs";

const { chromium } = createRequire(new URL("../end2end/package.json", import.meta.url))("@playwright/test");
const QUEUE = "/desk?view=all-i-see";
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const VISITS = 5;
const KEYS = 30;

export async function browse(server, { admin, assignee, customer }) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ARGUMENTS });
  try {
    return [
      ...(await visits(browser, server, "portal", "/tickets", customer)),
      ...(await visits(browser, server, "desk", QUEUE, assignee)),
      ...(await keys(browser, server, admin)),
    ];
  } finally {
    await browser.close();
  }
}

/** The first visit, several times: a new profile has nothing cached. */
async function visits(browser, server, name, path, cookie) {
  const [bytes, paint, awake, wasm, alive] = [[], [], [], [], []];
  for (let nth = 0; nth < VISITS; nth++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await signedIn(context, server, cookie);
    const protocol = await context.newCDPSession(page);
    await protocol.send("Network.enable");
    let sum = 0;
    protocol.on("Network.loadingFinished", ({ encodedDataLength }) => (sum += encodedDataLength));
    await page.addInitScript(() => {
      addEventListener("data-awake", () => (window.awakeAt = performance.now()));
      // When the last of the files was compiled.
      for (const way of ["instantiateStreaming", "instantiate"]) {
        const real = WebAssembly[way];
        WebAssembly[way] = async (...given) => {
          const made = await real.apply(WebAssembly, given);
          if (window.awakeAt === undefined) window.compiledAt = performance.now();
          return made;
        };
      }
    });
    await page.goto(server.url + path);
    await page.waitForFunction(() => window.awakeAt !== undefined);
    const seen = await page.evaluate(() => {
      const entry = performance.getEntriesByType("resource").find(({ name }) => name.endsWith(".wasm"));
      const [first] = performance.getEntriesByName("first-contentful-paint");
      return { paint: first?.startTime, awake: window.awakeAt, wasm: entry?.responseEnd ?? 0, compiled: window.compiledAt };
    });
    paint.push(seen.paint);
    awake.push(seen.awake);
    wasm.push(seen.awake - seen.wasm);
    alive.push(seen.awake - seen.compiled);
    // What is asked for ahead comes once the page is awake.
    await page.waitForTimeout(500);
    bytes.push(sum);
    await context.close();
  }
  return [
    { id: `visit-${name}`, what: `first visit of the ${name}, bytes over the wire`, clients: 1, bytesEach: spread(bytes).p50 },
    { id: `paint-${name}`, what: `first contentful paint of the ${name}`, clients: 1, ...spread(paint) },
    { id: `awake-${name}`, what: `the ${name} awake, since it was asked for`, clients: 1, ...spread(awake) },
    { id: `hydrate-${name}`, what: `hydration of the ${name}: from the last byte of wasm, compiling included`, clients: 1, ...spread(wasm) },
    { id: `alive-${name}`, what: `hydration of the ${name}: since the last of its wasm was compiled`, clients: 1, ...spread(alive) },
  ];
}

async function keys(browser, server, cookie) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await signedIn(context, server, cookie);
  await page.addInitScript(watchKeys);
  await page.goto(server.url + QUEUE);
  await page.waitForSelector("html[data-awake]");
  const rows = [];
  const timed = async (id, what, times, press) => {
    const took = [];
    for (let nth = 0; nth < times; nth++) {
      const one = await press(nth);
      if (one !== undefined) took.push(one);
    }
    rows.push({ id: `key-${id}`, what: `key to paint: ${what}`, clients: 1, ...spread(took) });
  };
  const press = async (key, shown) => {
    await page.evaluate((shown) => window.watch(shown), shown);
    await page.keyboard.press(key);
    const took = await page.evaluate(() => window.painted);
    // The next ticket is asked for ahead; a person looks at one before going on.
    await page.waitForTimeout(150);
    return took;
  };
  const chooser = "dialog[open], [popover]:popover-open";
  const chosen = async (key) => {
    const took = await press(key, chooser);
    // Where nothing is open, Escape would leave the ticket.
    if (await page.$(chooser)) await page.keyboard.press("Escape");
    await page.waitForTimeout(150);
    return took;
  };
  await timed("open", "open a ticket (j from the queue)", 5, async () => {
    await page.goto(server.url + QUEUE);
    await page.waitForSelector("html[data-awake]");
    await page.waitForTimeout(300);
    return press("j", "[aria-current=true].desk-row");
  });
  await timed("next", "j and k, the open row marked", KEYS, (nth) => press(nth % 3 === 2 ? "k" : "j", ""));
  await timed("conversation", "j and k, the next conversation there", KEYS, async (nth) => {
    await page.evaluate(() => document.querySelector("main.desk-ticket").setAttribute("data-before", ""));
    return press(nth % 3 === 2 ? "k" : "j", "main.desk-ticket:not([data-before])");
  });
  await timed("status", "s, the choice of status shown", KEYS / 2, () => chosen("s"));
  await timed("assign", "a, the choice of assignee shown", KEYS / 2, () => chosen("a"));
  await timed("reply", "r, the composer ready", KEYS / 2, async () => {
    const took = await press("r", "textarea:focus");
    await page.evaluate(() => document.activeElement?.blur());
    await page.waitForTimeout(150);
    return took;
  });
  await timed("typing", "a letter in the composer", KEYS, async (nth) => {
    if (nth === 0) await press("r", "textarea:focus");
    return press("x", "");
  });
  await context.close();
  return rows;
}

/** In the page: after `watch`, `painted` is how long the next key took until what it changed was painted. */
function watchKeys() {
  window.watch = (shown) => {
    window.painted = new Promise((resolve) => {
      addEventListener("keydown", ({ timeStamp }) => {
        const done = () => {
          observer.disconnect();
          clearTimeout(late);
          requestAnimationFrame(() => {
            // The next task comes after the frame was painted; this one before whatever the page put off until then.
            scheduler.postTask(() => resolve(performance.now() - timeStamp), { priority: "user-blocking" });
          });
        };
        const look = () => !shown || document.querySelector(shown) !== null;
        const observer = new MutationObserver(() => look() && done());
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        addEventListener("input", () => look() && done(), { once: true, capture: true });
        addEventListener("focusin", () => shown && look() && done(), { once: true, capture: true });
        const late = setTimeout(() => (observer.disconnect(), resolve(undefined)), 3000);
      }, { once: true, capture: true });
    });
  };
}

async function signedIn(context, server, cookie) {
  await context.addCookies([{ name: "finsupport", value: cookie, url: server.url }]);
  return context.newPage();
}
