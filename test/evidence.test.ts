/** An estate says the same whether it is files or what its account answers. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadRules } from "../src/policy/rules.ts";
import { examplesFolder } from "../tools/examples.ts";
import { checkFiles } from "./support/checked.ts";
import { asEvidence } from "./support/evidence.ts";

/** Examples with names of things that only a pipeline fills in: an account answers with none. */
const PLACEHOLDERS = /\$\{|\{\{/;

/** Examples about which an account says more or less than their files. */
const OTHERWISE: ReadonlySet<string> = new Set([
  // A description of a secret has its versions.
  "secret-version-exists/not-listed.unknown.raw",
  "single-version-selector/both.bad.raw",
  // The real ARN of a secret shows that the short one means another.
  "unambiguous-secret-arn/declared.bad.raw",
  // Jobs are not deployed with a network of evidence, in which no compute environment is.
  "vpc-endpoint-present/endpoints-only.bad.raw",
]);

const EXAMPLES = loadRules().flatMap((rule) => {
  const folder = examplesFolder(rule);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".raw") && !name.startsWith("placeholder"))
    .map((name) => ({ name: `${rule.id}/${name}`, files: filesIn(join(folder, name)) }))
    .filter(({ name, files }) => !OTHERWISE.has(name) && !Object.values(files).some((text) => PLACEHOLDERS.test(text)));
});

function filesIn(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** What only a value shows, which no evidence has. */
const OF_VALUES: ReadonlySet<string> = new Set([
  "json-key-exists",
  "json-secret-for-json-key",
  "no-binary-secrets",
  "secret-has-value",
]);

/** The states of all links, but of the content, and the findings about them. Policies of an account are no subjects. */
async function told(files: Readonly<Record<string, string>>) {
  const { references, findings, problems, notes } = (await checkFiles(files)).report;
  const chains = references.map(({ name, links }) => [
    name,
    Object.entries(links).flatMap(([link, { state }]) => (link === "content" ? [] : [`${link}: ${state}`])),
  ]);
  const found = findings.filter(({ rule, subject }) => !OF_VALUES.has(rule) && subject.kind !== "policy");
  return { problems, notes, chains, rules: [...new Set(found.map(({ rule }) => rule))].sort() };
}

test.each(EXAMPLES)("$name", async ({ files }) => {
  expect(await told(asEvidence(files))).toEqual(await told(files));
});

test("what a call was denied is an open question, and a setting of DNS that nobody knows proves nothing", async () => {
  const example = EXAMPLES.find(({ name }) => name === "vpc-endpoint-usable/private-dns.good.raw");
  const files = asEvidence(example?.files ?? {});
  const denied = Object.entries(files).map(([path, text]) => {
    const { output, ...asked } = JSON.parse(text) as { output?: Readonly<Record<string, unknown>> };
    const isSetting = output !== undefined && "EnableDnsHostnames" in output;
    return [
      path,
      isSetting ? JSON.stringify({ ...asked, error: { code: "UnauthorizedOperation", message: "" } }) : text,
    ];
  });
  const { report } = await checkFiles(Object.fromEntries(denied));
  expect(report.references.map(({ links }) => links.network.state)).toEqual(["open"]);
  const cause = { kind: "denied", name: "ec2:DescribeVpcAttribute", unit: null };
  expect(report.unverified.map(({ rule, cause }) => ({ rule, cause }))).toEqual([
    { rule: "vpc-endpoint-usable", cause },
  ]);
});
