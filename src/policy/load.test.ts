import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { builtFile } from "./built.ts";
import { openPolicy } from "./load.ts";

const folder = mkdtempSync(join(tmpdir(), "load-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a missing policy is a sentence that names the file", async () => {
  const path = join(folder, "none.wasm");
  await expect(openPolicy(path)).rejects.toThrow(`the policy ${path} can't be loaded: ENOENT`);
});

test("a file that is no policy is a sentence that names it", async () => {
  const path = join(folder, "text.wasm");
  writeFileSync(path, "not a module");
  await expect(openPolicy(path)).rejects.toThrow(`the policy ${path} can't be loaded: `);
});

test("a module that is no policy is a sentence that names it", async () => {
  const path = join(folder, "empty.wasm");
  writeFileSync(path, Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  await expect(openPolicy(path)).rejects.toThrow(`the policy ${path} can't be loaded: `);
});

test("a file that the build did not make tells how to make it", () => {
  expect(() => builtFile("none.wasm")).toThrow(
    `none.wasm is not beside ${import.meta.dirname}: the program is not complete, \`npm run build\` makes it`,
  );
});
