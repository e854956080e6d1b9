// What people write: each is answered after it is on disk, so the yardstick is one fsync of the same disk.
import { load } from "./load.mjs";
import { ask, yardstick } from "./server.mjs";

const TICKET = { subject: "A ticket of the benchmark", description: "The payment of Monday is missing on the statement.", category: "PAYMENT" };

export async function writes(server, folder, { customer }, seconds) {
  const headers = { authorization: `Bearer ${customer}`, "content-type": "application/json" };
  const disk = yardstick("fsync", folder);
  const rows = [{ id: "fsync", what: "append of 4 kB and fdatasync", clients: 1, ...disk }];
  const filed = [];
  for (let nth = 0; nth < 50; nth++) filed.push(await ask(server, customer, "/finsupport/1.0.0/tickets", { method: "POST", body: TICKET }));
  const replies = filed.map(({ ticketId }) => `/finsupport/1.0.0/customer/tickets/${ticketId}/replies`);
  for (const [id, what, paths, body] of [
    ["file", "file a ticket", ["/finsupport/1.0.0/tickets"], TICKET],
    ["reply", "reply", replies, { body: "Thank you, the payment has arrived in the meantime." }],
  ]) {
    for (const clients of [1, 32]) {
      const found = await load(server, { paths, method: "POST", body, headers, key: true, clients, seconds });
      rows.push({ id: `${id}-${clients}`, what, ...found });
    }
  }
  return rows;
}
