// Load from wrk: it counts in microseconds and leaves the two cores to whom it measures.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const script = new URL("load.lua", import.meta.url).pathname;

/**
 * Asks for so many seconds, by so many clients that each wait for their answer, after a second of warming up.
 * @param {{pid: number, cpu: () => number, own: () => number, url: string}} server
 * @param {{paths: string[], clients?: number, seconds?: number, headers?: Record<string, string>, method?: string,
 *   bodies?: unknown[], key?: boolean, warm?: number}} what
 */
export async function load(server, { warm = 1, ...what }) {
  const folder = mkdtempSync(join(tmpdir(), "finsupport-load-"));
  try {
    if (warm > 0) await wrk(server.url, folder, { ...what, seconds: warm });
    const before = server.cpu();
    const told = await wrk(server.url, folder, what);
    if (told.requests === 0) throw new Error(`${what.paths[0]} was not answered within ${what.seconds} s`);
    const cpu = (server.cpu() - before) / told.requests;
    if (told.failed > 0) console.error(`  ${what.paths[0]}: ${told.failed} of ${told.requests} failed`);
    return {
      clients: what.clients ?? 1,
      ...pick(told, ["p50", "p90", "p95", "p99", "max", "failed"]),
      rate: told.requests / told.seconds,
      bytes: Math.round(told.bytes / told.requests),
      cpu,
      own: server.own(),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let keys = 0;

function wrk(url, folder, { paths, clients = 1, seconds = 4, headers = {}, method = "GET", bodies, key }) {
  const file = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const lines = bodies ? file("bodies", bodies.map((body) => JSON.stringify(body)).join("\n")) : "-";
  const begin = key ? `bench-${process.pid}-${Date.now()}-${++keys}-` : "-";
  const options = ["-t1", `-c${clients}`, `-d${seconds}s`, "--timeout", "20s", "--latency", "-s", script];
  for (const [name, value] of Object.entries(headers)) options.push("-H", `${name}: ${value}`);
  const program = spawn("wrk", [...options, url, "--", method, file("paths", paths.join("\n")), lines, begin]);
  return new Promise((resolve, reject) => {
    let text = "";
    program.stdout.on("data", (piece) => (text += piece));
    program.stderr.on("data", (piece) => (text += piece));
    program.once("error", (error) => reject(new Error(`wrk: ${error.message}; scripts/setup bench brings it`)));
    program.once("close", () => {
      const found = /^RESULT (.*)$/m.exec(text);
      if (found) resolve(JSON.parse(found[1]));
      else reject(new Error(`wrk said: ${text}`));
    });
  });
}

/** Percentiles of durations in milliseconds. */
export function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) };
}

function pick(from, names) {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}
