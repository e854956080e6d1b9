// What people and programs read: pages, lists, counts, searches, reports; each beside the yardsticks that it has.
import { load } from "./load.mjs";
import { ask, people, signIn, yardstick } from "./server.mjs";

const LONG_THREAD = "FS-1500"; // the seed makes every thousandth thread one of 200 messages, this is the first
const QUEUE = "/desk?view=all-i-see";
const LIST = "/finsupport/1.0.0/tickets?pageSize=50";

/** Signs in and finds out what there is to ask for. */
export async function visitors(server) {
  const [admin, assignee, customer] = await Promise.all([people.admin, people.assignee, people.customer].map((one) => signIn(server, one)));
  const [long] = (await ask(server, admin, `/finsupport/1.0.0/tickets?q=${LONG_THREAD}`)).items;
  return { admin, assignee, customer, long: long.ticketId, short: await ticketOf(server, admin, 3) };
}

/** A recent ticket with so many replies and notes. */
async function ticketOf(server, token, messages) {
  const { items } = await ask(server, token, "/finsupport/1.0.0/tickets?pageSize=200&status=WAITING&status=CLOSED");
  for (const { ticketId } of items) {
    const [replies, notes] = await Promise.all(
      ["replies", "notes"].map((kind) => ask(server, token, `/finsupport/1.0.0/tickets/${ticketId}/${kind}`)),
    );
    if (replies.items.length + notes.items.length === messages) return ticketId;
  }
  throw new Error(`no ticket of ${messages} messages among the newest`);
}

/** Every read at one client, to be held against the same at another size. */
export async function reads(server, who, seconds) {
  const rows = [];
  for (const read of all(who)) {
    // What nobody has asked for since the machine started lies on the disk; that is another measure.
    for (const path of read.paths) await (await fetch(server.url + path, { headers: read.headers })).arrayBuffer();
    rows.push({ ...read, ...(await load(server, { ...read, seconds })), ...(await found(server, who, read)) });
  }
  return rows;
}

/** How much a search finds on its first page: fast and empty would be no success. */
async function found(server, { admin }, { id, paths }) {
  return id.startsWith("search-") ? { found: (await ask(server, admin, paths[0])).items.length } : {};
}

function all({ admin, assignee, customer, long, short }) {
  const page = (token) => ({ headers: { cookie: `finsupport=${token}`, accept: "text/html" } });
  const compressed = (token) => ({ headers: { ...page(token).headers, "accept-encoding": "br" } });
  const api = (token) => ({ headers: { authorization: `Bearer ${token}` } });
  const words = (list) => list.map((word) => `${LIST}&q=${encodeURIComponent(word)}`);
  return [
    { id: "queue", what: "queue page", paths: [QUEUE], ...page(assignee) },
    { id: "queue-br", what: "queue page, compressed", paths: [QUEUE], ...compressed(assignee) },
    { id: "ticket-3", what: "ticket page, 3 messages", paths: [`/desk/tickets/${short}`], ...page(admin) },
    { id: "ticket-200", what: "ticket page, 200 messages", paths: [`/desk/tickets/${long}`], ...page(admin) },
    { id: "portal", what: "customer's list of tickets", paths: ["/tickets"], ...page(customer) },
    { id: "list", what: "API list of 50", paths: [LIST], ...api(assignee) },
    { id: "list-admin", what: "API list of 50, admin", paths: [LIST], ...api(admin) },
    { id: "counts", what: "every view's count", paths: ["/desk/1.0.0/views"], ...api(assignee) },
    { id: "search-rare", what: "search, word in 20 messages", paths: words(references(50)), ...api(admin) },
    { id: "search-common", what: "search, word in half of all", paths: words(["and"]), ...api(admin) },
    { id: "search-two", what: "search, two words", paths: words(["chargeback evidence", "refund overdraft"]), ...api(admin) },
    { id: "search-prefix", what: "search, beginning of a word", paths: words(["reconc", "correspo", "instal"]), ...api(admin) },
    { id: "search-slip", what: "search, typing error", paths: words(["reconcilation", "chargback", "beneficary"]), ...api(admin) },
    { id: "report", what: "report, first page", paths: ["/finsupport/1.0.0/reports/tickets?pageSize=50"], ...api(admin) },
  ];
}

/** The words that 20 messages have in common, as the seed makes them (crates/api/src/seed/texts.rs). */
function references(count) {
  return Array.from({ length: count }, (_, number) => {
    let rest = (BigInt(number + 7) * 715_225_739n) % (1n << 30n);
    let word = "q";
    for (let digit = 0; digit < 6; digit++, rest /= 32n) word += (rest % 32n).toString(32);
    return word;
  });
}

/** The same at sixteen clients, where throughput counts. */
export async function crowds(server, who, seconds) {
  const rows = [];
  for (const read of all(who).filter(({ id }) => ["queue", "ticket-3", "list"].includes(id))) {
    rows.push({ ...read, ...(await load(server, { ...read, clients: 16, seconds })), id: `${read.id}-16` });
  }
  return rows;
}

/** The yardsticks of the reads: as many bytes by a bare handler, the queue page from constants, the list below HTTP. */
export async function yardsticksOf(bare, folder, who, found, seconds) {
  const bytes = (id) => found.find((row) => row.id === id).bytes;
  const rows = [];
  for (const [id, of, clients] of [["bare-queue", "queue", 1], ["bare-queue-16", "queue", 16], ["bare-list", "list", 1], ["bare-list-16", "list", 16]]) {
    const paths = [`/bare/bytes/${bytes(of)}`];
    rows.push({ id, what: `bare handler, bytes of the ${of} answer`, ...(await load(bare, { paths, clients, seconds })) });
  }
  const queue = all(who).find(({ id }) => id === "queue");
  for (const clients of [1, 16]) {
    const id = clients === 1 ? "constant-queue" : "constant-queue-16";
    rows.push({ ...queue, id, what: "queue page from constants", ...(await load(bare, { ...queue, clients, seconds })) });
  }
  const { sql, sqlAndJson } = yardstick("list", folder, people.assignee.email);
  rows.push({ id: "sql-list", what: "the list's SQL, one thread", clients: 1, ...sql });
  rows.push({ id: "sql-json-list", what: "the list's SQL and JSON, one thread", clients: 1, ...sqlAndJson });
  return rows;
}
