/** Templates as the CDK writes them: `test/fixtures/cloudformation/cdk/app.mjs` is what they were made of. */
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { Unit } from "../../src/facts/unit.ts";
import { readCloudFormation } from "../../src/formats/cloudformation/read.ts";
import { sourceAt, where } from "../../src/formats/cloudformation/testing.ts";
import { type Document, parseDocuments } from "../../src/syntax/document.ts";

const FOLDER = new URL("../fixtures/cloudformation/cdk/", import.meta.url);
let units: readonly Unit[] = [];

beforeAll(async () => {
  const documents: Document[] = [];
  for (const name of readdirSync(FOLDER).filter((one) => one.endsWith(".template.json"))) {
    const text = readFileSync(new URL(name, FOLDER), "utf8");
    documents.push(...(await parseDocuments({ path: name, text })).documents);
  }
  units = readCloudFormation(documents);
});

function unit(id: string): Unit {
  const found = units.find((one) => one.id === id);
  if (!found) throw new Error(`no unit ${id}`);
  return found;
}

const ARN = "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:";
const own = `${ARN}⟨Own30425842.name@Jobs.template.json⟩-⟨#Own30425842@Jobs.template.json⟩`;

test("two stacks are two units, and the nested one is part of its parent", () => {
  expect(units.map(({ id, problems }) => [id, problems])).toEqual([
    ["Jobs.template.json", []],
    ["Shared.template.json", []],
  ]);
});

test("every reference is known, also those that another stack exports", () => {
  const [nightly] = unit("Jobs.template.json").resources.job_definitions;
  expect(nightly?.containers[0]?.secrets.map(({ name, value_from }) => [name?.value, value_from?.value])).toEqual([
    ["PASSWORD", `${own}:password::`],
    ["WHOLE", own],
    [
      "HOST",
      `${ARN}⟨JobsDbSecret4EBDF7853fdaad7efa858a3daf9490cf0a702aeb.name@Jobs.template.json⟩-⟨#JobsDbSecret4EBDF7853fdaad7efa858a3daf9490cf0a702aeb@Jobs.template.json⟩:host::`,
    ],
    ["OLD", `${ARN}legacy/token:token::`],
    ["PINNED", `${own}:::11111111-2222-3333-4444-555555555555`],
    ["BOTH", `${own}:username:AWSCURRENT:11111111-2222-3333-4444-555555555555`],
    ["SHARED", `${ARN}shared/api-⟨#SharedSecret501E1796@Shared.template.json⟩:token::`],
    ["SETTING", "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/app/setting"],
  ]);
});

test("the grant and the reference of a secret are one text", () => {
  const { policies } = unit("Jobs.template.json").resources;
  const grant = policies
    .filter(({ kind }) => kind === "identity")
    .flatMap(({ statements }) => statements)
    .filter(({ actions }) => actions?.some(({ value }) => value === "secretsmanager:GetSecretValue"));
  expect(new Set(grant.flatMap(({ resources }) => resources?.map(({ value }) => value) ?? []))).toEqual(
    new Set([
      own,
      `${ARN}⟨JobsDbSecret4EBDF7853fdaad7efa858a3daf9490cf0a702aeb.name@Jobs.template.json⟩-⟨#JobsDbSecret4EBDF7853fdaad7efa858a3daf9490cf0a702aeb@Jobs.template.json⟩`,
      `${ARN}legacy/token-??????`,
      `${ARN}shared/api-⟨#SharedSecret501E1796@Shared.template.json⟩`,
    ]),
  );
});

test("the key policy names the role as the job does, since the CDK grants decryption there alone", () => {
  const { keys, policies, job_definitions } = unit("Jobs.template.json").resources;
  const key = policies.find(({ kind }) => kind === "key");
  expect(key?.on?.value).toBe(keys[0]?.arn.value);
  const principals = key?.statements.flatMap(({ principals }) => principals ?? []).flatMap(({ values }) => values);
  const execution = job_definitions[0]?.containers[0]?.execution_role?.arn.value;
  expect(principals?.map(({ value }) => value)).toContain(execution);
});

test("a secret with a rotation and an attachment", () => {
  const { secrets } = unit("Jobs.template.json").resources;
  expect(
    secrets.map(({ contents, rotates, additions }) => [
      contents[0]?.kind,
      contents[0]?.keys,
      rotates,
      additions.map(({ keys, others }) => [...keys, others === null]),
    ]),
  ).toEqual([
    ["json", ["username", "password"], false, [["engine", "host", "port", false]]],
    ["json", ["username", "password"], true, [[false]]],
  ]);
});

test("the nested stack's job knows what the parent passes, and its places are in its own file", () => {
  const job = unit("Jobs.template.json").resources.job_definitions.find(({ address }) => address.includes("/"));
  const [secret] = job?.containers[0]?.secrets ?? [];
  expect(secret?.value_from?.value).toBe(`${ARN}shared/api-⟨#SharedSecret501E1796@Shared.template.json⟩:token::`);
  expect(secret?.value_from?.at.file.path).toBe("JobsNested4FA80F54.nested.template.json");
});

test("the network of the other stack has two interface endpoints and no way out", () => {
  const { networks, endpoints, exits } = unit("Shared.template.json").resources;
  expect(networks.map(({ vpc, dns_support, dns_hostnames }) => [vpc.value, dns_support, dns_hostnames])).toEqual([
    ["⟨Vpc8378EB38@Shared.template.json⟩", true, true],
  ]);
  expect(endpoints.map(({ service, type, private_dns }) => [service.value, type, private_dns])).toEqual([
    ["com.amazonaws.⟨AWS.Region⟩.ecr.dkr", "Interface", true],
    ["com.amazonaws.⟨AWS.Region⟩.secretsmanager", "Interface", true],
  ]);
  expect(exits).toEqual([]);
});

test("the environment runs in the subnets of the other stack", () => {
  const [environment] = unit("Jobs.template.json").resources.compute_environments;
  expect(environment?.subnets.map(({ value }) => value)).toEqual([
    "⟨VpcisolatedSubnet1SubnetE62B1B9B@Shared.template.json⟩",
    "⟨VpcisolatedSubnet2Subnet39217055@Shared.template.json⟩",
  ]);
});

test("a reference is where its function stands", () => {
  const [nightly] = unit("Jobs.template.json").resources.job_definitions;
  const [password, whole] = nightly?.containers[0]?.secrets ?? [];
  expect(whole?.value_from && sourceAt(whole.value_from.at).replace(/\s+/g, "")).toBe('{"Ref":"Own30425842"}');
  expect(password?.value_from && sourceAt(password.value_from.at).replace(/\s+/g, "")).toBe(
    '{"Fn::Join":["",[{"Ref":"Own30425842"},":password::"]]}',
  );
  expect(password?.value_from && where(password.value_from.at)).toBe("684:21-694:9");
});
