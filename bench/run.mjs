// `make bench`: how Finsupport does with many tickets, beside what the machine can do at all. Writes bench/results.md and
// bench/results.json; asserts nothing.
//   node bench/run.mjs [tickets]        SECONDS=4 for each figure; ONLY=pages,writes,files,streams,browser
import { browse } from "./browser.mjs";
import { files } from "./files.mjs";
import { machine } from "./machine.mjs";
import { crowds, reads, visitors, yardsticksOf } from "./pages.mjs";
import { write } from "./report.mjs";
import { prepare, serve, serveYardsticks, sizeOf } from "./server.mjs";
import { streams } from "./streams.mjs";
import { writes } from "./writes.mjs";

const size = Number(process.argv[2] ?? 100_000);
const seconds = Number(process.env.SECONDS ?? 4);
const only = process.env.ONLY?.split(",");
const wanted = (group) => !only || only.includes(group);

const { folder, seeded } = prepare(size);
const { folder: smallFolder } = prepare(1_000);
const start = performance.now();
const on = machine();
const rows = [];
let small = [];

const step = async (group, work) => {
  if (!wanted(group)) return;
  console.error(`${group} …`);
  rows.push(...(await work()));
};

rows.push(...(await beginnings()));
if (wanted("pages")) small = await withServer(smallFolder, async (server) => reads(server, await visitors(server), seconds));
await withServer(folder, async (server) => {
  const who = await visitors(server);
  const bare = await serveYardsticks(folder);
  await step("pages", async () => {
    const found = [...(await reads(server, who, seconds)), ...(await crowds(server, who, seconds))];
    return [...found, ...(await yardsticksOf(bare, folder, who, found, seconds))];
  });
  await step("browser", () => browse(server, who));
  await step("writes", () => writes(server, folder, who, seconds));
  await step("files", () => files(server, bare, who));
  await bare.stop();
});
// In a program of its own, so that the memory of a stream is not that of what was asked before.
if (wanted("streams")) {
  await withServer(folder, async (server) => step("streams", async () => streams(server, await visitors(server))));
}

const minutes = (performance.now() - start) / 60_000;
const plain = (row) => Object.fromEntries(Object.entries(row).filter(([name]) => !["headers", "paths"].includes(name)));
const results = { size, machine: on, seeded, database: sizeOf(folder), minutes, small: small.map(plain), rows: rows.map(plain) };
console.log(write(results));

/** How long until the first page, and what the program takes when nobody asks. */
async function beginnings() {
  const times = [];
  let rss = 0;
  for (let nth = 0; nth < 5; nth++) {
    const server = await serve(folder);
    times.push(server.firstPage);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    rss = server.rss();
    await server.stop();
  }
  times.sort((a, b) => a - b);
  return [
    { id: "start", what: "start to first page", clients: 1, p50: times[2], max: times.at(-1) },
    { id: "idle", what: "idle, after the first page", clients: 0, rss },
  ];
}

async function withServer(folder, work) {
  const server = await serve(folder);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}
