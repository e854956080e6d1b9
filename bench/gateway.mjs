// What a gateway costs: the same pages and calls, answered by the embedded service and by a site in front of it, side by
// side in one run. Prints a table; asserts nothing.
//   node bench/gateway.mjs [seconds]     target/release/finsupport must be built
import { load } from "./load.mjs";
import { ask, finsupport, freePort } from "./server.mjs";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";

const seconds = Number(process.argv[2] ?? 5);
const secret = "of-this-benchmark-only";
const folder = mkdtempSync(join(tmpdir(), "finsupport-bench-"));
const programs = [];

const [embedded, remote] = await Promise.all([freePort(), freePort()]);
const gateway = `http://127.0.0.1:${embedded}`;
const site = `http://127.0.0.1:${remote}`;

try {
  await start("there", embedded, ["--service-client", "desk"], { FINSUPPORT_SERVICE_SECRET: secret });
  await start(
    "here",
    remote,
    ["--gateway", gateway, "--gateway-token-url", `${gateway}/desk/1.0.0/oauth/token`, "--gateway-client", "desk"],
    { FINSUPPORT_GATEWAY_CLIENT_SECRET: secret },
  );
  const rows = [];
  const ticket = await newest(gateway);
  for (const [what, path, cookie] of [
    ["queue page", "/desk?view=all-i-see", true],
    ["ticket page", `/desk/tickets/${ticket}`, true],
    ["API list of 50", "/finsupport/1.0.0/tickets", false],
    ["API ticket's replies", `/finsupport/1.0.0/tickets/${ticket}/replies`, false],
  ]) {
    for (const clients of [1, 16]) {
      const [here, there] = [await measure(gateway, path, clients, cookie), await measure(site, path, clients, cookie)];
      rows.push([what, clients, ms(here), ms(there), (there.p50 / here.p50).toFixed(1), here.rate.toFixed(0), there.rate.toFixed(0)]);
    }
  }
  console.log(`\n${seconds} s each on ${cpus().length} cores, release build, demo data, all processes on this machine\n`);
  table(["what", "clients", "embedded p50 / p99 ms", "remote p50 / p99 ms", "ratio", "embedded /s", "remote /s"], rows);
} finally {
  for (const program of programs) program.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}

async function start(name, port, more, variables) {
  const options = ["serve", "--demo", "--log", "off", "--customer-writes", "0", "--data", join(folder, name), "--addr", `127.0.0.1:${port}`, ...more];
  const program = spawn(finsupport, options, { env: { ...process.env, ...variables }, stdio: "ignore" });
  programs.push(program);
  while (program.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error(`finsupport ${options.join(" ")} ended with ${program.exitCode}`);
}

/** A token for this side: sessions are each one's own. */
async function token(base) {
  const body = JSON.stringify({ email: "assignee@example.com", password: "finsupport-demo" });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${base}/desk/1.0.0/token`, { method: "POST", body, headers });
  return (await answer.json()).access_token;
}

async function newest(base) {
  const list = await ask({ url: base }, await token(base), "/finsupport/1.0.0/tickets?pageSize=1&status=WAITING");
  return list.items[0].ticketId;
}

async function measure(base, path, clients, cookie) {
  const key = await token(base);
  const headers = cookie ? { cookie: `finsupport=${key}`, accept: "text/html" } : { authorization: `Bearer ${key}` };
  return load({ url: base, cpu: () => 0, own: () => 0 }, { paths: [path], clients, seconds, headers });
}

function ms({ p50, p99 }) {
  return `${p50.toFixed(2)} / ${p99.toFixed(1)}`;
}

function table(head, rows) {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) console.log(line.map((cell, column) => cell.padEnd(widths[column])).join("  "));
}
