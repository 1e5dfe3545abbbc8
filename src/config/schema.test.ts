import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "./parse.ts";
import { configNames } from "./read.ts";
import { configurationSchema, schemaUrl } from "./schema.ts";

const docs = join(import.meta.dirname, "../../docs");
const validate = new Ajv({ allErrors: true }).compile(configurationSchema());

/** Whether the schema and the reader accept a configuration, as JSON. */
async function accepted(configuration: unknown): Promise<{ readonly schema: boolean; readonly reader: boolean }> {
  const { problems } = await parseConfig(JSON.stringify(configuration), "configuration.json");
  return { schema: validate(configuration), reader: problems.length === 0 };
}

test("the published schema is the one of the settings", () => {
  const published = readFileSync(join(docs, "configuration.schema.json"), "utf8");
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(configurationSchema())));
});

test("each configuration that the documentation shows is valid", async () => {
  const page = readFileSync(join(docs, "configuration.md"), "utf8");
  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
  expect(examples.length).toBeGreaterThan(2);
  for (const example of examples) {
    expect((await parseConfig(example, "configuration.yaml")).problems).toEqual([]);
    validate(parse(example));
    expect(validate.errors ?? []).toEqual([]);
  }
});

test("the documentation says where editors find the schema, for each name of the file", () => {
  const page = readFileSync(join(docs, "configuration.md"), "utf8");
  expect(page).toContain(`# yaml-language-server: $schema=${schemaUrl}\n`);
  const blocks = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = ""]) => JSON.parse(text));
  const [json, entry] = [blocks.find((one) => "$schema" in one), blocks.find((one) => "fileMatch" in one)];
  expect(json.$schema).toBe(schemaUrl);
  expect(validate(json)).toBe(true);
  expect(entry.url).toBe(schemaUrl);
  expect(entry.fileMatch).toEqual([...configNames]);
});

test.each([
  [{ paths: ["a"], $schema: "https://example.com/schema.json" }, true],
  [{}, true],
  [{ path: "a" }, false],
  [{ paths: "../a" }, false],
  [{ paths: "a/.." }, false],
  [{ paths: "/a" }, false],
  [{ paths: "a..b/..c" }, true],
  [{ rules: { "secret-arn-format": "off" } }, true],
  [{ rules: { "secret-arn-formats": "off" } }, false],
  [{ rules: { "secret-arn-format": "sometimes" } }, false],
  [{ rules: { "secret-arn-format": { "a/**": "warning", "a/b": "off" } } }, true],
  [{ rules: { "secret-arn-format": { "../a": "warning" } } }, false],
  [{ rules: { "secret-arn-format": {} } }, false],
  [{ suppressions: [{ rule: "secret-arn-format", reason: " " }] }, false],
  [{ suppressions: [{ rule: "secret-arn-format" }] }, false],
  [{ suppressions: { rule: "secret-arn-format", reason: "old", until: "2027-03-31" } }, true],
  [{ suppressions: { rule: "secret-arn-format", reason: "old", until: "2027-13-31" } }, false],
  [{ suppressions: { rule: "secret-arn-format", reason: "old", till: "2027-03-31" } }, false],
  [{ "role-policies": { batch: ["iam/*.json"] } }, true],
  [{ "role-policies": ["iam/*.json"] }, false],
])("%j: the schema and the reader say the same", async (configuration, isValid) => {
  expect(await accepted(configuration)).toEqual({ schema: isValid, reader: isValid });
});

test("the schema and the reader accept the same configurations", async () => {
  const keys = Object.keys(configurationSchema()["properties"] as object).filter((key) => key !== "$schema");
  const words = ["on", "off", "error", "warning", "never", "a/*.json", "../b", "2027-03-31", "", "secret-arn-format"];
  const leaf = fc.oneof(fc.constantFrom(...words), fc.boolean(), fc.integer());
  const key = fc.constantFrom("rule", "reason", "until", "path", "secret-arn-format", "batch", "name");
  const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 2 }), fc.dictionary(key, leaf, { maxKeys: 4 }));
  const deeper = fc.oneof(value, fc.array(value, { maxLength: 2 }), fc.dictionary(key, value, { maxKeys: 3 }));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys, "other"), deeper, { maxKeys: 3 }), async (one) => {
      const { schema, reader } = await accepted(one);
      expect(schema).toBe(reader);
    }),
    { numRuns: 1000 },
  );
});
