/**
 * Job definitions, the one reader for all formats: `readJobDefinition` takes the input of RegisterJobDefinition, the
 * properties of `AWS::Batch::JobDefinition`, or the attributes of `aws_batch_job_definition` /
 * `awscc_batch_job_definition`.
 *
 * Each property group (`containerProperties`, …) may be an object or a string of JSON, as Terraform wants it. `unseen`
 * of the job definition names the groups, or parts of them that hold containers, that are unknown, by their API
 * key; what can't be decided of a container is in the container.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html
 */

import type { Container, JobDefinition, Text, Unseen } from "../../facts/located.ts";
import { isLiteral } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { Entry, ObjectValue, Value } from "../../syntax/value.ts";
import { folded, isAbsent, loose, toText, unseenMore, unseenPart } from "../read.ts";
import { hasRoom, isTooLarge, keep, unread } from "../size.ts";
import { entriesOf, readContainer } from "./containers.ts";
import { credentialsOfParameters } from "./credentials.ts";
import {
  child,
  type Fields,
  field,
  type JobDefinitionStyle,
  type Node,
  nodes,
  note,
  noteList,
  objectOf,
  spelled,
  unwrapped,
} from "./fields.ts";
import { readPods } from "./pods.ts";
import { noteDroppedKeys, noteMisplacedKeys, noteMisplacedRole } from "./shape.ts";
import { noteStrays } from "./strays.ts";

export type { JobDefinitionStyle } from "./fields.ts";

export interface JobDefinitionContext {
  readonly id: string;
  readonly address: string;
  readonly unit: string;
  /** The place of the whole definition; that of `value` when it is left out. */
  readonly at?: Place;
  /** What is beside `value`, where it should be in it. */
  readonly beside?: readonly Entry[];
  readonly style: JobDefinitionStyle;
}

type GroupReader = (fields: Fields, node: Node, platform: string | null, unseen: Unseen[]) => readonly Container[];

const GROUPS = {
  containerProperties: (fields, node, platform) => [readContainer(fields, node, { platform, task: null })],
  ecsProperties: readTasks,
  nodeProperties: readNodeRanges,
  eksProperties: (fields, node, _platform, unseen) => readPods(fields, node, unseen),
} as const satisfies Record<string, GroupReader>;

/** What a node range may hold: a container by another name, or whole groups. */
const RANGE_GROUPS = {
  container: GROUPS.containerProperties,
  ecsProperties: GROUPS.ecsProperties,
  eksProperties: GROUPS.eksProperties,
} as const satisfies Record<string, GroupReader>;

/** A job definition in normal form. Never throws: a value of another kind than expected is `unseen` with the reason. */
export function readJobDefinition(value: Value, context: JobDefinitionContext): JobDefinition {
  const { id, address, unit, style } = context;
  if (isTooLarge(value) || !hasRoom()) return unreadDefinition(value, context);
  const fields: Fields = {
    style,
    scope: `${address}@${unit}`,
    noted: new Map(),
    named: new Set(),
    credentials: [],
    options: new Map(),
  };
  const unseen: Unseen[] = [];
  const root = objectOf(value);
  noteBeside(fields, context);
  const containers = root === undefined ? [] : readGroups(fields, root, unseen);
  const parameters = root && rootValue(fields, root, "parameters");
  const map = unwrapped(parameters);
  if (map?.kind === "object") fields.credentials.push(...credentialsOfParameters(map, fields.options));
  if (root === undefined) unseen.push(unseenPart("job definition", value));
  const definition: JobDefinition = {
    id,
    address,
    unit,
    at: context.at ?? value.at,
    name: root === undefined ? null : nameOf(fields, root),
    type: root === undefined ? null : (literalText(rootValue(fields, root, "type"))?.toLowerCase() ?? null),
    containers,
    parameters: entriesOf(parameters, "parameters", unseen),
    shape: [...fields.noted.values()],
    ...(fields.credentials.length > 0 && { credentials: fields.credentials }),
    unseen,
  };
  keep(definition);
  return definition;
}

/**
 * Nothing is kept of a definition that is larger than anybody's, or beyond what a run can keep: its name makes sure that
 * it is not judged.
 */
function unreadDefinition(value: Value, { id, address, unit, at = value.at }: JobDefinitionContext): JobDefinition {
  const name = toText(unread(value));
  return { id, address, unit, at, name, type: null, containers: [], parameters: [], shape: [], unseen: [] };
}

/** Terraform's own attributes are snake_case, whatever the JSON in them. */
function rootValue(fields: Fields, root: ObjectValue, key: string): Value | undefined {
  return rootEntry(fields, root, key)?.value;
}

function rootEntry(fields: Fields, root: ObjectValue, key: string) {
  return fields.style === "terraform" ? loose(root, key) : field(fields, root, key);
}

