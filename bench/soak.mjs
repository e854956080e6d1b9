// `make soak`: ten minutes of everything at once. Whether memory stays flat and nothing fails; asserts nothing.
//   node bench/soak.mjs [minutes] [tickets]
import { load } from "./load.mjs";
import { visitors } from "./pages.mjs";
import { ask, prepare, serve } from "./server.mjs";
import { texts } from "./writes.mjs";

const minutes = Number(process.argv[2] ?? 10);
const { folder } = prepare(Number(process.argv[3] ?? 100_000));
const server = await serve(folder);
const who = await visitors(server);
const seconds = Math.round(minutes * 60);
const page = (token) => ({ cookie: `finsupport=${token}`, accept: "text/html", "accept-encoding": "br" });
const api = (token) => ({ authorization: `Bearer ${token}`, "content-type": "application/json" });
const bodies = await texts(server, who.customer);
const { ticketId } = await ask(server, who.customer, "/finsupport/1.0.0/tickets", { method: "POST", body: bodies[0] });
const list = "/finsupport/1.0.0/tickets?pageSize=50";

const mixed = [
  ["queue page", { paths: ["/desk?view=all-i-see", "/desk"], headers: page(who.assignee), clients: 4 }],
  ["ticket pages", { paths: [`/desk/tickets/${who.short}`, `/desk/tickets/${who.long}`], headers: page(who.admin), clients: 2 }],
  ["portal", { paths: ["/tickets", "/tickets/new"], headers: page(who.customer), clients: 2 }],
  ["lists and searches", { paths: [list, `${list}&q=chargeback`, `${list}&q=reconc`, "/desk/1.0.0/views"], headers: api(who.admin), clients: 4 }],
  ["filing", { paths: ["/finsupport/1.0.0/tickets"], headers: api(who.customer), method: "POST", bodies, key: true, clients: 1 }],
  ["drafts", { paths: [`/desk/1.0.0/tickets/${ticketId}/drafts`], headers: api(who.admin), clients: 1 }],
];

const samples = [];
const sample = () => samples.push({ minute: (performance.now() - start) / 60_000, own: server.own() });
const start = performance.now();
const clock = setInterval(sample, 15_000);
const found = await Promise.all(mixed.map(async ([what, asked]) => [what, await load(server, { ...asked, seconds, warm: 0 })]));
clearInterval(clock);
sample();
await server.stop();

for (const [what, { clients, rate, p50, p99, failed }] of found) {
  console.log(`${what.padEnd(20)} ${clients} clients, ${rate.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(0)} ms, ${failed} failed`);
}
for (const { minute, own } of samples.filter((_, nth) => nth % 4 === 3 || nth === samples.length - 1)) {
  console.log(`after ${minute.toFixed(1).padStart(4)} minutes ${(own / 1e6).toFixed(0).padStart(4)} MB`);
}
