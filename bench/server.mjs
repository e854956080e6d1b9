// Data folders and the programs that serve them, with what the system knows of each program: time and memory.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const release = process.env.CARGO_TARGET_DIR ? join(process.env.CARGO_TARGET_DIR, "release") : "target/release";
export const finsupport = join(release, "finsupport");
export const yardsticks = join(release, "yardsticks");

/** Who is in every folder. The customer is the first of the made-up ones, who has the most tickets. */
export const people = {
  admin: { email: "bench-admin@example.com", role: "admin" },
  assignee: { email: "bench-assignee@example.com", role: "assignee" },
  customer: { email: "load-2@example.com" },
};
const password = "of-this-benchmark-only";

/** A folder with so many tickets and five times as many messages: the one of last time, if it was made the same way. */
export function prepare(size) {
  const folder = join("target/bench", String(size));
  const mark = join(folder, "seed.json");
  const way = { size, schema: hash("crates/api/migrations"), seed: hash("crates/api/src/seed") };
  if (existsSync(mark) && sameAs(JSON.parse(readFileSync(mark, "utf8")), way)) return { folder, seeded: JSON.parse(readFileSync(mark, "utf8")) };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const data = ["--data", folder];
  for (const { email, role } of [people.admin, people.assignee]) {
    told(["user", "add", "--name", `Bench ${role}`, "--email", email, "--role", role, ...data], password);
  }
  console.error(`Seeding ${size} tickets and ${5 * size} messages …`);
  const start = performance.now();
  const { status } = spawnSync(finsupport, ["seed", "--tickets", String(size), "--replies", String(5 * size), ...data], { stdio: "inherit" });
  if (status !== 0) throw new Error(`finsupport seed ended with ${status}`);
  const seconds = (performance.now() - start) / 1000;
  told(["user", "password", people.customer.email, ...data], password);
  // What is still on its way to the disk would keep the first figures waiting.
  execFileSync("sync");
  const seeded = { ...way, seconds };
  writeFileSync(mark, JSON.stringify(seeded));
  return { folder, seeded };
}

/** How large a folder's database is, in bytes. */
export function sizeOf(folder) {
  return Number(execFileSync("du", ["-sb", folder], { encoding: "utf8" }).split("\t")[0]);
}

/** Starts the program on this folder; `firstPage` is how long until it served one, in milliseconds. */
export async function serve(folder, more = []) {
  const port = await freePort();
  const options = ["serve", "--log", "off", "--data", folder, "--addr", `127.0.0.1:${port}`, "--undo-seconds", "0", "--customer-writes", "0", ...more];
  return started(finsupport, options, port, "/sign-in");
}

/** Starts the yardsticks beside it, on the same folder. */
export async function serveYardsticks(folder) {
  const port = await freePort();
  return started(yardsticks, ["serve", folder, `127.0.0.1:${port}`], port, "/bare/bytes/1");
}

/** What a yardstick measures by itself. */
export function yardstick(...words) {
  return JSON.parse(execFileSync(yardsticks, words, { encoding: "utf8" }));
}

async function started(path, options, port, page) {
  const url = `http://127.0.0.1:${port}`;
  const start = performance.now();
  const program = spawn(path, options, { stdio: ["ignore", "ignore", "inherit"] });
  process.once("exit", () => program.kill());
  for (;;) {
    if (program.exitCode !== null) throw new Error(`${path} ${options.join(" ")} ended with ${program.exitCode}`);
    const answer = await fetch(url + page).catch(() => undefined);
    if (answer?.ok) {
      await answer.arrayBuffer();
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const { pid } = program;
  return {
    pid,
    url,
    firstPage: performance.now() - start,
    cpu: () => cpuOf(pid),
    /** All that is resident, and of that the program's own: pages of the database that are mapped are the kernel's to take back. */
    rss: () => statusOf(pid, "VmRSS"),
    own: () => statusOf(pid, "RssAnon"),
    stop: () =>
      new Promise((resolve) => {
        program.once("exit", resolve);
        program.kill("SIGTERM");
      }),
  };
}

/** A token of the API for one of `people`; it is the site's cookie too. */
export async function signIn(server, { email }) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${server.url}/desk/1.0.0/token`, { method: "POST", body: JSON.stringify({ email, password }), headers });
  if (!answer.ok) throw new Error(`${email} cannot sign in: ${await answer.text()}`);
  return (await answer.json()).access_token;
}

/** Asks the API in somebody's name. */
export async function ask(server, token, path, { method = "GET", body, headers = {} } = {}) {
  const json = body === undefined ? {} : { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const answer = await fetch(server.url + path, {
    method,
    body: body && JSON.stringify(body),
    headers: { authorization: `Bearer ${token}`, ...json, ...headers },
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
}

function told(words, input) {
  execFileSync(finsupport, words, { input: `${input}\n`, stdio: ["pipe", "ignore", "inherit"] });
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** User and system time of the process, in milliseconds. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  // The clock of /proc ticks a hundred times a second.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function statusOf(pid, name) {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").match(new RegExp(`^${name}:\\s+(\\d+) kB`, "m"));
  return Number(line[1]) * 1024;
}

function hash(folder) {
  const sum = createHash("sha256");
  for (const name of readdirSync(folder).sort()) sum.update(name).update(readFileSync(join(folder, name)));
  return sum.digest("hex").slice(0, 16);
}

function sameAs(found, way) {
  return Object.entries(way).every(([name, value]) => found[name] === value);
}
