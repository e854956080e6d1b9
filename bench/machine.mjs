// What the figures were measured on.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";

export function machine() {
  const lock = readFileSync("Cargo.lock", "utf8");
  const version = (name) => new RegExp(`^name = "${name}"\nversion = "(.*)"`, "m").exec(lock)?.[1];
  return {
    date: new Date().toISOString().slice(0, 16).replace("T", " "),
    commit: said("git", "rev-parse", "--short", "HEAD"),
    cores: cpus().length,
    cpu: cpus()[0]?.model.trim(),
    memory: totalmem(),
    kernel: release(),
    disk: disk(),
    rust: said("rustc", "--version").split(" ")[1],
    node: process.versions.node,
    chromium: said("chromium", "--version").replace(/^Chromium /, "").split(" ")[0],
    wrk: /wrk (?:debian\/)?(\S+)/.exec(said("wrk", "--version"))?.[1],
    leptos: version("leptos"),
    axum: version("axum"),
    rusqlite: version("rusqlite"),
    load: readFileSync("/proc/loadavg", "utf8").split(" ")[0],
  };
}

/** The file system under the data, its device, and whether that turns. */
function disk() {
  const [device, kind] = said("findmnt", "-no", "SOURCE,FSTYPE", "-T", ".").split(/\s+/);
  const turns = said("lsblk", "-ndo", "ROTA", device ?? "").trim();
  return [kind, device, { 0: "solid state", 1: "turning or virtual" }[turns]].filter(Boolean).join(", ");
}

/** What a program says, whatever its exit code: `wrk --version` ends with 1. */
function said(program, ...words) {
  try {
    return execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch (error) {
    return String(error.stdout ?? "").trim();
  }
}
