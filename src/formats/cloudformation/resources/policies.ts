/** IAM roles and policies, with statements under undecided conditions as `maybe`. */
import { carrierOf } from "../../../facts/arn.ts";
import type { Text, Unseen } from "../../../facts/located.ts";
import { limitsRoles } from "../../../facts/organization.ts";
import type { AttachmentResource, PolicyResource, RoleResource } from "../../../facts/resources.ts";
import { isLiteral } from "../../../facts/text.ts";
import { get, type Value } from "../../../syntax/value.ts";
import { type ReadStatements, readStatements } from "../../iam/policy-document.ts";
import { anyText, toText, unseenPart } from "../../read.ts";
import { isTooLarge } from "../../size.ts";
import { withoutReferences } from "../stored.ts";
import { type Alternative, alternativeItems, alternatives, declared, type Reader, type Reading } from "./reading.ts";
import { tagsOf } from "./tags.ts";

/**
 * The statements of a document as it is written. Statements that stand under a condition which can't be decided say so
 * in `maybe`, since a statement that may be there is not the same as one that can't be seen.
 */
export function statementsOf(
  written: Value | undefined,
  { scope, maybe }: Pick<Reading, "scope" | "maybe">,
  policy: string,
): ReadStatements {
  // What is too large is refused as it is written.
  if (written && isTooLarge(written)) return readStatements(written, { policy, maybe });
  return joined(alternatives(written, scope, maybe).map((document) => statementsIn(document, policy)));
}

function statementsIn({ written, value: document, scope, maybe }: Alternative, policy: string): ReadStatements {
  const value = withoutReferences(document, scope);
  const list = get(written, "Statement");
  const version = value.kind === "object" ? value.entries.filter(({ key }) => key === "Version") : [];
  if (written.kind !== "object" || value.kind !== "object" || list === undefined)
    return readStatements(value, { policy, maybe });
  return joined(
    alternativeItems(list, scope, maybe).map((statement) => {
      const document: Value = {
        kind: "object",
        entries: [
          ...version,
          { key: "Statement", keyAt: statement.value.at, value: withoutReferences(statement.value, statement.scope) },
        ],
        at: value.at,
      };
      return readStatements(document, { policy, maybe: statement.maybe });
    }),
  );
}

function joined(all: readonly ReadStatements[]): ReadStatements {
  return { statements: all.flatMap(({ statements }) => statements), unseen: all.flatMap(({ unseen }) => unseen) };
}

/** What all policies have in common, of one that `address` names after its resource. */
function policyResource(
  reading: Reading,
  part: string,
  document: Value | undefined,
  more: Pick<PolicyResource, "kind"> & Partial<PolicyResource>,
): PolicyResource {
  const address = `${reading.address}${part}`;
  const id = `${reading.unit}#${address}`;
  const { statements, unseen } = statementsOf(
    document,
    { scope: reading.scope, maybe: more.statements ? null : reading.maybe },
    id,
  );
  return {
    ...declared(reading, unseen),
    id,
    address,
    at: document?.at ?? reading.at,
    name: null,
    arn: null,
    attached_to: [],
    attached_elsewhere: false,
    on: null,
    ...more,
    statements,
  };
}

/** A policy that a resource carries in one of its own properties. */
export function carriedPolicy(
  reading: Reading,
  property: string,
  kind: PolicyResource["kind"],
  on: Text,
): readonly PolicyResource[] {
  const document = reading.written(property);
  return document === undefined ? [] : [policyResource(reading, `.${property}`, document, { kind, on })];
}

export const readRole: Reader = (reading) => {
  const arn = reading.attribute("Arn");
  const name = reading.text("RoleName") ?? reading.attribute(null);
  const managed = alternativeItems(reading.written("ManagedPolicyArns"), reading.scope);
  const inline = inlinePolicies(reading, name);
  const role: RoleResource = {
    ...declared(reading, [...managed.flatMap(({ value }) => unseenManaged(value)), ...inline.unseen]),
    name,
    arn,
    tags: tagsOf(reading),
    managed_policies: managed.flatMap(({ value, maybe }) => (maybe === null ? nameOf(value) : [])),
    permissions_boundary: reading.text("PermissionsBoundary"),
    ...(reading.text("RoleName") === null && { logical_id: reading.declaration.logicalId }),
    ...(reading.maybe && { existence: reading.maybe }),
    policies_told: true,
  };
  const attachments = managed.flatMap(({ value, maybe }, index): AttachmentResource[] =>
    nameOf(value).map((policy) => ({
      ...declared(reading),
      id: `${reading.id}.ManagedPolicyArns[${index}]`,
      address: `${reading.address}.ManagedPolicyArns[${index}]`,
      at: value.at,
      role: arn,
      policy,
      maybe,
    })),
  );
  return {
    roles: [role],
    attachments: attachments.filter(({ maybe }) => maybe !== null),
    policies: [
      ...carriedPolicy({ ...reading, maybe: null }, "AssumeRolePolicyDocument", "trust", arn),
      ...inline.policies,
    ],
  };
};

