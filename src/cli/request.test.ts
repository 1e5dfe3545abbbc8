import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { requestOf } from "./request.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "request-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function asked(...paths: string[]) {
  const request = await requestOf({ name: "check", paths } as unknown as Parameters<typeof requestOf>[0], root);
  if (request.name === "mistake") throw new Error(request.message);
  return request;
}

const CONFIG =
  "fail-on: warning\npaths-ignore: [tests, old/*.json]\nrole-policies: { r: [p.json, arn:aws:iam::aws:policy/x] }\n";

test("the configuration of the only folder counts, with paths below that folder", async () => {
  write("stack/.batch-secrets-check.yaml", CONFIG);
  const { root: checked, paths, config, notes } = await asked("stack");
  expect([checked, paths, notes]).toEqual([root, ["stack"], []]);
  expect(config.failOn).toBe("warning");
  expect(config.pathsIgnore).toEqual(["stack/**/tests", "stack/old/*.json"]);
  expect([...config.rolePolicies]).toEqual([["r", ["stack/p.json", "arn:aws:iam::aws:policy/x"]]]);
});

test("a mistake in it is identified by its path", async () => {
  write("stack/.batch-secrets-check.yml", "fail_on: never\n");
  expect((await asked("stack")).problems.map(({ path, line }) => [path, line])).toEqual([
    ["stack/.batch-secrets-check.yml", 1],
  ]);
});

test("where the current folder has one too, that counts, and it is reported", async () => {
  write("stack/.batch-secrets-check.yaml", CONFIG);
  write(".batch-secrets-check.yaml", "fail-on: never\n");
  const { config, notes } = await asked("stack");
  expect(config.failOn).toBe("never");
  expect(notes).toEqual([
    {
      path: "stack/.batch-secrets-check.yaml",
      message: "It is not used: the configuration of the current folder counts.",
    },
  ]);
});

test("of several folders none decides for the others", async () => {
  write("a/.batch-secrets-check.yaml", CONFIG);
  write("b/job.json", "{}");
  const { config, notes } = await asked("a", "b", ".");
  expect(config.failOn).toBeUndefined();
  expect(notes.map(({ path, message }) => [path, message.split(":")[0]])).toEqual([
    ["a/.batch-secrets-check.yaml", "It is not used, since several paths are checked"],
  ]);
});
