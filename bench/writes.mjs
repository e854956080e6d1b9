// What people write: each is answered after it is on disk, so the yardstick is one fsync of the same disk.
import { load } from "./load.mjs";
import { ask, yardstick } from "./server.mjs";

/** How many tickets are replied to in turn. */
const THREADS = 4_000;
/** How many texts are written in turn. */
const TEXTS = 1_000;

export async function writes(server, folder, { customer }, seconds) {
  const headers = { authorization: `Bearer ${customer}`, "content-type": "application/json" };
  const disk = yardstick("fsync", folder);
  const rows = [{ id: "fsync", what: "append of 4 kB and fdatasync", clients: 1, ...disk }];
  const tickets = await texts(server, customer);
  const replies = tickets.map(({ description }) => ({ body: description }));
  for (const [id, what, where, bodies] of [
    ["file", "file a ticket", async () => ["/finsupport/1.0.0/tickets"], tickets],
    ["reply", "reply", () => threads(server, customer), replies],
  ]) {
    const paths = await where();
    for (const clients of [1, 32]) {
      const found = await load(server, { paths, method: "POST", bodies, headers, key: true, clients, seconds });
      rows.push({ id: `${id}-${clients}`, what, ...found });
    }
  }
  return rows;
}

/** Many open tickets in turn, so that no thread becomes longer than people's are: the next run reads them. */
async function threads(server, customer) {
  const open = await tickets(server, customer, "status=OPEN", THREADS);
  return open.map(({ ticketId }) => `/finsupport/1.0.0/customer/tickets/${ticketId}/replies`);
}

/**
 * What tickets of the seed say, as bodies of new ones: each word stays as frequent as it was. A search for one that is in
 * none of the newest tickets would have to pass them all.
 */
export async function texts(server, customer) {
  const first = await tickets(server, customer, "sort=OLDEST", TEXTS);
  return first.map(({ subject, description, category }) => ({ subject, description, category }));
}

async function tickets(server, customer, filter, most) {
  const found = [];
  let cursor = "";
  while (found.length < most && cursor !== undefined) {
    const page = await ask(server, customer, `/finsupport/1.0.0/tickets?${filter}&pageSize=200${cursor && `&cursor=${cursor}`}`);
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found.slice(0, most);
}
