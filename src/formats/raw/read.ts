/**
 * Raw files: input and output of the AWS CLI, and IAM policy documents, as JSON or YAML. A folder is a unit: its files
 * are assumed to describe things that are deployed together, so names are looked up there first. `role-policies` of the
 * configuration joins the folder of a policy to the folders of the jobs whose role has it.
 */

import { type Owner, policyArn, roleArn } from "../../facts/arn.ts";
import type { JobDefinition, Text } from "../../facts/located.ts";
import { noResources, type PolicyResource, type Resources, type RoleResource } from "../../facts/resources.ts";
import { hole, isLiteral } from "../../facts/text.ts";
import type { Unit } from "../../facts/unit.ts";
import type { Place, Problem } from "../../source.ts";
import type { Document } from "../../syntax/document.ts";
import { fillPlaceholders } from "../../syntax/fill-placeholders.ts";
import { readJobDefinition } from "../batch/job-definition.ts";
import { keepResources, tooManyResources } from "../size.ts";
import { type Found, type FoundJob, type FoundPolicy, type FoundResource, type Identity, NOBODY } from "./found.ts";
import { identities } from "./names.ts";
import { type Filed, only, withNeighbours } from "./neighbours.ts";
import { recognise } from "./recognise.ts";
import { type LinkedRoles, linkRoles, type RoleDraft, type RolePolicies } from "./role-policies.ts";
import { draftSecrets, readSecret, type SecretDraft } from "./secret-drafts.ts";
import { isWhole } from "./whole.ts";
import { writeRaw } from "./write.ts";

/** A folder whose documents are given one by one, so that each can be let go of when what it holds is recognised. */
export interface Folder {
  readonly add: (document: Document) => void;
  /** Adds what is recognised already, as of a file. */
  readonly addFound: (found: readonly Found[], path: string) => void;
  /** The unit of everything that was added but what is in the files `taken`; undefined when nothing was recognised. */
  readonly read: (taken?: ReadonlySet<string>) => Unit | undefined;
}

/** Opens a folder, or several that the configuration joins, as the unit of this name. */
export function openFolder(unit: string, rolePolicies: RolePolicies): Folder {
  const spellings = new Map<string, string>();
  const filed: Filed[] = [];
  const problems: Problem[] = [];
  return {
    add: ({ file, value }) => {
      const all = recognise(fillPlaceholders(value, unit, spellings));
      const resources = all.filter(({ about }) => about !== "job");
      if (!keepResources(resources.length)) {
        problems.push(tooManyResources(file));
        return;
      }
      for (const found of all) {
        filed.push({ found: found.about === "job" ? jobResource(found) : found, path: file.path });
      }
    },
    addFound: (found, path) => {
      for (const one of found) filed.push({ found: one, path });
    },
    read: (taken) => {
      const all = filed.filter(({ path }) => !taken?.has(path));
      if (all.length === 0 && problems.length === 0) return undefined;
      const sensitive = all.flatMap(({ found }) => sensitiveOf(found));
      return {
        id: unit,
        format: "raw",
        write: writeRaw,
        sharesNames: true,
        resources: readResources(unit, all, rolePolicies),
        spellings,
        problems,
        sensitive,
      };
    },
  };
}

/** The places of values that are never shown. */
export function sensitiveOf(found: Found): readonly Place[] {
  return found.about === "secret" || found.about === "resource" ? (found.sensitive ?? []) : [];
}

/** The resources of a unit with everything that its files hold. */
export function readResources(unit: string, filed: readonly Filed[], rolePolicies: RolePolicies): Resources {
  const all = withNeighbours(filed);
  const taken = new Set<string>();
  const resources = emptyResources();
  const declare = (list: readonly Filed<FoundResource>[]): void => {
    const wanted = list.map(({ found, path }) => ({ name: found.name, file: label(path, unit) }));
    const ids = identities(unit, wanted, taken);
    list.forEach(({ found }, index) => {
      const identity = ids[index];
      if (identity) addTo(resources, found, identity);
    });
  };
  const declared = only(all, "resource");
  declare(declared.filter(({ found }) => found.kind === "job_definitions"));
  const roles = only(all, "role").map(({ found }) => found);
  const policies = only(all, "policy");
  const linked = linkRoles(
    roles,
    policies.map(({ found, path }) => ({ policy: found, path })),
    resources.job_definitions,
    rolePolicies,
  );
  const arns = new Map<RoleDraft, Text>();
  declare(linked.roles.map((role) => ({ found: roleResource(role, arns), path: role.at.file.path })));
  const secrets = draftSecrets(only(all, "secret").map(({ found }) => found));
  declare([
    ...policies.map(({ found, path }) => ({ found: policyResource(found, linked, arns), path })),
    ...secrets.map((draft) => ({ found: secretResource(draft), path: draft[0].at.file.path })),
    ...declared.filter(({ found }) => found.kind !== "job_definitions"),
    ...linked.roles.flatMap((role) => attachmentsOf(role, arns)),
  ]);
  return resources;
}