function nameOf(fields: Fields, root: ObjectValue): Text | null {
  const name = rootValue(fields, root, "jobDefinitionName");
  return toText(name ?? (fields.style === "terraform" ? rootValue(fields, root, "name") : undefined));
}

function literalText(value: Value | undefined): string | undefined {
  const text = toText(value);
  return text !== null && isLiteral(text.value) ? text.value : undefined;
}

function readGroups(fields: Fields, root: ObjectValue, unseen: Unseen[]): readonly Container[] {
  const platform = platformOf(fields, root);
  noteMisplacedKeys(fields, root, "jobDefinition");
  noteMisplacedRole(fields, root, "jobDefinition");
  // A definition has one group: where one is seen, there is no other.
  const grouped = Object.keys(GROUPS).some((key) => isGiven(rootValue(fields, root, key)));
  if (!grouped) {
    noteStrays(fields, { object: root, path: "" });
    unseen.push(...(root.open === undefined ? [nothingIn(root)] : unseenMore("job definition", root)));
  }
  return Object.entries(GROUPS).flatMap(([key, read]) => {
    const entry = rootEntry(fields, root, key);
    const value = unwrapped(entry?.value);
    if (entry === undefined || value === undefined || value.kind === "null") return [];
    // Terraform writes eks_properties as a block, and a block may come as a list of one.
    const block = fields.style === "terraform" && key === "eksProperties";
    const list = value.kind === "list" ? value.items : [value];
    // Terraform wants a string of JSON there, which is noted where its arguments are read.
    const refused = fields.style === "terraform" && entry.value.kind === "list";
    if (value.kind === "list" && !block && !refused) {
      noteList(fields, entry.key, entry.keyAt, value);
    }
    return list.flatMap((item, index) => {
      const object = objectOf(item);
      if (object !== undefined) {
        const node = { object, path: index === 0 ? key : `${key}[${index}]` };
        const containers = read(fields, node, platform, unseen);
        noteStrays(fields, node);
        return containers;
      }
      unseen.push(unseenPart(key, item, spelled(fields, key)));
      return [];
    });
  });
}

/** A definition without containers is refused, unless what registers it adds them. */
function nothingIn({ at }: ObjectValue): Unseen {
  const name = "it has none of `containerProperties`, `ecsProperties`, `nodeProperties` and `eksProperties`";
  return { part: "job definition", cause: { kind: "other", name, unit: at.file.path }, at };
}

function isGiven(value: Value | undefined): boolean {
  return !isAbsent(value) && (value.kind !== "list" || value.items.length > 0);
}

/** Notes the groups that are beside what they belong in. */
function noteBeside(fields: Fields, { address, beside = [] }: JobDefinitionContext): void {
  for (const { key, keyAt: at } of beside) {
    const expected = isGroupKey(key) ? `${address}.Properties.${key}` : `${address}.Properties`;
    note(fields, { kind: "misplaced-key", key: `${address}.${key}`, expected, means: key, at });
  }
}

/** Whether a key is one that only the properties of a job definition have. */
export function isGroupKey(key: string): boolean {
  return Object.keys(GROUPS).some((group) => folded(group) === folded(key));
}

/**
 * `EC2` when the definition says nothing, null when it is unknown or names several.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html#Batch-RegisterJobDefinition-request-platformCapabilities
 */
function platformOf(fields: Fields, root: ObjectValue): string | null {
  const value = rootValue(fields, root, "platformCapabilities");
  if (value === undefined || value.kind === "null") return root.open === undefined ? "EC2" : null;
  if (value.kind !== "list") return null;
  const names = value.items.map(literalText);
  if (names.length === 0) return "EC2";
  return names.length === 1 ? (names[0]?.toUpperCase() ?? null) : null;
}

function readTasks(fields: Fields, ecs: Node, platform: string | null, unseen: Unseen[]): readonly Container[] {
  noteMisplacedRole(fields, ecs.object, "ecsProperties");
  return nodes(fields, ecs, "taskProperties", unseen).flatMap((task) => {
    noteDroppedKeys(fields, task);
    return nodes(fields, task, "containers", unseen).map((node) => readContainer(fields, node, { platform, task }));
  });
}

function readNodeRanges(fields: Fields, node: Node, platform: string | null, unseen: Unseen[]): readonly Container[] {
  noteMisplacedRole(fields, node.object, "nodeProperties");
  return nodes(fields, node, "nodeRangeProperties", unseen).flatMap((range) =>
    Object.entries(RANGE_GROUPS).flatMap(([key, read]) => {
      const group = child(fields, range, key, unseen);
      return group === undefined ? [] : read(fields, group, platform, unseen);
    }),
  );
}
