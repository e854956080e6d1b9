// What the journeys filed is thrown away with its folder; and the server may have complained no more than the pages.
import { readFileSync, rmSync } from "node:fs";
import { data, log } from "./server.ts";

export default function teardown(): void {
  if (!data || !log) return;
  for (const folder of [data, `${data}-site`]) rmSync(folder, { recursive: true, force: true });
  const complaints = readFileSync(log, "utf8").split("\n").filter((line) => /panicked|"level":"ERROR"/.test(line));
  rmSync(log);
  if (complaints.length > 0) throw new Error(`the server complained:\n${complaints.join("\n")}`);
}
