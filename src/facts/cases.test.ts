import { expect, test } from "vitest";
import {
  allow,
  at,
  container,
  job,
  owner,
  policy,
  reference,
  role,
  secret,
  text,
  unit,
} from "../../test/support/units.ts";
import { keyArn, roleArn, secretArn } from "./arn.ts";
import { buildCases } from "./cases.ts";
import { link } from "./link.ts";
import { caseSchema } from "./schema.ts";
import type { Unit } from "./unit.ts";

const ROLE = text(roleArn(owner("Role@a"), "jobs"));
const DB = text(secretArn(owner("Db@a"), "db"));
const everyKind = new Set(["job_definition", "policy", "secret", "network", "compute_environment"] as const);

const casesOf = async (...units: Unit[]) => [...buildCases(await link(units), everyKind)];

const jobOf = (unit: string, roleText: string, secretText: string) =>
  job(
    unit,
    "Job",
    container({ execution_role: { arn: text(roleText), role: null }, secrets: [reference("db", secretText)] }),
  );

const stack = (id: string) =>
  unit(id, {
    roles: [role(id, "Role", { arn: ROLE, name: text("jobs") })],
    policies: [policy(id, "P", { attached_to: [ROLE], statements: [allow(`${id}#P`, "*", "*")] })],
    secrets: [secret(id, "Db", { arn: DB, name: text("db") })],
  });

test("every case follows the schema", async () => {
  const cases = await casesOf(stack("a"), unit("b", { job_definitions: [jobOf("b", ROLE.value, DB.value)] }));
  expect(cases.map(({ input }) => input.subject.kind)).toEqual(["job_definition", "policy", "secret"]);
  for (const { input } of cases) caseSchema.parse(input);
});

test("a policy's case names the keys of its unit, without who may use them", async () => {
  const given = stack("a");
  const key = {
    id: "a#Key",
    address: "Key",
    unit: "a",
    at,
    unseen: [],
    arn: text(keyArn(owner("Key@a"))),
    tags: { given: [], complete: true },
    spec: null,
    usage: null,
    state: null,
  };
  const cases = await casesOf({ ...given, resources: { ...given.resources, keys: [key] } });
  const [ofPolicy] = cases.filter(({ input }) => input.subject.kind === "policy");
  expect(ofPolicy?.input.keys["a#Key"]).toMatchObject({ statements: [], grants: [], complete: false });
});

test("every number of a case is the index of a place", async () => {
  const [built] = await casesOf(stack("a"));
  expect(built?.places.every((place) => place === at)).toBe(true);
  expect(built?.places[built.input.subject.at]).toBe(at);
});

test("a job's case holds the role and the secret it names, with selectors or without", async () => {
  const [built] = await casesOf({
    ...stack("a"),
    resources: { ...stack("a").resources, job_definitions: [jobOf("a", ROLE.value, `${DB.value}:user::`)] },
  });
  expect(Object.keys(built?.input.roles ?? {})).toEqual(["a#Role"]);
  expect(Object.keys(built?.input.secrets ?? {})).toEqual(["a#Db"]);
  const found = built?.input.job_definitions["a#Job"]?.containers[0];
  expect(found?.execution_role?.role).toBe("a#Role");
  expect(found?.secrets[0]?.secret).toBe("a#Db");
});

test("a role of another unit is found by its name, but never complete", async () => {
  const [built] = await casesOf(
    stack("a"),
    unit("b", { job_definitions: [jobOf("b", "arn:aws:iam::123456789012:role/jobs", DB.value)] }),
  );
  expect(built?.input.roles["a#Role"]?.complete).toBe(false);
  expect(built?.input.roles["a#Role"]?.unseen[0]?.cause).toEqual({ kind: "same-role", name: "Role", unit: "a" });
});

