// What the journeys filed is thrown away with its folder.
import { rmSync } from "node:fs";
import { data } from "./server.ts";

export default function teardown(): void {
  if (data) rmSync(data, { recursive: true, force: true });
}
