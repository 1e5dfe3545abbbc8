import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SourceFile } from "../source.ts";
import { POINTER } from "./read-file.ts";
import { openFolder } from "./tree.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

const LFS_POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 9\n`;

let folder: string;
let workspace: Workspace;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "workspace-"));
  mkdirSync(join(folder, "root/jobs/.terraform"), { recursive: true });
  writeFileSync(join(folder, "outside.json"), "secret");
  writeFileSync(join(folder, "root/jobs/a.json"), "{}");
  writeFileSync(join(folder, "root/jobs/.terraform/b.json"), "{}");
  writeFileSync(join(folder, "root/picture"), Buffer.from([0x89, 0, 0xff]));
  symlinkSync("../../outside.json", join(folder, "root/jobs/link.json"));
  symlinkSync("jobs", join(folder, "root/inside"));
  workspace = openWorkspace(openFolder(join(folder, "root")));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a file is read by its path, which comes back normal", () => {
  expect(workspace.read("./jobs/../jobs/a.json")).toEqual({ file: { path: "jobs/a.json", text: "{}" } });
});

test("what is not there says so", () => {
  expect(workspace.read("jobs/c.json")).toEqual({ missing: true, why: "there is no file jobs/c.json" });
  expect(workspace.isFile("jobs")).toBe(false);
  expect(workspace.names("nowhere")).toEqual([]);
});

test("nothing outside is read: not by dots, not by an absolute path, not by a link", () => {
  for (const path of ["../outside.json", join(folder, "outside.json"), "jobs/link.json", "jobs/../../outside.json"]) {
    expect(workspace.read(path)).toEqual({ why: `${path} is outside the checked folder` });
    expect(workspace.bytes(path)).toBeUndefined();
    expect(workspace.isFile(path)).toBeUndefined();
  }
});

test("what is above is read within the bounds, and no further", () => {
  const bounded = openWorkspace(openFolder(join(folder, "root/jobs"), join(folder, "root")));
  expect(bounded.read("../jobs/a.json")).toEqual({ file: { path: "a.json", text: "{}" } });
  expect(bounded.names("..")).toContain("picture");
  expect(bounded.folder("../inside")).toBe(".");
  expect(bounded.read("../../outside.json")).toEqual({ why: "../../outside.json is outside the checked folder" });
  expect(bounded.read("link.json")).toEqual({ why: "link.json is outside the checked folder" });
});

test("a link inside is followed, to the file that is read without it", () => {
  const { file } = workspace.read("inside/a.json") as { file: SourceFile };
  expect(file).toEqual({ path: "jobs/a.json", text: "{}" });
  expect(workspace.read("jobs/a.json")).toEqual({ file });
  expect((workspace.read("jobs/a.json") as { file: SourceFile }).file).toBe(file);
});

test("a folder is where its links lead", () => {
  expect(workspace.folder("inside")).toBe("jobs");
  expect(workspace.folder("jobs/..")).toBe(".");
  expect(workspace.folder("jobs/a.json")).toBeUndefined();
  expect(workspace.folder("..")).toBeUndefined();
  expect(workspace.under("..")).toBeUndefined();
});

test("a pointer of Git LFS is not the file", () => {
  writeFileSync(join(folder, "root/big.json"), LFS_POINTER);
  expect(workspace.read("big.json")).toEqual({
    problem: POINTER,
    why: "big.json is a pointer of Git LFS, whose content is not here",
  });
});

test("a binary file is no text, but has bytes", () => {
  expect(workspace.read("picture")).toEqual({
    problem: "The file is binary, so it was not checked.",
    why: "picture can't be read as text",
  });
  expect(workspace.bytes("picture")).toEqual(Buffer.from([0x89, 0, 0xff]));
});

test("the files under a folder are listed without what tools made", () => {
  expect(workspace.under("jobs")).toEqual(["a.json"]);
});

test("skimming shows what is in a file and keeps nothing; what lies outside is not shown", () => {
  const shown: string[] = [];
  for (const path of ["jobs/a.json", "inside/a.json", "picture", "jobs/link.json", "../outside.json", "jobs/c.json"]) {
    workspace.skim(path, (text) => shown.push(`${path}: ${text}`));
  }
  expect(shown).toEqual(["jobs/a.json: {}", "inside/a.json: {}", "picture: \x89\0\xff"]);
});
