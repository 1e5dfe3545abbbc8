import { join } from "node:path";
import { expect, test } from "vitest";
import { makeRepository } from "../../test/fake-github/repository.ts";
import { baselineText } from "../verdict/baseline.ts";
import { openBase } from "./base.ts";
import { requestOf } from "./request.ts";

/** What `check --base main` compares with after a commit of these files on another branch. */
async function compared(base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>, path?: string) {
  using repository = makeRepository();
  const commit = repository.commit(base);
  repository.commit(head);
  const asked = { name: "check", paths: path === undefined ? [] : [path], config: undefined } as never;
  const request = await requestOf(asked, repository.folder);
  if (request.name === "mistake") throw new Error(request.message);
  const { config, known, notes } = await openBase(request, commit, undefined);
  return { failOn: config.failOn, paths: config.paths, known, notes: notes.map(({ message }) => message) };
}

test("the configuration of the base decides, and a difference is reported", async () => {
  const name = ".batch-secrets-check.yaml";
  const lenient = await compared({ [name]: "fail-on: warning\n" }, { [name]: "fail-on: never\n" });
  expect(lenient.failOn).toBe("warning");
  expect(lenient.notes).toEqual([
    expect.stringMatching(/^The configuration here differs from that of \w+, which decides\.$/),
  ]);
  expect(await compared({ "a.txt": "" }, { [name]: "fail-on: never\n" })).toMatchObject({ failOn: undefined });
  expect((await compared({ [name]: "fail-on: never\n" }, { [name]: "fail-on: never\n" })).notes).toEqual([]);
  const broken = await compared({ [name]: "fail-on: x\n" }, { [name]: "fail-on: never\n" });
  expect(broken).toMatchObject({ failOn: undefined, notes: [expect.stringContaining("and was not used")] });
});

test("so does its baseline, and the configuration of the one folder that is checked", async () => {
  const name = ".batch-secrets-check.yaml";
  const files = { [name]: "baseline: known.json\n", "known.json": baselineText([]) };
  const { known } = await compared(files, { ...files, "known.json": "{}" });
  expect(known).toEqual({ path: "known.json", entries: [] });
  const infra = { [`infra/${name}`]: "paths: jobs\n" };
  expect((await compared(infra, { ...infra, "infra/jobs/a.json": "{}" }, "infra")).paths).toEqual(["infra/jobs"]);
});

test("evidence that the change wrote is doubted, and what no commit has is not", async () => {
  using repository = makeRepository();
  const at = (name: string) => `infra/evidence/${name}`;
  const base = repository.commit({ [at("same.json")]: "1", [at("changed.json")]: "1" });
  repository.commit({ [at("same.json")]: "1", [at("changed.json")]: "2", [at("added.json")]: "1" });
  const asked = { name: "check", paths: [], config: undefined } as never;
  const request = await requestOf(asked, join(repository.folder, "infra"));
  if (request.name === "mistake") throw new Error(request.message);
  const { judge, base: opened } = await openBase(request, base, undefined);
  const names = ["same", "changed", "added", "collected", "added.json/behind-a-link"];
  const path = (name: string) => `evidence/${name}.json`;
  expect(names.filter((name) => !judge.isOwn(path(name)))).toEqual(["changed", "added", "added.json/behind-a-link"]);
  expect(judge.folder).toBe("infra");
  expect(names.filter((name) => opened.isBeside?.(path(name)))).toEqual(["collected"]);
});
