// Where the product under test listens and keeps its data. Worker processes inherit what the first one chose.
import { mkdtempSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const given = process.env.FINSUPPORT_URL;
if (!given) {
  process.env.JOURNEYS_PORT ??= String(await freePort());
  process.env.JOURNEYS_REMOTE_PORT ??= String(await freePort());
  process.env.JOURNEYS_DATA ??= mkdtempSync(join(tmpdir(), "finsupport-journeys-"));
}

/** The folder of the product under test; nothing when it runs already. */
export const data = given ? undefined : process.env.JOURNEYS_DATA;

export const baseURL = given ?? `http://127.0.0.1:${process.env.JOURNEYS_PORT}`;

/** What the product under test writes to its log. */
export const log = data && `${data}.log`;

/** A site in front of it. Against a product that runs already: FINSUPPORT_REMOTE_URL=… */
export const remoteURL = process.env.FINSUPPORT_REMOTE_URL ?? `http://127.0.0.1:${process.env.JOURNEYS_REMOTE_PORT}`;

/** What the site in front of it is kept in. */
const remoteData = data && `${data}-site`;

const secret = "of-these-journeys-only";
const program = "exec target/release/finsupport serve --demo --customer-writes 0";

/** The command that starts it, ready to be a gateway; nothing when it runs already. */
export const serve = given
  ? undefined
  : `FINSUPPORT_SERVICE_SECRET=${secret} ${program} --service-client desk --data '${data}' --addr 127.0.0.1:${process.env.JOURNEYS_PORT} 2>> '${log}'`;

/** The command that starts the site in front of it. */
export const serveRemote = given
  ? undefined
  : `FINSUPPORT_GATEWAY_CLIENT_SECRET=${secret} ${program} --gateway ${baseURL} --gateway-token-url ${baseURL}/desk/1.0.0/oauth/token --gateway-client desk --gateway-poll 0.5 --data '${remoteData}' --addr 127.0.0.1:${process.env.JOURNEYS_REMOTE_PORT} 2>> '${log}'`;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
