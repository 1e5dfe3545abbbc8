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
import { link } from "./link.ts";
import { loadManagedPolicies, managedStatements } from "./managed-policies.ts";

const GET = "secretsmanager:GetSecretValue";
const ROLE = text(roleArn(owner("Role@a"), null));

const statementsOf = async (...units: ReturnType<typeof unit>[]) => {
  const found = (await link(units)).findRole("a", [ROLE.value]);
  return found?.resource;
};

test("a role has the statements of every policy that is attached to it, by ARN or by name", async () => {
  const linked = await statementsOf(
    unit("a", {
      roles: [role("a", "Role", { arn: ROLE, name: text("jobs") })],
      policies: [
        policy("a", "Inline", { attached_to: [ROLE], statements: [allow("a#Inline", GET, "one")] }),
        policy("a", "Attached", { attached_to: [text("jobs")], statements: [allow("a#Attached", GET, "two")] }),
        policy("a", "Other", { attached_to: [text("others")], statements: [allow("a#Other", GET, "three")] }),
      ],
    }),
  );
  expect(linked?.statements.map(({ resources }) => resources?.[0]?.value)).toEqual(["one", "two"]);
  expect(linked?.complete).toBe(true);
});

test("an AWS managed policy is expanded to what it grants", async () => {
  const arn = text("arn:⟨AWS.Partition⟩:iam::aws:policy/SecretsManagerReadWrite");
  const linked = await statementsOf(unit("a", { roles: [role("a", "Role", { arn: ROLE, managed_policies: [arn] })] }));
  expect(linked?.statements).toEqual([{ ...allow(arn.value, GET, "*"), policy: arn.value }]);
  expect(linked?.complete).toBe(true);
});

test("the managed policy for task execution grants nothing of secrets, and is known", async () => {
  const arn = text("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy");
  const linked = await statementsOf(unit("a", { roles: [role("a", "Role", { arn: ROLE, managed_policies: [arn] })] }));
  expect(linked?.statements).toEqual([]);
  expect(linked?.complete).toBe(true);
});

test("the path is part of the name of a managed policy", async () => {
  const { statements } = await loadManagedPolicies();
  expect(statements("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")).toEqual([]);
  expect(statements("arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy")).toBeUndefined();
  expect(statements("arn:aws:iam::aws:policy/SecretsManagerReadWrite")).not.toEqual([]);
  expect(statements("arn:aws:iam::aws:policy/service-role/SecretsManagerReadWrite")).toBeUndefined();
});

test("a managed policy that nobody declares leaves the role incomplete, with its ARN as the reason", async () => {
  const arn = text("arn:aws:iam::123456789012:policy/elsewhere");
  const linked = await statementsOf(unit("a", { roles: [role("a", "Role", { arn: ROLE, managed_policies: [arn] })] }));
  expect(linked?.complete).toBe(false);
  expect(linked?.unseen).toEqual([
    {
      part: "policies",
      cause: { kind: "policy", name: "arn:aws:iam::123456789012:policy/elsewhere", unit: null },
      at,
    },
  ]);
});

test("a managed policy that nobody declares is called by its name where only its account is unknown", async () => {
  const causes = async (arn: string) =>
    (await statementsOf(unit("a", { roles: [role("a", "Role", { arn: ROLE, managed_policies: [text(arn)] })] })))
      ?.unseen;
  expect(await causes("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:policy/team/read")).toMatchObject([
    { cause: { kind: "policy", name: "read" } },
  ]);
});