/** The path of a file as it is called within its unit. */
function label(path: string, unit: string): string {
  return path.startsWith(`${unit}/`) ? path.slice(unit.length + 1) : path;
}

type Collected = { [K in keyof Resources]: Resources[K][number][] };

function emptyResources(): Collected {
  const empty = Object.keys(noResources).map((kind) => [kind, []]);
  return Object.fromEntries(empty) as Collected;
}

function addTo(resources: Collected, { kind, build }: FoundResource, identity: Identity): void {
  const list: unknown[] = resources[kind];
  list.push(build(identity));
}

/** A job definition as any other resource. */
export function jobResource({ name, at, value, style }: FoundJob): FoundResource {
  const build = isWhole(value)
    ? withIdentity(readJobDefinition(value, { ...NOBODY, style }))
    : (identity: Identity) => readJobDefinition(value, { ...identity, style });
  return { about: "resource", kind: "job_definitions", name, at, build };
}

/** A job without gaps is read at once, and its document let go, which needs three times the memory. */
function withIdentity(job: JobDefinition): (identity: Identity) => JobDefinition {
  return (identity) => ({ ...job, ...identity });
}

/** `arns` gets the ARN of each role, for the policies that are attached to it. */
function roleResource(draft: RoleDraft, arns: Map<RoleDraft, Text>): FoundResource {
  const name = isLiteral(draft.role.value) ? draft.role.value : null;
  const build = ({ id, address, unit }: Identity): RoleResource => {
    const symbolic = roleArn({ id, address, unit }, draft.role.value, draft.path);
    const arn = draft.arn ?? { value: symbolic, at: draft.role.at };
    arns.set(draft, arn);
    return {
      id,
      address,
      unit,
      at: draft.at,
      unseen: draft.unseen,
      name: draft.role,
      arn,
      tags: draft.tags,
      managed_policies: draft.managed,
      permissions_boundary: draft.boundary,
      policies_told: draft.told,
    };
  };
  return { about: "resource", kind: "roles", name, at: draft.at, build };
}

/** What is attached to a role that another unit may declare: nothing here tells its policies. */
function attachmentsOf(draft: RoleDraft, arns: ReadonlyMap<RoleDraft, Text>): readonly Filed<FoundResource>[] {
  const role = arns.get(draft);
  if (draft.told || !role) return [];
  return draft.managed.map((policy) => {
    const build = (identity: Identity) => ({ ...identity, at: policy.at, unseen: [], role, policy, maybe: null });
    const found: FoundResource = { about: "resource", kind: "attachments", name: null, at: policy.at, build };
    return { found, path: policy.at.file.path };
  });
}

function policyResource(
  found: FoundPolicy,
  { carriers, guessed }: LinkedRoles,
  arns: ReadonlyMap<RoleDraft, Text>,
): FoundResource {
  const build = ({ id, address, unit }: Identity): PolicyResource => {
    const read = found.statements(id);
    const attached = (carriers.get(found) ?? []).flatMap((role) => arns.get(role) ?? []);
    const anyRole: Text = { value: hole(`a role of ${address}@${unit}`, "wide"), at: found.at };
    return {
      id,
      address,
      unit,
      at: found.at,
      unseen: read.unseen,
      kind: found.kind,
      name: found.policyName,
      arn: managedArn(found, { id, address, unit }),
      statements: read.statements,
      attached_to: guessed.has(found) ? [...attached, anyRole] : attached,
      attached_elsewhere: found.elsewhere,
      on: found.on,
    };
  };
  return { about: "resource", kind: "policies", name: found.name, at: found.at, build };
}

function managedArn({ managed, policyName, at }: FoundPolicy, owner: Owner): Text | null {
  if (managed === null) return null;
  return managed.arn ?? { value: policyArn(owner, policyName?.value ?? null, managed.path), at: policyName?.at ?? at };
}

function secretResource(draft: SecretDraft): FoundResource {
  const [{ name, at }] = draft;
  return { about: "resource", kind: "secrets", name, at, build: (identity) => readSecret(draft, identity) };
}
