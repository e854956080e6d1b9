// A network that is slower than one would like.
import type { Page } from "@playwright/test";

/** Holds every request to these addresses until released. */
export async function hold(page: Page, address: RegExp): Promise<{ release: () => void }> {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route(address, async (route) => {
    await opened;
    await route.continue();
  });
  return { release: () => open() };
}

/** Sends at this many bytes a second from now on; at full speed with -1. */
export async function sendAt(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  });
}
