/** What may be in files of a root module that can't be read: any resource, so also a policy that denies. */
import type { Cause } from "../../facts/causes.ts";
import { managedStatements } from "../../facts/managed-policies.ts";
import type { PolicyResource, Resources } from "../../facts/resources.ts";
import type { Problem, SourceFile } from "../../source.ts";

const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;

/** Resources to which a file that can't be read may add: what they are said to lack it may have, and may deny. */
export function withUnread(
  unit: string,
  resources: Resources,
  problems: readonly Problem[],
  files: readonly SourceFile[],
): Resources {
  const [problem] = problems.filter(({ path }) => CONFIGURATION.test(path));
  if (!problem) return resources;
  const { roles, secrets, keys, networks, security_groups, route_tables, acls } = resources;
  const cause: Cause = { kind: "file", name: problem.path, unit };
  const file = files.find(({ path }) => path === problem.path) ?? { path: problem.path, text: "" };
  const at = { file, start: 0, end: 0 };
  const own = { id: `${unit}#${problem.path}`, address: problem.path, unit, at, unseen: [] };
  const everything = { Effect: "Deny", Action: ["*"], Resource: ["*"] } as const;
  const denied = managedStatements([everything], own.id, at).map((one) => ({ ...one, maybe: cause }));
  const policy: PolicyResource = {
    ...own,
    kind: "identity",
    name: null,
    arn: null,
    statements: denied,
    attached_to: roles.map(({ arn }) => arn),
    attached_elsewhere: false,
    on: null,
  };
  const named = [
    ...[...roles, ...secrets, ...keys].map(({ arn }) => arn),
    ...networks.map(({ vpc }) => vpc),
    ...security_groups.map(({ group }) => group),
    ...route_tables.flatMap(({ tables }) => tables),
    ...acls.map(({ acl }) => acl),
  ];
  return {
    ...resources,
    policies: [...resources.policies, policy],
    handed: [...resources.handed, { cause, at, texts: named.map(({ value }) => value) }],
  };
}
