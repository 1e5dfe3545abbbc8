/** An estate says the same whether it is files or what its account answers. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { builtInRules } from "../src/policy/rules.ts";
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

const EXAMPLES = builtInRules().flatMap((rule) => {
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

/** The answers to an operation, or what this makes of each. */
function changed(example: string, operation: string, change: (envelope: Envelope) => object | undefined) {
  const files = asEvidence(EXAMPLES.find(({ name }) => name === example)?.files ?? {});
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]) => {
      const envelope = JSON.parse(text) as Envelope;
      const made = envelope.call?.operation === operation ? change(envelope) : envelope;
      return made ? [[path, JSON.stringify(made)]] : [];
    }),
  );
}

interface Envelope {
  readonly call?: { readonly operation: string };
  readonly output?: Readonly<Record<string, unknown>>;
}

const denied = ({ output: _, ...asked }: Envelope) => ({ ...asked, error: { code: "AccessDenied", message: "" } });
const permission = (name: string) => ({ kind: "denied", name, unit: null });

async function open(files: Readonly<Record<string, string>>) {
  const { references, unverified, findings } = (await checkFiles(files)).report;
  return {
    network: references.map(({ links }) => links.network.state),
    findings: findings.map(({ rule }) => rule),
    causes: unverified.map(({ cause }) => cause),
  };
}

test("what a call was denied is an open question, and a setting of DNS that nobody knows proves nothing", async () => {
  const example = "vpc-endpoint-usable/private-dns.good.raw";
  const files = changed(example, "DescribeVpcAttribute", (one) =>
    one.output && "EnableDnsHostnames" in one.output ? denied(one) : one,
  );
  const causes = [permission("ec2:DescribeVpcAttribute")];
  expect(await open(files)).toEqual({ network: ["open"], findings: [], causes });
});

test("an endpoint with private DNS off is no error where private hosted zones are not seen, or answer its name", async () => {
  const example = "vpc-endpoint-usable/private-dns-off.bad.raw";
  const zones = (change: Parameters<typeof changed>[2]) => open(changed(example, "ListHostedZonesByVPC", change));
  const unsettled = { network: ["open"], findings: [] };
  const unseen = { kind: "hosted-zones", name: "vpc-0a1b2c3d4e5f60001", unit: null };
  expect(await zones(() => undefined)).toEqual({ ...unsettled, causes: [unseen] });
  expect(await zones(denied)).toEqual({ ...unsettled, causes: [permission("route53:ListHostedZonesByVPC")] });
  const listed = (Name: string) => (one: Envelope) => ({
    ...one,
    output: { HostedZoneSummaries: [{ HostedZoneId: "Z0A1B2C3D4E5F6", Name, Owner: {} }], MaxItems: "100" },
  });
  expect(await zones(listed("secretsmanager.eu-west-1.amazonaws.com."))).toMatchObject({
    ...unsettled,
    causes: [{ kind: "hosted-zone", name: "Z0A1B2C3D4E5F6" }],
  });
  const broken = { network: ["broken"], findings: ["vpc-endpoint-usable"], causes: [] };
  expect(await zones(listed("internal.example.com."))).toEqual(broken);
});
