import { readFileSync } from "node:fs";
import { join } from "node:path";
import picomatch from "picomatch";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "./opa.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");

interface Group {
  readonly patterns: readonly string[];
}

interface Update {
  readonly "package-ecosystem": string;
  readonly groups?: { readonly bundled?: Group } & Readonly<Record<string, Group>>;
}

test("updates of what is bundled come apart from those of the tools", () => {
  const { updates } = parse(read(".github/dependabot.yml")) as { updates: readonly Update[] };
  const npm = updates.find((update) => update["package-ecosystem"] === "npm");
  const { devDependencies } = JSON.parse(read("package.json")) as { devDependencies: Readonly<Record<string, string>> };
  const licenses = read("dist/licenses.txt").split("\n");
  const bundled = Object.keys(devDependencies).filter((name) => licenses.includes(name));
  const isBundled = picomatch([...(npm?.groups?.bundled?.patterns ?? [])]);
  expect(Object.keys(devDependencies).filter((name) => isBundled(name))).toEqual(bundled);
  expect(bundled).toContain("yaml");
  for (const { groups } of updates) expect(Object.values(groups ?? {}).at(-1)?.patterns).toEqual(["*"]);
});
