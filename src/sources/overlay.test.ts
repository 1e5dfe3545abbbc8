import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readCandidates } from "./folder.ts";
import { type Content, emptyTree, overlay } from "./overlay.ts";
import { openFolder, type Tree } from "./tree.ts";
import { openWorkspace } from "./workspace.ts";

const top = mkdtempSync(join(tmpdir(), "overlay-"));
afterAll(() => rmSync(top, { recursive: true }));

const JOB = '{"jobDefinitionName": "a"}';
for (const path of ["root/a.json", "root/b/c.json", "root/b/d.json", "shared/m.tf", "root/node_modules/p/x.json"]) {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), JOB);
}
symlinkSync("node_modules/p", join(top, "root/inside"));
symlinkSync(process.execPath, join(top, "root/b/out.json"));

const file = (text: string): Content => ({ kind: "file", read: () => Buffer.from(text) });
const link = (target: string): Content => ({ kind: "link", target });
const tree = (changes: Readonly<Record<string, Content | null>>): Tree =>
  overlay(openFolder(join(top, "root"), top), new Map(Object.entries(changes)));
const everything = { paths: [], ignore: [] };
const found = async (changes: Readonly<Record<string, Content | null>>) => {
  const { files, problems } = await readCandidates(tree(changes), everything);
  return [files.map(({ path, text }) => (text === JOB ? path : `${path}: ${text}`)), problems.map(({ path }) => path)];
};

test("without changes it is the tree itself", async () => {
  expect(await readCandidates(tree({}), everything)).toEqual(
    await readCandidates(openFolder(join(top, "root"), top), everything),
  );
});

test("a changed file has its old content, an added one is hidden, a deleted one is there again", async () => {
  const old = `${JOB}\n`;
  expect(await found({ "a.json": file(old), "b/c.json": null, "x/y/z.json": file(JOB) })).toEqual([
    ['a.json: {"jobDefinitionName": "a"}\n', "b/d.json", "inside/x.json", "x/y/z.json"],
    [],
  ]);
});

test("a file may have been a folder, and a folder a file", async () => {
  expect((await found({ "a.json": null, "a.json/b.json": file(JOB), "b/c.json": null, "b/d.json": null }))[0]).toEqual([
    "a.json/b.json",
    "inside/x.json",
  ]);
  const changed = tree({ b: file("x"), "b/c.json": null, "b/d.json": null });
  expect(openWorkspace(changed).isFile("b")).toBe(true);
  expect(openWorkspace(changed).isFile("b/c.json")).toBe(false);
  expect(openWorkspace(changed).names("b")).toEqual([]);
});

test("what can't be had is a problem of its file, not an empty one", async () => {
  const changes = { "a.json": { kind: "file", read: () => "The file is gone." } } as const;
  expect(await readCandidates(tree(changes), everything)).toMatchObject({
    problems: [{ path: "a.json", message: "The file is gone." }],
  });
});

test("links are followed through both, and never out of the bounds", () => {
  const workspace = openWorkspace(
    tree({
      up: link("../shared"),
      "node_modules/p/x.json": file("old"),
      away: link("/etc"),
      far: link("../../../etc"),
      out: link("b/out.json"),
      round: link("about"),
      about: link("round"),
      "../shared/m.tf": file("module"),
    }),
  );
  expect(workspace.read("up/m.tf")).toEqual({ file: { path: "../shared/m.tf", text: "module" } });
  expect(workspace.read("inside/x.json")).toEqual({ file: { path: "node_modules/p/x.json", text: "old" } });
  expect(workspace.folder("up")).toBe("../shared");
  for (const path of ["away/passwd", "far/passwd", "out", "b/out.json", "../../x"]) {
    expect(workspace.read(path)).toEqual({ why: `${path} is outside the checked folder` });
  }
  expect(workspace.read("round")).toEqual({ why: "round can't be read" });
  expect(workspace.read("nowhere")).toEqual({ missing: true, why: "there is no file nowhere" });
});

test("over nothing it is a tree of its own", async () => {
  const alone = overlay(
    emptyTree(),
    new Map([
      ["jobs/a.json", file(JOB)],
      ["jobs/b.json", link("a.json")],
    ]),
  );
  expect(await readCandidates(alone, everything)).toMatchObject({
    files: [{ path: "jobs/a.json", text: JOB }],
    problems: [],
    scanned: 2,
  });
  const below = openWorkspace(overlay(emptyTree(1), new Map([["../modules/m.tf", file("m")]])));
  expect(below.read("../modules/m.tf")).toEqual({ file: { path: "../modules/m.tf", text: "m" } });
  expect(below.read("../../m.tf")).toEqual({ why: "../../m.tf is outside the checked folder" });
  expect(openWorkspace(alone).under(".")).toEqual(["jobs/a.json", "jobs/b.json"]);
  expect(openWorkspace(alone).bytes("jobs/b.json")).toEqual(Buffer.from(JOB));
});
