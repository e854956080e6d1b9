// What people write: each is answered after it is on disk, so the yardstick is one fsync of the same disk.
import { load } from "./load.mjs";
import { ask, yardstick } from "./server.mjs";

const TICKET = { subject: "A ticket of the benchmark", description: "The payment of Monday is missing on the statement.", category: "PAYMENT" };
/** How many tickets are replied to in turn. */
const THREADS = 4_000;

export async function writes(server, folder, { customer }, seconds) {
  const headers = { authorization: `Bearer ${customer}`, "content-type": "application/json" };
  const disk = yardstick("fsync", folder);
  const rows = [{ id: "fsync", what: "append of 4 kB and fdatasync", clients: 1, ...disk }];
  for (const [id, what, where, body] of [
    ["file", "file a ticket", async () => ["/finsupport/1.0.0/tickets"], TICKET],
    ["reply", "reply", () => threads(server, customer), { body: "Thank you, the payment has arrived in the meantime." }],
  ]) {
    const paths = await where();
    for (const clients of [1, 32]) {
      const found = await load(server, { paths, method: "POST", body, headers, key: true, clients, seconds });
      rows.push({ id: `${id}-${clients}`, what, ...found });
    }
  }
  return rows;
}

/** Many open tickets in turn, so that no thread becomes longer than people's are: the next run reads them. */
async function threads(server, customer) {
  const paths = [];
  let cursor = "";
  while (paths.length < THREADS && cursor !== undefined) {
    const page = await ask(server, customer, `/finsupport/1.0.0/tickets?status=OPEN&pageSize=200${cursor && `&cursor=${cursor}`}`);
    for (const { ticketId } of page.items) paths.push(`/finsupport/1.0.0/customer/tickets/${ticketId}/replies`);
    cursor = page.nextCursor;
  }
  return paths;
}
