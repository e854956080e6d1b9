// One reply to every open page: two thousand live streams of the site, and how long until each has heard of it.
import { connect } from "node:net";
import { spread } from "./load.mjs";
import { ask } from "./server.mjs";

const STREAMS = 2_000;
/** Opened at once; more would only wait in the listener's queue. */
const TOGETHER = 100;
const TIMES = 3;

export async function streams(server, { admin, assignee }) {
  const before = server.own();
  const all = [];
  while (all.length < STREAMS) {
    all.push(...(await Promise.all(Array.from({ length: TOGETHER }, () => open(server.url, assignee)))));
  }
  const each = (server.own() - before) / STREAMS;
  const { items } = await ask(server, admin, "/finsupport/1.0.0/tickets?assigneeId=none&pageSize=1&status=OPEN");
  const cpu = server.cpu();
  const times = [];
  let slowest = 0;
  for (let nth = 0; nth < TIMES; nth++) {
    const body = { body: `For everyone who has a page open (${nth}).` };
    const heard = all.map((stream) => stream.next("REPLIED"));
    const start = performance.now();
    await ask(server, admin, `/finsupport/1.0.0/admin/tickets/${items[0].ticketId}/replies`, { method: "POST", body });
    const took = (await Promise.all(heard)).map((at) => at - start);
    times.push(...took);
    slowest = Math.max(slowest, ...took);
  }
  for (const stream of all) stream.close();
  const told = { clients: STREAMS, ...spread(times), max: slowest, cpu: (server.cpu() - cpu) / TIMES / STREAMS, own: server.own() };
  return [
    { id: "streams", what: "one reply until 2,000 live streams have it", ...told },
    { id: "stream-memory", what: "memory of a live stream", clients: STREAMS, bytesEach: each },
  ];
}

/** An open stream: `next` tells when something of that kind arrives. */
async function open(base, cookie) {
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  socket.setNoDelay();
  let wanted;
  const next = (word) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no ${word} within 30 s`)), 30_000);
      wanted = { word, tell: (at) => (clearTimeout(late), resolve(at)) };
    });
  socket.on("data", (piece) => {
    if (wanted && piece.includes(wanted.word)) {
      wanted.tell(performance.now());
      wanted = undefined;
    }
  });
  socket.on("error", () => {});
  const opened = next("200 OK");
  socket.write(`GET /live HTTP/1.1\r\nhost: ${hostname}:${port}\r\naccept: text/event-stream\r\ncookie: finsupport=${cookie}\r\n\r\n`);
  await opened;
  return { next, close: () => socket.destroy() };
}
