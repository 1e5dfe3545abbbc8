import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { replaceFolder } from "./folder.ts";

const evidence = (name: string) => ({ path: `a/${name}.json`, text: `{\n  "evidence": 1, "name": "${name}"\n}\n` });

function newFolder(): { readonly above: string; readonly folder: string } {
  const above = mkdtempSync(join(tmpdir(), "evidence-"));
  return { above, folder: join(above, "deep/evidence") };
}

test("the folder is replaced as a whole", () => {
  const { above, folder } = newFolder();
  replaceFolder(folder, [evidence("one"), evidence("two")]);
  replaceFolder(folder, [evidence("three")]);
  expect(readdirSync(join(folder, "a"))).toEqual(["three.json"]);
  expect(readdirSync(join(above, "deep"))).toEqual(["evidence"]);
});

test("what collect did not write is never removed", () => {
  const { folder } = newFolder();
  mkdirSync(join(folder, "a"), { recursive: true });
  writeFileSync(join(folder, "a/notes.txt"), "mine");
  expect(() => replaceFolder(folder, [evidence("one")])).toThrow(/notes\.txt is no evidence that `collect` wrote/);
  expect(readFileSync(join(folder, "a/notes.txt"), "utf8")).toBe("mine");
  expect(existsSync(join(folder, "a/one.json"))).toBe(false);
});

test("a folder that can't be written stays as it was", () => {
  const { above } = newFolder();
  writeFileSync(join(above, "file"), "");
  expect(() => replaceFolder(join(above, "file/evidence"), [evidence("one")])).toThrow(/can't be written \(ENOTDIR\)/);
  expect(() => replaceFolder(join(above, "file"), [evidence("one")])).toThrow(/file is not a folder/);
});
