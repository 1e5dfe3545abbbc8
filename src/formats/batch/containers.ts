/**
 * One container of a job definition, whatever it is nested in.
 *
 * `unseen` names parts by their API key (`secrets`, `environment`, `command`, `logConfiguration`, `options`,
 * `secretOptions`, `repositoryCredentials`), so that a rule can ask whether the part it needs was seen.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_TaskContainerProperties.html
 */

import type { Container, NamedValue, SecretReference, Text, Unseen } from "../../facts/located.ts";
import { isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { Value } from "../../syntax/value.ts";
import { toUsedText, unseenMore, unseenPart } from "../read.ts";
import { credentialIn, credentialsOf, credentialsOfCommand, hideTwins, parametersIn } from "./credentials.ts";
import { child, type Fields, items, type Node, nodes, objectOf, spelled, text, unwrapped, value } from "./fields.ts";
import {
  noteDroppedKeys,
  noteDroppedSecretKeys,
  noteMisplacedKeys,
  noteMisplacedRole,
  noteNameless,
  noteOtherForText,
  noteOtherRole,
  reference,
} from "./shape.ts";

type RoleReference = NonNullable<Container["execution_role"]>;

/** What a container gets from around it. */
export interface Surroundings {
  readonly platform: string | null;
  /** The ECS task that holds the roles and the platform; null when the container holds them itself. */
  readonly task: Node | null;
}

/** A container that runs on ECS: of `containerProperties`, a node range, or an ECS task. */
export function readContainer(fields: Fields, node: Node, { platform, task }: Surroundings): Container {
  const unseen: Unseen[] = [];
  const holder = task ?? node;
  noteDroppedKeys(fields, node);
  noteMisplacedKeys(fields, node.object, "container");
  noteOtherForText(fields, holder, "executionRoleArn");
  noteOtherRole(fields, holder, task === null ? "container" : "task");
  if (task !== null) noteMisplacedRole(fields, node.object, "container");
  const container: Container = {
    path: node.path,
    kind: task === null ? "container" : "ecs",
    name: task === null ? null : text(fields, node, "name"),
    image: text(fields, node, "image"),
    execution_role: role(text(fields, holder, "executionRoleArn")),
    job_role: role(text(fields, holder, task === null ? "jobRoleArn" : "taskRoleArn")),
    role_holder: holder.object.at,
    role_key: spelled(fields, "executionRoleArn"),
    secrets: references(fields, node, "secrets", unseen),
    environment: environmentOf(fields, node, unseen),
    command: command(fields, node, ["command"], unseen),
    log: logConfiguration(fields, node, unseen),
    registry_credentials: registryCredentials(fields, node, unseen),
    platform,
    platform_version:
      task === null
        ? within(fields, node, "fargatePlatformConfiguration", "platformVersion")
        : text(fields, task, "platformVersion"),
    operating_system: within(fields, holder, "runtimePlatform", "operatingSystemFamily"),
    public_ip: publicAddress(fields, holder),
    log_router: task !== null && isLogRouter(fields, node, unseen),
    unseen,
    at: node.object.at,
  };
  hideTwins(container.secrets, container.environment);
  return container;
}

function role(arn: Text | null): RoleReference | null {
  return arn === null ? null : { arn, role: null };
}

/** A string inside an object; when the object itself can't be seen, a wide hole in its stead. */
function within(fields: Fields, node: Node, object: string, key: string): Text | null {
  const inner = child(fields, node, object, []);
  return inner === undefined ? text(fields, node, object) : text(fields, inner, key);
}

/**
 * Whether a job on Fargate gets a public IP address, off by default.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_NetworkConfiguration.html
 */
function publicAddress(fields: Fields, holder: Node): boolean | null {
  const given = within(fields, holder, "networkConfiguration", "assignPublicIp");
  if (given === null) return holder.object.open === undefined ? false : null;
  return isLiteral(given.value) ? given.value.toUpperCase() === "ENABLED" : null;
}

/** The references of a list of `{name, valueFrom}`. Ids are paths, so they are unique within the job definition. */
function references(fields: Fields, node: Node, key: string, unseen: Unseen[]): readonly SecretReference[] {
  return nodes(fields, node, key, unseen).map((secret) => {
    noteDroppedSecretKeys(fields, secret);
    const valueFrom = reference(fields, secret, "valueFrom");
    noteOtherForText(fields, secret, "name");
    noteNameless(fields, secret);
    const name = text(fields, secret, "name");
    const credential = credentialIn(value(fields, secret, "valueFrom"), name?.value);
    fields.named.add(secret.object);
    return {
      id: secret.path,
      name,
      value_from: valueFrom,
      ...(credential !== undefined && { credential }),
      secret: null,
      parameter: null,
      ...(secret.maybe && { maybe: secret.maybe }),
      at: secret.object.at,
    };
  });
}

function environmentOf(fields: Fields, node: Node, unseen: Unseen[]): readonly NamedValue[] {
  for (const { object } of nodes(fields, node, "environment", [])) noteMisplacedKeys(fields, object, "environment");
  return named(fields, node, "environment", unseen);
}

export function named(fields: Fields, node: Node, key: string, unseen: Unseen[]): readonly NamedValue[] {
  return nodes(fields, node, key, unseen).map((variable) => {
    const name = text(fields, variable, "name") ?? { value: "", at: variable.object.at };
    const given = value(fields, variable, "value");
    const { maybe } = variable;
    const site = key === "env" ? "env" : "environment";
    fields.credentials.push(
      ...credentialsOf(given, { path: node.path, site, name: name.value, ...(maybe && { maybe }) }),
    );
    return {
      name,
      value: toUsedText(given) ?? text(fields, variable, "value"),
      ...(maybe && { maybe }),
      at: variable.object.at,
    };
  });
}

/** Notes the credentials in the options of a log driver. */
function noteCredentials(fields: Fields, path: string, options: Value | undefined): void {
  const map = unwrapped(options);
  if (map?.kind !== "object") return;
  for (const entry of map.entries) {
    fields.credentials.push(...credentialsOf(entry.value, { path, site: "options", name: entry.key }));
  }
}

/** A map of strings: its keys are data, written as they are in every style. */
export function entriesOf(found: Value | undefined, part: string, unseen: Unseen[]): readonly NamedValue[] {
  const map = unwrapped(found);
  if (map === undefined || map.kind === "null") return [];
  if (map.kind !== "object") {
    unseen.push(unseenPart(part, map));
    return [];
  }
  unseen.push(...unseenMore(part, map));
  return map.entries.map((entry) => ({
    name: { value: entry.key, at: entry.keyAt },
    value: toUsedText(entry.value),
    at: spanning(entry.keyAt, entry.value.usedAt ?? entry.value.at),
  }));
}

/** From a key to its value, when both are in one file in this order. */
function spanning(key: Place, valueAt: Place): Place {
  return key.file === valueAt.file && key.start <= valueAt.end ? { ...key, end: Math.max(key.end, valueAt.end) } : key;
}

/** The arguments under some keys of a container. */
export function command(fields: Fields, node: Node, keys: readonly string[], unseen: Unseen[]): readonly Text[] {
  return keys.flatMap((key) => {
    const list = items(fields, node, key, unseen);
    fields.credentials.push(...credentialsOfCommand(list, { path: node.path }));
    for (const [parameter, option] of parametersIn(list)) fields.options.set(parameter, option);
    return texts(list, "command", unseen);
  });
}

/** The texts of a list; an unknown item may represent any number of them, so it is also `unseen`. */
function texts(list: readonly Value[], part: string, unseen: Unseen[]): readonly Text[] {
  return list.flatMap((item) => {
    if (item.kind === "unknown") unseen.push(unseenPart(part, item));
    return toUsedText(item) ?? [];
  });
}

/** Whether a container has a configuration of FireLens, whose options are like those of a log driver. */
function isLogRouter(fields: Fields, container: Node, unseen: Unseen[]): boolean {
  const node = child(fields, container, "firelensConfiguration", unseen);
  if (node) noteCredentials(fields, container.path, value(fields, node, "options"));
  return node !== undefined;
}

function logConfiguration(fields: Fields, container: Node, unseen: Unseen[]): Container["log"] {
  const node = child(fields, container, "logConfiguration", unseen);
  if (node === undefined) return null;
  noteDroppedKeys(fields, node);
  noteMisplacedKeys(fields, node.object, "logConfiguration");
  const options = objectOf(value(fields, node, "options"));
  if (options) noteMisplacedKeys(fields, options, "options");
  noteCredentials(fields, container.path, options);
  return {
    driver: text(fields, node, "logDriver"),
    options: entriesOf(value(fields, node, "options"), "options", unseen),
    secret_options: references(fields, node, "secretOptions", unseen),
    at: node.object.at,
  };
}

function registryCredentials(fields: Fields, container: Node, unseen: Unseen[]): SecretReference | null {
  const node = child(fields, container, "repositoryCredentials", unseen);
  if (node === undefined) return null;
  fields.named.add(node.object);
  const parameter = reference(fields, node, "credentialsParameter");
  const credential = credentialIn(value(fields, node, "credentialsParameter"));
  const maybe = node.maybe && { maybe: node.maybe };
  return {
    id: node.path,
    name: null,
    value_from: parameter,
    ...(credential !== undefined && { credential }),
    secret: null,
    parameter: null,
    at: node.object.at,
    ...maybe,
  };
}
