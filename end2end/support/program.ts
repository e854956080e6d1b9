// The program on a folder of its own, that can be killed at any moment and started again.
import { expect } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export class Program {
  /** The program under test; nothing when another runs already and this one is not named. */
  static readonly path = process.env.FINSUPPORT_PROGRAM ?? (process.env.FINSUPPORT_URL ? undefined : resolve("../target/release/finsupport"));

  #process: ChildProcess | undefined;

  private constructor(
    readonly url: string,
    private readonly data: string,
  ) {}

  static async start(): Promise<Program> {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address() as AddressInfo;
    probe.close();
    const program = new Program(`http://127.0.0.1:${port}`, mkdtempSync(join(tmpdir(), "finsupport-program-")));
    await program.again();
    return program;
  }

  /** Starts it on the same folder and at the same address. */
  async again(): Promise<void> {
    const path = Program.path ?? "";
    // Its pages stand beside `Leptos.toml`.
    const cwd = process.env.FINSUPPORT_PROGRAM ? dirname(path) : "..";
    this.#process = spawn(path, ["serve", "--demo", "--data", this.data, "--addr", new URL(this.url).host], { cwd, stdio: "ignore" });
    await expect.poll(() => fetch(`${this.url}/healthz`).then((answer) => answer.ok, () => false), { timeout: 60_000 }).toBe(true);
  }

  async kill(): Promise<void> {
    if (!this.#process) return;
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await gone;
    this.#process = undefined;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}
