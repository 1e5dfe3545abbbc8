import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scopeOf } from "./paths.ts";

let top = "";
let here = "";
beforeAll(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), "paths-")));
  here = join(top, "here");
  mkdirSync(join(here, "infra"), { recursive: true });
  mkdirSync(join(top, "..there"));
  writeFileSync(join(here, "infra", "a.json"), "{}");
  writeFileSync(join(here, "..b.json"), "{}");
  writeFileSync(join(top, "outer.json"), "{}");
});
afterAll(() => {
  rmSync(top, { recursive: true });
});

test("paths below the current folder are relative to it", () => {
  expect(scopeOf(here, [])).toEqual({ name: "scope", root: here, paths: [] });
  expect(scopeOf(here, ["infra/", "./infra/a.json", join(here, "infra"), "..b.json", "."])).toEqual({
    name: "scope",
    root: here,
    paths: ["infra", "infra/a.json", "infra", "..b.json", "."],
  });
});

test("a glob need not be there as a file", () => {
  expect(scopeOf(here, ["**/*.json"])).toEqual({ name: "scope", root: here, paths: ["**/*.json"] });
});

test("one path elsewhere makes its folder the root", () => {
  expect(scopeOf(here, [join(top, "..there")])).toEqual({ name: "scope", root: join(top, "..there"), paths: [] });
  expect(scopeOf(here, [".."])).toEqual({ name: "scope", root: top, paths: [] });
  expect(scopeOf(here, ["../outer.json"])).toEqual({ name: "scope", root: top, paths: ["outer.json"] });
});

test("several paths must lie below the current folder", () => {
  expect(scopeOf(here, ["infra", "../outer.json"])).toEqual({
    name: "mistake",
    message: "../outer.json is outside of the current folder.",
    hint: "Give it as the only path, or start the check in a folder that holds all paths.",
  });
});

test("links in a circle are no file", () => {
  symlinkSync("circle", join(here, "circle"));
  expect(scopeOf(here, ["circle"])).toMatchObject({ message: "There is no file or folder circle." });
});

test("a path that is not there may have been meant as a command", () => {
  expect([scopeOf(here, ["chekc"]), scopeOf(here, ["stacks"])]).toEqual([
    { name: "mistake", message: "There is no file or folder chekc.", hint: "Did you mean the command check?" },
    {
      name: "mistake",
      message: "There is no file or folder stacks.",
      hint: "Paths are relative to the current folder.",
    },
  ]);
});