test("a managed policy that another unit declares by that name may grant, and makes nothing sure", async () => {
  const OWN = "arn:aws:iam::⟨AWS.AccountId⟩:policy/read";
  const granted = allow("b#P", GET, "*");
  const denied = { ...granted, effect: text("Deny") };
  const declared = { arn: text(OWN), name: text("read"), statements: [granted, denied] };
  const cause = { kind: "same-policy", name: "P", unit: "b" };
  const linked = async (arn: string, own: string) =>
    await statementsOf(
      unit("a", {
        roles: [role("a", "Role", { arn: ROLE, managed_policies: [text(arn)], permissions_boundary: text(arn) })],
      }),
      unit("b", { policies: [policy("b", "P", { ...declared, arn: text(own) })] }),
    );
  const statements = [granted, { ...denied, maybe: cause }];
  expect(await linked(OWN, OWN)).toMatchObject({
    statements,
    unseen: [{ part: "policies", cause }],
    complete: false,
    boundary: { statements, complete: false, cause },
  });
  const other = "arn:aws:iam::123456789012:policy/read";
  expect(await linked(other, "arn:aws:iam::111122223333:policy/read")).toMatchObject({
    statements: [],
    unseen: [{ cause: { kind: "policy", name: other } }],
  });
});

test("what an organization denies may be denied to every role, and what it allows grants nothing", async () => {
  const denied = { ...allow("o#Scp", GET, "*"), effect: text("Deny") };
  const linked = await statementsOf(
    unit("a", { roles: [role("a", "Role", { arn: ROLE })] }),
    unit("o", {
      organization_policies: [
        { id: "o#Scp", address: "Scp", unit: "o", unseen: [], at, statements: [allow("o#Scp", "*", "*"), denied] },
      ],
    }),
  );
  const maybe = { kind: "organization-policy", name: "Scp", unit: "o" };
  expect(linked?.statements).toEqual([{ ...denied, maybe }]);
  expect(linked?.complete).toBe(true);
});

test("a permissions boundary is what its policy allows, from the files or from AWS", async () => {
  const boundary = async (arn: string) => {
    const linked = await statementsOf(
      unit("a", {
        roles: [role("a", "Role", { arn: ROLE, permissions_boundary: text(arn) })],
        policies: [policy("a", "P", { arn: text(OWN), statements: [allow("a#P", "s3:*", "*")] })],
      }),
    );
    return linked?.boundary;
  };
  const OWN = "arn:aws:iam::123456789012:policy/boundary";
  expect(await boundary(OWN)).toEqual({ statements: [allow("a#P", "s3:*", "*")], complete: true, cause: null });
  expect(await boundary("arn:aws:iam::aws:policy/AmazonS3FullAccess")).toEqual({
    statements: [],
    complete: true,
    cause: null,
  });
  const elsewhere = "arn:aws:iam::123456789012:policy/elsewhere";
  expect(await boundary(elsewhere)).toEqual({
    statements: [],
    complete: false,
    cause: { kind: "policy", name: elsewhere, unit: null },
  });
});

test("a role without a boundary has none, and its policies do not count as one", async () => {
  const linked = await statementsOf(unit("a", { roles: [role("a", "Role", { arn: ROLE })] }));
  expect(linked?.boundary).toBe(null);
});

test("the AWS managed policies of other partitions are known only where they grant nothing of secrets", async () => {
  const complete = async (arn: string) => {
    const roles = [role("a", "Role", { arn: ROLE, managed_policies: [text(arn)] })];
    return (await statementsOf(unit("a", { roles })))?.complete;
  };
  expect(await complete("arn:aws-us-gov:iam::aws:policy/AWSSecretsManagerClientReadOnlyAccess")).toBe(false);
  expect(await complete("arn:aws-cn:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")).toBe(true);
});

test("every policy of the table of AWS managed policies becomes statements", async () => {
  const { grants } = (await import("./aws-managed-policies.json", { with: { type: "json" } })).default;
  const managed = await loadManagedPolicies();
  const statements = Object.keys(grants).flatMap((name) => {
    const arn = `arn:aws:iam::aws:policy/${name}`;
    return managedStatements(managed.statements(arn) ?? [], arn, at);
  });
  const values = statements.flatMap(({ conditions }) => conditions.flatMap(({ values }) => values ?? []));
  expect(statements.length).toBeGreaterThan(Object.keys(grants).length - 1);
  expect(values.every(({ value }) => typeof value === "string")).toBe(true);
});

