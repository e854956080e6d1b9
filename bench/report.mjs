// From rows to tables: bench/results.json has everything, bench/results.md what a person looks for.
import { writeFileSync } from "node:fs";
import { goals, growth } from "./goals.mjs";

const units = {
  p50: ms, p90: ms, p95: ms, p99: ms, max: ms, cpu: ms,
  rate: (value) => (value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(1)),
  bytes, bytesEach: bytes, rss: bytes, own: bytes, grown: bytes,
};

export function write(results) {
  writeFileSync("bench/results.json", `${JSON.stringify(results, null, 1)}\n`);
  const text = `${describe(results)}\n`;
  writeFileSync("bench/results.md", text);
  return text;
}

function describe({ size, machine: on, seeded, database, rows, small, minutes }) {
  const find = (id) => rows.find((row) => row.id === id);
  const growing = small.flatMap((row) => {
    const large = find(row.id);
    return large ? [[row.what, ms(row.p50), ms(large.p50), (large.p50 / row.p50).toFixed(2), mark(large.p50 / row.p50 <= growth)]] : [];
  });
  return `# What was measured

${size.toLocaleString("en")} tickets, ${(5 * size).toLocaleString("en")} messages, ${bytes(database)} of data. Written by \`make bench SIZE=${size}\`; what it means stands in
[docs/performance.md](../docs/performance.md). Milliseconds, unless a unit stands beside the figure.

## Against the goals

The last figure is how far from the goal: 1 is just there, less is better.

${table(["work", "figure", "goal", "measured", "of the goal", ""], goals.flatMap((goal) => judged(goal, find)))}

## Growth: the same with 1,000 tickets

The median at one client; the goal is ${growth} times at most.

${table(["work", "1,000", size.toLocaleString("en"), "ratio", ""], growing)}

## Every figure

${table(
    ["work", "clients", "p50", "p90", "p95", "p99", "a second", "bytes", "CPU each", "memory"],
    rows.map((row) => [
      row.found === undefined ? row.what : `${row.what} (${row.found} on the first page)`, row.clients, ...["p50", "p90", "p95", "p99", "rate"].map((name) => shown(name, row[name])),
      shown("bytes", row.bytesEach ?? row.bytes), shown("cpu", row.cpu), shown("own", row.own ?? row.rss),
    ]),
  )}

## The machine

${table(
    ["what", "which"],
    [
      ["when, of which commit", `${on.date}, ${on.commit}`],
      ["processor", `${on.cores} × ${on.cpu}`],
      ["memory", bytes(on.memory)],
      ["system", `Linux ${on.kernel}`],
      ["disk", on.disk],
      ["versions", `Rust ${on.rust}, leptos ${on.leptos}, axum ${on.axum}, rusqlite ${on.rusqlite}, Node ${on.node}, Chromium ${on.chromium}, wrk ${on.wrk}`],
      ["load before the run", on.load],
      ["seeding", `${Math.round(seeded.seconds)} s, ${Math.round(seeded.size / seeded.seconds).toLocaleString("en")} tickets a second`],
      ["the run", `${minutes.toFixed(1)} minutes`],
    ],
  )}
`;
}

function judged({ row: id, of, over, most, least }, find) {
  const row = find(id);
  if (!Number.isFinite(row?.[of])) return [];
  const base = over && find(over[0]);
  if (over && !Number.isFinite(base?.[over[1]])) return [];
  const value = over ? row[of] / base[over[1]] : row[of];
  const say = (figure) => (over ? `${figure.toFixed(2)} ×` : shown(of, figure));
  const part = most === undefined ? least / value : value / most;
  const against = over ? ` against ${base.what}` : "";
  const hits = row.found === 0 ? " (finds nothing)" : "";
  const clients = row.clients > 1 ? ` (${row.clients.toLocaleString("en")})` : "";
  return [[row.what + hits + clients, named(of) + against, `${most === undefined ? "≥" : "≤"} ${say(most ?? least)}`, say(value), part.toFixed(2), mark(part <= 1 && row.found !== 0)]];
}

function named(figure) {
  return { rate: "a second", cpu: "CPU each", bytesEach: "size", grown: "memory grown", rss: "memory, resident" }[figure] ?? figure;
}

function shown(name, value) {
  return Number.isFinite(value) ? units[name](value) : "";
}

function ms(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function bytes(value) {
  const [unit, size] = [["GB", 1e9], ["MB", 1e6], ["kB", 1e3], ["B", 1]].find(([, least]) => Math.abs(value) >= least) ?? ["B", 1];
  return `${(value / size).toFixed(size > 1 && Math.abs(value) < 10 * size ? 1 : 0)} ${unit}`;
}

function mark(met) {
  return met ? "✓" : "✗";
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell ?? "").replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map((_, column) => (column === 0 ? "---" : "--:")).join("|")}|`, ...rows.map(line)].join("\n");
}