test("a secret of another unit is found by its name, and may be another one", async () => {
  const named = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
  const [built] = await casesOf(stack("a"), unit("b", { job_definitions: [jobOf("b", ROLE.value, named)] }));
  expect(built?.input.job_definitions["b#Job"]?.containers[0]?.secrets[0]?.secret).toBe("a#Db");
  expect(built?.input.secrets["a#Db"]?.maybe).toEqual({ kind: "same-secret", name: "Db", unit: "a" });
});

test("units that share names share those of secrets", async () => {
  const named = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
  const raw = (one: Unit): Unit => ({ ...one, sharesNames: true });
  const jobs = unit("b", { job_definitions: [jobOf("b", ROLE.value, named)] });
  const [built] = await casesOf(raw(stack("a")), raw(jobs));
  expect(Object.keys(built?.input.secrets ?? {})).toEqual(["a#Db"]);
  const [ambiguous] = await casesOf(raw(stack("a")), raw(stack("c")), raw(jobs));
  expect(ambiguous?.input.secrets).toEqual({});
});

test("a bare name asks SSM, so it is no secret of the files", async () => {
  const [built] = await casesOf({
    ...stack("a"),
    resources: { ...stack("a").resources, job_definitions: [jobOf("a", ROLE.value, "db")] },
  });
  expect(built?.input.job_definitions["a#Job"]?.containers[0]?.secrets[0]?.secret).toBeNull();
});

test("the secret whose name is in place of an ARN is in the case, unless a parameter has that name", async () => {
  const secretsFor = async (value: string, ...others: Unit[]) => {
    const [built] = await casesOf(unit("b", { job_definitions: [jobOf("b", ROLE.value, value)] }), ...others);
    return Object.keys(built?.input.secrets ?? {});
  };
  expect(await secretsFor("db", stack("a"))).toEqual(["a#Db"]);
  expect(await secretsFor("db:password::", stack("a"))).toEqual(["a#Db"]);
  expect(await secretsFor("secretsmanager:secret:db", stack("a"))).toEqual(["a#Db"]);
  expect(await secretsFor("other", stack("a"))).toEqual([]);
  const parameters = unit("c", {
    parameters: [
      {
        id: "c#P",
        address: "P",
        unit: "c",
        at,
        unseen: [],
        name: text("db"),
        arn: text("arn:aws:ssm:eu-west-1:123456789012:parameter/db"),
        type: null,
        tags: { given: [], complete: true },
        key_reference: null,
        gone: null,
        declared: true,
      },
    ],
  });
  expect(await secretsFor("db", stack("a"), parameters)).toEqual([]);
});

test("a binary secret of the unit is in the case of every job there", async () => {
  const binary = secret("a", "Key", {
    arn: text(secretArn(owner("Key@a"), "key")),
    contents: [{ kind: "binary", keys: null, open: null, stages: null, at }],
  });
  const [built] = await casesOf(
    unit("a", { secrets: [binary], job_definitions: [jobOf("a", ROLE.value, "⟨*Ref@a⟩")] }),
  );
  expect(Object.keys(built?.input.secrets ?? {})).toEqual(["a#Key"]);
});

test("the case of a policy or a secret does not say where its readers run", async () => {
  const vpc = {
    ...{ id: "a#Vpc", address: "Vpc", unit: "a", at, unseen: [], vpc: text("⟨Vpc@a⟩"), cidr: null },
    ...{ declared: true, dns_support: true, dns_hostnames: true },
  };
  const jobs = { job_definitions: [jobOf("a", ROLE.value, DB.value)], networks: [vpc] };
  const cases = await casesOf({ ...stack("a"), resources: { ...stack("a").resources, ...jobs } });
  const shown = cases.map(({ input }) => [
    input.subject.kind,
    Object.keys(input.runs).length,
    Object.keys(input.networks).length,
  ]);
  expect(shown).toEqual([
    ["job_definition", 1, 1],
    ["policy", 0, 0],
    ["secret", 0, 0],
    ["network", 1, 1],
  ]);
});
