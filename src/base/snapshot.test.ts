import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type Content, emptyTree, overlay } from "../sources/overlay.ts";
import { openWorkspace } from "../sources/workspace.ts";
import { snapshotTree } from "./snapshot.ts";

const idOf = (text: string) => createHash("sha1").update(`blob ${text.length}\0${text}`).digest("hex");
const treeOf = (files: Readonly<Record<string, string>>) =>
  overlay(
    emptyTree(1),
    new Map(
      Object.entries(files).map(([path, text]): [string, Content] => [
        path,
        { kind: "file", read: () => Buffer.from(text) },
      ]),
    ),
  );

/** A commit, and the ids of the contents that it was asked for. */
function commitOf(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  return {
    asked,
    files: new Map(Object.entries(files).map(([path, text]) => [path, { mode: "100644", id: idOf(text) }])),
    load: async (ids: readonly string[]) => {
      asked.push(...ids);
      return new Map(ids.map((id) => [id, Buffer.from(Object.values(files).find((text) => idOf(text) === id) ?? "")]));
    },
  };
}

test("only what differs is loaded, and what nothing reads by its name only when it is asked for", async () => {
  const commit = commitOf({ "infra/a.tf": "old", "infra/b.tf": "same", "infra/c.txt": "text", "shared/m.tf": "m" });
  const checked = treeOf({ "a.tf": "new", "b.tf": "same", "../shared/m.tf": "m", "made.tf": "x" });
  const { tree, load, differs } = await snapshotTree(commit, "infra", checked);
  const workspace = openWorkspace(tree);
  expect(commit.asked).toEqual([idOf("old")]);
  expect(workspace.names(".")).toEqual(["a.tf", "b.tf", "c.txt"]);
  expect(["a.tf", "b.tf", "../shared/m.tf"].map((path) => workspace.read(path))).toMatchObject([
    { file: { text: "old" } },
    { file: { text: "same" } },
    { file: { text: "m" } },
  ]);
  expect(workspace.read("made.tf")).toMatchObject({ missing: true });
  expect(workspace.read("c.txt")).toEqual({
    why: "c.txt can't be read as text",
    problem: "The file is not loaded yet.",
  });
  expect(await load()).toBe(true);
  expect(openWorkspace(tree).read("c.txt")).toMatchObject({ file: { text: "text" } });
  expect(await load()).toBe(false);
  expect(["a.tf", "b.tf", "made.tf"].map(differs)).toEqual([true, false, true]);
});

test("modules that were fetched are the base's too, as long as it names the same ones", async () => {
  const call = (version: string) => `module "job" {\n  source  = "org/job/aws"\n  version = "${version}"\n}\n`;
  const fetched = { ".terraform/modules/job/main.tf": "resource" };
  const commit = commitOf({ "main.tf": `# Before.\n${call("1.0")}` });
  const seen = async (version: string) => {
    const { tree } = await snapshotTree(commit, "", treeOf({ ...fetched, "main.tf": call(version) }));
    return openWorkspace(tree).isFile(".terraform/modules/job/main.tf");
  };
  expect(await seen("1.0")).toBe(true);
  expect(await seen("2.0")).toBe(false);
});
