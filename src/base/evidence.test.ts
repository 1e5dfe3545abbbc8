import { expect, test } from "vitest";
import { judgeWith } from "../../test/support/judge.ts";
import { contentsOf, emptyTree, overlay } from "../sources/overlay.ts";
import { believedEvidence, isCollected, type Judge } from "./evidence.ts";

const FOLDER = ".batch-secrets-check/evidence";
type Files = Readonly<Record<string, string>>;
const inFolder = (files: Files) =>
  Object.entries(files).map(([name, text]) => ({ path: name.includes("/") ? name : `${FOLDER}/${name}`, text }));

/** A base whose repository has these files of evidence for the folder `jobs`. */
function base(files: Files, more: Partial<Judge> = {}): Judge {
  const full = Object.fromEntries(inFolder(files).map(({ path, text }) => [`jobs/${path}`, text]));
  return judgeWith(full, { folder: "jobs", isOwn: isCollected, ...more });
}

async function believed(here: Files, judge: Judge) {
  const files = inFolder(here);
  const tree = overlay(emptyTree(1), contentsOf(files));
  const folders = [{ path: FOLDER, named: false }];
  const found = await believedEvidence(judge, { tree, files, folders, paths: ["job.json"] });
  return (
    found && {
      files: found.files.map(({ path, text }) => `${path.replace(`${FOLDER}/`, "")} ${text}`),
      notes: found.notes,
    }
  );
}

const messages = (found: Awaited<ReturnType<typeof believed>>) =>
  found?.notes.map(({ path, message }) => `${path.replace(`${FOLDER}/`, "")}: ${message}`);

const DOUBTED =
  "The evidence is not in the base branch, or differs there, so it proves nothing here: it counts for findings alone.";

test("what the base has byte for byte counts; anything else is doubted and said once, and the base's is in its place", async () => {
  const found = await believed(
    { "a.json": "1", "b.json": "2", "c.json": "3" },
    base({ "a.json": "1", "b.json": "2 " }),
  );
  expect(found?.files).toEqual(["a.json 1", "b.json 2 "]);
  expect(messages(found)).toEqual([`b.json: ${DOUBTED} So it is with 1 other file of evidence.`]);
});

test("what the change deletes still counts", async () => {
  const found = await believed({ "a.json": "1" }, base({ "a.json": "1", "b.json": "2", "c.json": "3" }));
  expect(found?.files).toEqual(["a.json 1", "b.json 2", "c.json 3"]);
  expect(messages(found)).toEqual([
    "b.json: The evidence is in the base branch and not here. It still counts. So it is with 1 other file of evidence.",
  ]);
  expect((await believed({}, base({ "a.json": "1" })))?.files).toEqual(["a.json 1"]);
});

test("files of the base that are no evidence are none", async () => {
  expect(await believed({}, base({ "jobs.json/x.txt": "1", "README.md": "1", "infra/a.json": "1" }))).toBeUndefined();
});

test("what the run collected or the workflow put elsewhere counts beside what the base has", async () => {
  const own = { ".batch-secrets-check/collected/a.json": "1", "../../tmp/b.json": "1" };
  expect(await believed(own, base({}))).toBeUndefined();
  expect((await believed(own, base({ "a.json": "2" })))?.files).toEqual([
    "../../tmp/b.json 1",
    ".batch-secrets-check/collected/a.json 1",
    "a.json 2",
  ]);
  expect(await believed({ "a.json": "2" }, base({ "a.json": "1" }, { isOwn: () => true }))).toBeUndefined();
});

test("where the base has none, or can't be read, everything is doubted", async () => {
  const none = await believed({ "a.json": "1" }, base({}, { open: async () => undefined }));
  expect([none?.files, messages(none)]).toEqual([[], [`a.json: ${DOUBTED}`]]);
  const fails = await believed({ "a.json": "1" }, base({}, { open: () => Promise.reject(new Error("Not found.")) }));
  expect([fails?.files, messages(fails)]).toEqual([
    [],
    [
      "the base branch: It can't be read, so its evidence does not count, and that of the change proves nothing. Not found.",
      `a.json: ${DOUBTED}`,
    ],
  ]);
  const lies = {
    files: new Map([["jobs/.batch-secrets-check/evidence/a.json", { mode: "100644", id: "0".repeat(40) }]]),
  };
  const load = async (ids: readonly string[]) => new Map(ids.map((id) => [id, Buffer.from("2")]));
  expect((await believed({}, base({}, { open: async () => ({ ...lies, load }) })))?.files).toEqual([]);
});
