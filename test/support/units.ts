/** Builds units by hand for tests of what comes after the formats. */

import type { Owner } from "../../src/facts/arn.ts";
import type { Container, JobDefinition, SecretReference, Statement, Text } from "../../src/facts/located.ts";
import {
  bareSecret,
  noResources,
  type PolicyResource,
  type Resources,
  type RoleResource,
  type SecretResource,
} from "../../src/facts/resources.ts";
import { hole, holes, replaceHoles } from "../../src/facts/text.ts";
import type { Unit } from "../../src/facts/unit.ts";
import { writeCloudFormation } from "../../src/formats/cloudformation/write.ts";
import type { Place } from "../../src/source.ts";

export const at: Place = { file: { path: "stack.yaml", text: "text" }, start: 0, end: 4 };

/**
 * The text with its tokens as holes that the table knows: `⟨*var.x@a⟩` is a wide one of the unit `a` that people call
 * `var.x`.
 */
export function known(value: string): string {
  return replaceHoles(value, (token, inside) => {
    const [words = "", unit] = inside.split("@");
    const [made] = holes(token);
    return unit === undefined || !made ? token : hole(inside, made.width, { words, unit });
  });
}

export const text = (value: string): Text => ({ value: known(value), at });

const declared = (unit: string, address: string) => ({ id: `${unit}#${address}`, address, unit, at, unseen: [] });

export function unit(id: string, resources: Partial<Resources>): Unit {
  return {
    id,
    format: "cloudformation",
    write: writeCloudFormation,
    resources: { ...noResources, ...resources },
    spellings: new Map(),
    problems: [],
    sensitive: [],
  };
}

export function role(
  unit: string,
  address: string,
  given: Partial<RoleResource> & { readonly arn: Text },
): RoleResource {
  return {
    ...declared(unit, address),
    name: null,
    tags: { given: [], complete: true },
    managed_policies: [],
    permissions_boundary: null,
    policies_told: true,
    ...given,
  };
}

export function policy(unit: string, address: string, given: Partial<PolicyResource>): PolicyResource {
  return {
    ...declared(unit, address),
    kind: "identity",
    name: null,
    arn: null,
    statements: [],
    attached_to: [],
    attached_elsewhere: false,
    on: null,
    ...given,
  };
}

export function allow(policy: string, action: string, resource: string): Statement {
  return {
    sid: null,
    effect: text("Allow"),
    actions: [text(action)],
    not_actions: null,
    resources: [text(resource)],
    not_resources: null,
    principals: null,
    not_principals: null,
    conditions: [],
    maybe: null,
    policy,
    at,
  };
}

export function secret(
  unit: string,
  address: string,
  given: Partial<SecretResource> & { readonly arn: Text },
): SecretResource {
  return {
    ...declared(unit, address),
    name: null,
    tags: { given: [], complete: true },
    key_reference: null,
    ...bareSecret,
    rotates: false,
    ...given,
  };
}

export function reference(id: string, valueFrom: string): SecretReference {
  return { id, name: text(id.toUpperCase()), value_from: text(valueFrom), secret: null, parameter: null, at };
}

export function container(given: Partial<Container>): Container {
  return {
    path: "containerProperties",
    kind: "container",
    name: null,
    image: null,
    execution_role: null,
    job_role: null,
    role_holder: at,
    role_key: "executionRoleArn",
    secrets: [],
    environment: [],
    command: [],
    log: null,
    registry_credentials: null,
    platform: "EC2",
    platform_version: null,
    operating_system: null,
    log_router: false,
    unseen: [],
    at,
    ...given,
  };
}

export function job(unit: string, address: string, ...containers: Container[]): JobDefinition {
  return { ...declared(unit, address), name: text(address), type: "container", containers, parameters: [], shape: [] };
}

/** Whose symbolic ARN is made, by `address@unit`. */
export function owner(unique: string): Owner {
  const split = unique.lastIndexOf("@");
  const [address, unit] = [unique.slice(0, split), unique.slice(split + 1)];
  return { address, unit, id: `${unit}#${address}` };
}
