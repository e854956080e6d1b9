// The journeys run against the release build with demo data, on a free port and in a folder of its own.
// Against a product that already runs: FINSUPPORT_URL=http://127.0.0.1:3000 npx playwright test
import { defineConfig, type Project } from "@playwright/test";
import { baseURL, data, remoteURL, serve, serveRemote } from "./support/server.ts";

const desktop = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };

/** Which journeys a project takes is told by the ending of their file. */
const project = (name: string, ending: RegExp, use: Project["use"]): Project => ({ name, testMatch: ending, use });

export default defineConfig({
  testDir: "journeys",
  outputDir: "test-results/artifacts",
  globalTeardown: "./support/teardown.ts",
  reporter: [["list"], ["./support/summary.ts"], ["json", { outputFile: "test-results/results.json" }]],
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL,
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    project("desktop", /^(?!.*\.(nojs|phone|remote)\.spec\.ts$).*\.spec\.ts$/, { viewport: desktop }),
    project("no-js", /\.nojs\.spec\.ts$/, { viewport: desktop, javaScriptEnabled: false }),
    project("phone", /\.phone\.spec\.ts$/, { viewport: phone, hasTouch: true, isMobile: true }),
  ].concat(process.env.FINSUPPORT_URL && !process.env.FINSUPPORT_REMOTE_URL ? [] : [project("remote", /\.remote\.spec\.ts$/, { viewport: desktop, baseURL: remoteURL })]),
  webServer: [
    { command: serve, url: `${baseURL}/healthz` },
    { command: serveRemote, url: `${remoteURL}/healthz` },
  ].flatMap(({ command, url }) =>
    command ? [{ command, cwd: "..", url, timeout: 60_000, gracefulShutdown: { signal: "SIGTERM" as const, timeout: 15_000 } }] : [],
  ),
  metadata: { data },
});