test("what is not seen of a trust policy leaves the role's own policies complete", async () => {
  const hidden = { part: "Statement", cause: { kind: "value", name: "Trust", unit: "a" } as const, at };
  const linked = await statementsOf(
    unit("a", {
      roles: [role("a", "Role", { arn: ROLE })],
      policies: [policy("a", "Trust", { kind: "trust", on: ROLE, unseen: [hidden] })],
    }),
  );
  expect([linked?.complete, linked?.unseen]).toEqual([true, [{ ...hidden, part: "trust" }]]);
});

test("a policy attached to a role that is unknown may be of any role of its unit", async () => {
  const linked = await statementsOf(
    unit("a", {
      roles: [role("a", "Role", { arn: ROLE })],
      policies: [policy("a", "P", { attached_to: [text("⟨*RoleName@a⟩")], statements: [allow("a#P", GET, "*")] })],
    }),
  );
  expect(linked?.statements[0]?.maybe).toEqual({ kind: "attachment", name: "P", unit: "a" });
  expect(linked?.complete).toBe(true);
});

test("a role whose policies the files do not show is incomplete", async () => {
  const linked = await statementsOf(unit("a", { roles: [role("a", "Role", { arn: ROLE, policies_told: false })] }));
  expect(linked?.complete).toBe(false);
});

test("the trust policy is the role's own", async () => {
  const trust = allow("a#Trust", "sts:AssumeRole", "*");
  const linked = await statementsOf(
    unit("a", {
      roles: [role("a", "Role", { arn: ROLE })],
      policies: [policy("a", "Trust", { kind: "trust", on: ROLE, statements: [trust] })],
    }),
  );
  expect(linked?.trust).toEqual([trust]);
  expect(linked?.statements).toEqual([]);
});

test("a secret has its resource policy and its key, also by an alias", async () => {
  const arn = text(secretArn(owner("Db@a"), "db"));
  const grant = allow("a#P", GET, "*");
  const declared = { address: "Key", unit: "a", at, unseen: [] };
  const world = await link([
    unit("a", {
      secrets: [secret("a", "Db", { arn, name: text("db"), key_reference: text("alias/db") })],
      policies: [policy("a", "P", { kind: "secret", on: arn, statements: [grant] })],
      keys: [
        {
          ...declared,
          id: "a#Key",
          arn: text(keyArn(owner("Key@a"))),
          tags: { given: [], complete: true },
          spec: null,
          usage: null,
          state: null,
        },
      ],
      aliases: [{ ...declared, id: "a#Alias", name: text("alias/db"), target: text("⟨Key@a⟩") }],
    }),
  ]);
  expect(world.secrets[0]).toMatchObject({ key: "a#Key", statements: [grant] });
  expect(world.keys.get("a#Key")?.aliases).toEqual([text("alias/db")]);
});

test("the default key of Secrets Manager is no key of the customer's", async () => {
  const arn = text(secretArn(owner("Db@a"), "db"));
  const world = await link([
    unit("a", { secrets: [secret("a", "Db", { arn, key_reference: text("alias/aws/secretsmanager") })] }),
  ]);
  expect(world.secrets[0]?.key_reference).toBeNull();
});

test("a policy knows its roles, whether a job uses one and reads secrets, and whether it stands alone", async () => {
  const without = text("arn:aws:iam::111122223333:role/without");
  const world = await link([
    unit("a", {
      roles: [role("a", "Role", { arn: ROLE }), role("a", "Without", { arn: without })],
      policies: [
        policy("a", "Without", { attached_to: [without], statements: [allow("a#Without", GET, "*")] }),
        policy("a", "Used", { attached_to: [ROLE], statements: [allow("a#Used", GET, "*")] }),
        policy("a", "Alone", { statements: [allow("a#Alone", GET, "*")] }),
      ],
      job_definitions: [
        job("a", "Job", container({ execution_role: { arn: ROLE, role: null }, secrets: [reference("db", "db")] })),
        job("a", "Other", container({ execution_role: { arn: without, role: null } })),
      ],
    }),
  ]);
  expect(
    world.policies.map(({ address, roles, batch, alone, for_secrets }) => [address, roles, batch, alone, for_secrets]),
  ).toEqual([
    ["Without", ["a#Without"], true, false, false],
    ["Used", ["a#Role"], true, false, true],
    ["Alone", [], false, true, true],
  ]);
});
