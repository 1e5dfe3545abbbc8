import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultConfig } from "./config.ts";
import { below, parseConfig } from "./parse.ts";
import { settings } from "./settings.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/configuration.md"), "utf8");
const keys = Object.values(settings).map(({ key }) => key);

test("each key is in the table of docs/configuration.md, and no other", () => {
  const documented = [...page.matchAll(/^\| `([a-z-]+)` \| /gm)].map(([, key]) => key);
  expect(documented.sort()).toEqual([...keys].sort());
});

test("the example of docs/configuration.md has each key, and is valid", async () => {
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const { config, problems } = await parseConfig(example, "docs/configuration.md");
  expect(problems).toEqual([]);
  expect(Object.keys(settings).filter((field) => same(field, config, defaultConfig))).toEqual([]);
});

function same(field: string, left: object, right: object): boolean {
  return field !== "failOn" && Reflect.get(left, field) === Reflect.get(right, field);
}

test("each path of a folder's configuration is moved for the folder above it", async () => {
  const text = `role-policies: { batch: [iam/*.json, "arn:aws:iam::aws:policy/ReadOnlyAccess"] }
paths: jobs
paths-ignore: [old.json, test/**]
var-files: [production.tfvars]
policies: own.tar.gz
baseline: known.json
rules: { secret-arn-format: { legacy/**: off } }
suppressions: [{ rule: secret-arn-format, path: legacy/**, reason: old }]
`;
  const { config } = await parseConfig(text, "infra/.batch-secrets-check.yaml");
  expect(below(config, "infra")).toEqual({
    ...defaultConfig,
    rolePolicies: new Map([["batch", ["infra/iam/*.json", "arn:aws:iam::aws:policy/ReadOnlyAccess"]]]),
    paths: ["infra/jobs"],
    pathsIgnore: ["infra/**/old.json", "infra/test/**"],
    varFiles: ["infra/production.tfvars"],
    policies: ["infra/own.tar.gz"],
    baseline: "infra/known.json",
    rules: new Map([["secret-arn-format", [{ path: "infra/legacy/**", level: "off" }]]]),
    suppressions: [{ rule: "secret-arn-format", path: "infra/legacy/**", reason: "old" }],
  });
});
