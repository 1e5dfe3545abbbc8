/** The recipe of docs/attestation.md: its filter makes of a report what the published schema describes. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { check } from "../src/check.ts";
import { defaultConfig } from "../src/config/config.ts";
import { json } from "../src/report/json.ts";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/attestation.md"), "utf8");
const schema = JSON.parse(readFileSync(join(root, "docs/attestation.schema.json"), "utf8")) as { readonly $id: string };

test.each(["good", "bad"])("the predicate of %s files fits the schema", async (folder) => {
  const options = { root: join(root, "examples", folder), paths: [], ignore: [], config: defaultConfig };
  const { report } = await check({ ...options, failOn: "error" });
  const [, filter = ""] = /jq '([^']+)'/.exec(page) ?? [];
  const input = json.write(report);
  const predicate: unknown = JSON.parse(execFileSync("jq", [filter], { input, encoding: "utf8" }));
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  expect(validate(predicate) ? [] : validate.errors).toEqual([]);
  expect(predicate).toMatchObject({ verdict: folder === "good" ? "pass" : "fail" });
  expect(JSON.stringify(predicate)).not.toContain("arn:");
});

test("the type of the predicate is the address of the schema", () => {
  const types = [...page.matchAll(/predicate-type:? (\S+)/g)].map(([, type]) => type);
  expect(types).toEqual([schema.$id, schema.$id]);
});
