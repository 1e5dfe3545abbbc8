import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileOutput } from "./output.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "output-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a file takes its name when it is complete, and replaces what was there", () => {
  const path = join(folder, "report.json");
  writeFileSync(path, "old");
  const output = fileOutput(path);
  output.write("new é");
  output.write(" and more");
  expect(readFileSync(path, "utf8")).toBe("old");
  output.close();
  expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["new é and more", ["report.json"]]);
});

test("a pipe or a device is written directly", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const reader = spawn("cat", [pipe]);
  const read: Buffer[] = [];
  reader.stdout.on("data", (chunk: Buffer) => read.push(chunk));
  const output = fileOutput(pipe);
  output.write("x".repeat(200_000));
  output.close();
  await once(reader, "close");
  expect(Buffer.concat(read).toString()).toBe("x".repeat(200_000));
  expect(readdirSync(folder)).toEqual(["pipe"]);
});

test("what can't be completed leaves nothing behind", () => {
  const path = join(folder, "report.json");
  const output = fileOutput(path);
  output.write("new");
  mkdirSync(path);
  expect(() => output.close()).toThrow(`${path} can't be written (EISDIR)`);
  expect(readdirSync(folder)).toEqual(["report.json"]);
});

test("where nothing can be written, a sentence says so", () => {
  expect(() => fileOutput(join(folder, "none", "report.json"))).toThrow(
    `${folder}/none/report.json can't be written (ENOENT)`,
  );
  mkdirSync(join(folder, "sub"));
  expect(() => fileOutput(join(folder, "sub"))).toThrow(`${folder}/sub can't be written (EISDIR)`);
});
