/**
 * The examples of the AWS page that this project grew from, as files: what AWS itself says wrongly is found, and the
 * rest is clean but for its shape.
 * https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html, as of June 2023
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../src/check.ts";
import { defaultConfig } from "../src/config/config.ts";

const FOLDER = join(import.meta.dirname, "data/seed-page");

const CONTAINER_AS_LIST =
  "job-definition-shape: `containerProperties` is a list, but AWS Batch expects a single object.";
const LOG_AS_LIST = "job-definition-shape: `logConfiguration` is a list, but AWS Batch expects a single object.";

/** The certain findings of each example. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  "describe-secret.json": [],
  "full-secret.json": [CONTAINER_AS_LIST],
  "get-secret-value.json": [],
  "json-key.json": [CONTAINER_AS_LIST],
  "key-and-stage.json": [CONTAINER_AS_LIST],
  "key-and-version-id.json": [CONTAINER_AS_LIST],
  "log-configuration.json": [CONTAINER_AS_LIST, LOG_AS_LIST],
  // Its resource is a placeholder, which may represent a name with its suffix.
  "policy.json": [],
  "version-id.json": [
    CONTAINER_AS_LIST,
    "secret-selector-format: `environment_variable_name`: a colon is missing before the version ID.",
  ],
  "version-stage.json": [CONTAINER_AS_LIST],
};

test("every example of the page is here", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(EXPECTED));
});

for (const [name, expected] of Object.entries(EXPECTED)) {
  test(`${name} of the page has the findings it deserves`, async () => {
    const { report } = await check({ root: FOLDER, paths: [name], ignore: [], config: defaultConfig, failOn: "error" });
    expect(report.problems).toEqual([]);
    expect(report.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual(expected);
    expect(report.findings.every(({ confidence }) => confidence === "certain")).toBe(true);
  });
}
