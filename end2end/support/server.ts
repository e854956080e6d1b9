// Where the product under test listens and keeps its data. Worker processes inherit what the first one chose.
import { mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const given = process.env.FINSUPPORT_URL;
if (!given) {
  process.env.JOURNEYS_PORT ??= String(await freePort());
  process.env.JOURNEYS_DATA ??= mkdtempSync(join(tmpdir(), "finsupport-journeys-"));
}

/** The folder of the product under test; nothing when it runs already. */
export const data = given ? undefined : process.env.JOURNEYS_DATA;

export const baseURL = given ?? `http://127.0.0.1:${process.env.JOURNEYS_PORT}`;

/** What the product under test writes to its log. */
export const log = data && `${data}.log`;

/** The command that starts it; nothing when it runs already. */
export const serve = given
  ? undefined
  : `exec target/release/finsupport serve --demo --data '${data}' --addr 127.0.0.1:${process.env.JOURNEYS_PORT} 2> '${log}'`;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