function nameOf(value: Value): readonly Text[] {
  return value.kind === "text" ? [{ value: value.value, at: value.at }] : [];
}

function unseenManaged(value: Value): readonly Unseen[] {
  if (value.kind === "text") return [];
  return [unseenPart("policies", value, "ManagedPolicyArns")];
}

interface Inline {
  readonly policies: readonly PolicyResource[];
  readonly unseen: readonly Unseen[];
}

/** `Policies` of a role: each is a policy of its own, with its name. */
function inlinePolicies(reading: Reading, role: Text): Inline {
  const policies: PolicyResource[] = [];
  const unseen: Unseen[] = [];
  const taken = new Set<string>();
  alternativeItems(reading.written("Policies"), reading.scope).forEach(({ value, written, scope, maybe }, index) => {
    if (value.kind !== "object") {
      unseen.push(unseenPart("policies", value, "Policies"));
      return;
    }
    const name = toText(get(value, "PolicyName"));
    const called = name && !taken.has(name.value) && isLiteral(name.value) ? name.value : String(index);
    taken.add(called);
    const document = get(written, "PolicyDocument") ?? get(value, "PolicyDocument");
    policies.push(
      policyResource({ ...reading, scope, maybe }, `.Policies[${called}]`, document, {
        kind: "identity",
        name,
        attached_to: [role],
      }),
    );
  });
  return { policies, unseen };
}

/** `AWS::IAM::Policy` and `AWS::IAM::ManagedPolicy`, attached to any number of roles, users and groups. */
export const readPolicy: Reader = (reading) => ({
  policies: [
    policyResource(reading, "", reading.written("PolicyDocument"), {
      kind: "identity",
      at: reading.at,
      name: reading.text("PolicyName"),
      attached_to: namesIn(reading, "Roles").map((role) => carrierOf(role)),
      attached_elsewhere: namesIn(reading, "Users").length > 0 || namesIn(reading, "Groups").length > 0,
    }),
  ],
});

export const readManagedPolicy: Reader = (reading) => {
  const { policies = [] } = readPolicy(reading);
  return {
    policies: policies.map((policy) => ({
      ...policy,
      name: reading.text("ManagedPolicyName"),
      arn: reading.attribute(null),
    })),
  };
};

/** `AWS::IAM::RolePolicy`: one policy of one role. */
export const readRolePolicy: Reader = (reading) => {
  const role = reading.text("RoleName");
  const { policies = [] } = readPolicy(reading);
  return { policies: policies.map((policy) => ({ ...policy, attached_to: role ? [carrierOf(role)] : [] })) };
};

/** `AWS::IAM::UserPolicy` and `AWS::IAM::GroupPolicy`: of no role. */
export const readUserPolicy: Reader = (reading) => {
  const { policies = [] } = readPolicy(reading);
  return { policies: policies.map((policy) => ({ ...policy, attached_elsewhere: true })) };
};

/** `AWS::Organizations::Policy`: its content is a document, or the text of one. */
export const readOrganizationPolicy: Reader = (reading) => {
  if (!limitsRoles(reading.text("Type")?.value)) return {};
  const { statements } = statementsOf(reading.written("Content"), reading, reading.id);
  return { organization_policies: [{ ...declared(reading), statements }] };
};

/** The names in a list; a list that is unknown may name any. */
function namesIn(reading: Reading, property: string): readonly Text[] {
  return alternativeItems(reading.written(property), reading.scope).map(
    ({ value }) => toText(value) ?? { value: anyText(value, property), at: value.at },
  );
}
