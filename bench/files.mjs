// 25 MB in and out, beside bare axum handlers that do nothing with them, and reports of any size as CSV.
import { request } from "node:http";
import { spread } from "./load.mjs";

const SIZE = 25_000_000;
const TIMES = 6;

export async function files(server, bare, { customer, admin }) {
  const headers = { authorization: `Bearer ${customer}` };
  const content = pdf();
  const form = multipart(content);
  const rows = [];
  const sent = [];
  rows.push({
    id: "upload",
    what: "upload of 25 MB",
    ...(await measured(server, async () => {
      const more = { "content-type": form.type, "content-length": form.body.length, "idempotency-key": crypto.randomUUID() };
      const { status, body } = await send(server.url, "/finsupport/1.0.0/files", { method: "POST", headers: { ...headers, ...more }, body: form.body });
      if (status >= 300) throw new Error(`upload: ${status} ${body}`);
      sent.push(JSON.parse(body).fileId);
    })),
  });
  rows.push({
    id: "bare-upload",
    what: "25 MB into a bare handler",
    ...(await measured(bare, () => send(bare.url, "/bare/sink", { method: "PUT", headers: { "content-length": form.body.length }, body: form.body }))),
  });
  await attach(server, headers, sent);
  const path = `/finsupport/1.0.0/files/${sent[0]}/content`;
  rows.push({ id: "download", what: "download of 25 MB", ...(await measured(server, () => send(server.url, path, { headers, drop: true }))) });
  rows.push({
    id: "bare-download",
    what: "25 MB from a bare handler",
    ...(await measured(bare, () => send(bare.url, `/bare/stream/${SIZE}`, { drop: true }))),
  });
  rows.push(await csv(server, admin));
  return rows;
}

/** Files that belong to nothing are limited; the next run has its own. */
async function attach(server, headers, fileIds) {
  const ticket = { subject: "Files of the benchmark", description: "They were uploaded to be measured.", category: "OTHER", fileIds };
  const body = Buffer.from(JSON.stringify(ticket));
  const more = { "content-type": "application/json", "content-length": body.length };
  const answer = await send(server.url, "/finsupport/1.0.0/tickets", { method: "POST", headers: { ...headers, ...more }, body });
  if (answer.status >= 300) throw new Error(`ticket: ${answer.status} ${answer.body}`);
}

async function csv(server, admin) {
  const memory = watch(server);
  const cpu = server.cpu();
  const headers = { cookie: `finsupport=${admin}` };
  const { status, first, last, size } = await send(server.url, "/desk/reports/tickets.csv", { headers, drop: true });
  if (status !== 200) throw new Error(`csv: ${status}`);
  return {
    id: "csv",
    what: "CSV of every ticket, first byte",
    clients: 1,
    p50: first,
    seconds: last / 1000,
    bytes: size,
    cpu: server.cpu() - cpu,
    ...memory(),
  };
}

/** Some times, one after the other, and what memory it took beyond what was there. */
async function measured(server, once) {
  await once();
  const memory = watch(server);
  const cpu = server.cpu();
  const times = [];
  for (let nth = 0; nth < TIMES; nth++) {
    const start = performance.now();
    await once();
    times.push(performance.now() - start);
  }
  const told = spread(times);
  return { clients: 1, ...told, rate: 1000 / told.p50, bytes: SIZE, cpu: (server.cpu() - cpu) / TIMES, ...memory() };
}

/** Watches the program's own memory until it is asked for the most there was, and how much that was more than before. */
function watch(server) {
  const before = server.own();
  let most = before;
  const clock = setInterval(() => (most = Math.max(most, server.own())), 10);
  return () => {
    clearInterval(clock);
    return { own: most, grown: most - before };
  };
}

/** One request over a connection of its own; with `drop` the body is only counted. */
function send(base, path, { method = "GET", headers = {}, body, drop = false }) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const call = request(base + path, { method, headers, agent: false }, (answer) => {
      const pieces = [];
      let [size, first] = [0, undefined];
      answer.on("data", (piece) => {
        first ??= performance.now() - start;
        size += piece.length;
        if (!drop) pieces.push(piece);
      });
      answer.once("end", () => resolve({ status: answer.statusCode, body: Buffer.concat(pieces).toString(), size, first, last: performance.now() - start }));
      answer.once("error", reject);
    });
    call.once("error", reject);
    call.end(body);
  });
}

function pdf() {
  const content = Buffer.alloc(SIZE - 1000, "0123456789abcdef\n");
  content.write("%PDF-1.7\n");
  content.write("\n%%EOF\n", content.length - 7);
  return content;
}

function multipart(content) {
  const boundary = "of-the-benchmark";
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="bench.pdf"\r\ncontent-type: application/pdf\r\n\r\n`;
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]) };
}
