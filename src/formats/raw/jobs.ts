/**
 * Job definitions in raw files: the input of RegisterJobDefinition, the answer of DescribeJobDefinitions, or the
 * properties of a container alone, as `--container-properties file://…` takes them.
 *
 * Near misses that are something else: ECS task and container definitions, the answer of DescribeJobs, the input of
 * SubmitJob, and state machines of Step Functions.
 */
import type { Cause } from "../../facts/causes.ts";
import { behindFirstHole, isLiteral } from "../../facts/text.ts";
import { type Entry, get, type ObjectValue, type Value } from "../../syntax/value.ts";
import type { Found, FoundJob } from "./found.ts";
import { given, hasAny, listOf, textOf } from "./keys.ts";

const GROUPS = ["containerProperties", "ecsProperties", "nodeProperties", "eksProperties"] as const;

/** Keys of a job or of a task definition: with one of these it is no job definition. */
const OF_OTHERS = ["jobId", "jobQueue", "jobName", "containerDefinitions", "States", "Resources"] as const;

/** Keys of an ECS container definition that the container properties of Batch don't have. */
const OF_ECS = [
  "name",
  "cpu",
  "essential",
  "portMappings",
  "entryPoint",
  "dependsOn",
  "memoryReservation",
  "healthCheck",
] as const;

/** The job definitions of a document, without revisions that are no longer active. */
export function recogniseJobs(value: Value): readonly Found[] {
  const described = listOf(value, "jobDefinitions");
  if (described !== undefined) {
    return described.filter(isJobDefinition).flatMap((one) => activeJob(one));
  }
  if (value.kind !== "object") return [];
  if (isJobDefinition(value)) {
    return activeJob(value, hasAny(value, ["jobDefinitionName", "type"]) ? value : fragment(value));
  }
  if (isTemplateProperties(value)) return [job(value, "cloudformation")];
  return isContainerProperties(value) ? [job(bare(value), "api")] : [];
}

/**
 * Requests inside an object, such as a map of all jobs. Without a name, parts of other formats look alike, unless they
 * have all that a container needs to read its secrets.
 */
export function nestedJobs(value: Value): readonly Found[] {
  if (hasAny(value, OF_OTHERS) || isDescription(value)) return [];
  if (value.kind === "list") return value.items.flatMap(nestedJobs);
  if (value.kind !== "object" || isSkeleton(value)) return [];
  if (hasAny(value, ["jobDefinitionName"]) && isJobDefinition(value)) return activeJob(value);
  if (isContainerProperties(value) && hasAny(value, ["executionRoleArn"]) && readsSecrets(value))
    return [job(bare(value), "api")];
  return value.entries.flatMap((entry) => (EXAMPLE.test(entry.key) ? [] : nestedJobs(entry.value)));
}

/** A key for what only shows how a value looks, in descriptions of interfaces. */
const EXAMPLE = /^examples?$/;

/**
 * Whether a document describes an interface: what looks like a job in it is an example or a default.
 * https://spec.openapis.org/oas/v3.1.0, https://json-schema.org/draft/2020-12/json-schema-core
 */
function isDescription(value: Value): boolean {
  if (hasAny(value, ["openapi", "swagger", "asyncapi"])) return true;
  const schema = value.kind === "object" ? textOf(value, "$schema")?.value : undefined;
  return schema !== undefined && /^https?:\/\/json-schema\.org\//.test(schema);
}

/**
 * The job of a definition; none where it is a revision that was deregistered, with which no job can be submitted. Only
 * an answer has a status, together with the ARN and the revision that AWS made; in a request it means nothing.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_JobDefinition.html
 */
function activeJob(value: ObjectValue, whole = value): readonly Found[] {
  if (isSkeleton(value)) return [];
  const isAnswer = hasAny(value, ["jobDefinitionArn"]) && hasAny(value, ["revision"]);
  return isAnswer && textOf(value, "status")?.value === "INACTIVE" ? [] : [job(whole, "api")];
}

/**
 * What `--generate-cli-skeleton` writes, before anything is filled in. One whose name and image a pipeline puts in has
 * some memory.
 */
function isSkeleton(value: ObjectValue): boolean {
  const container = given(value, "containerProperties");
  const memory = get(container, "memory");
  const hasNone = memory?.kind === "number" && memory.value === 0;
  return isBlank(value, "jobDefinitionName") && isBlank(container, "image") && hasNone;
}

function isBlank(value: Value | undefined, key: string): boolean {
  return get(value, key)?.kind === "text" && given(value, key) === undefined;
}

function job(value: ObjectValue, style: FoundJob["style"]): FoundJob {
  const name = textOf(value, style === "api" ? "jobDefinitionName" : "JobDefinitionName")?.value;
  const revision = textOf(value, "revision")?.value;
  const known = name !== undefined && isLiteral(name) ? name : null;
  return {
    about: "job",
    name: known !== null && revision !== undefined ? `${known}:${revision}` : known,
    at: value.at,
    value,
    style,
  };
}

/** The input of the request: by its name, or by a property group that can be read as one. */
function isJobDefinition(value: ObjectValue): boolean {
  const named = hasAny(value, ["jobDefinitionName"]);
  return !hasAny(value, OF_OTHERS) && GROUPS.some((group) => isGroup(given(value, group), named));
}

/** An object, a list (in old documentation), text of JSON; of a named definition also an unknown. */
function isGroup(value: Value | undefined, named: boolean): boolean {
  if (value?.kind === "text")
    return named || /^\s*[[{]/.test(value.value) || behindFirstHole(value.value.trimStart()) !== undefined;
  if (value?.kind === "object") return !isSchema(value);
  return value?.kind === "list" || value?.kind === "unknown";
}

/** What describes the properties of jobs, as in a JSON Schema. https://json-schema.org/draft/2020-12/json-schema-core */
function isSchema(value: ObjectValue): boolean {
  const described = textOf(value, "type")?.value === "object" && hasAny(value, ["properties"]);
  return (described || hasAny(value, ["$ref", "shape"])) && !hasAny(value, ["image", "secrets"]);
}

/** The properties of `AWS::Batch::JobDefinition` without their template, as a snippet that a template includes. */
function isTemplateProperties(value: ObjectValue): boolean {
  const groups = GROUPS.map((group) => group.charAt(0).toUpperCase() + group.slice(1));
  return (
    !hasAny(value, OF_OTHERS) &&
    hasAny(value, ["Type", "JobDefinitionName"]) &&
    groups.some((key) => isGroup(given(value, key), true))
  );
}

/** Container properties of Batch: an image, and something that no other format of containers has. */
function isContainerProperties(value: ObjectValue): boolean {
  if (given(value, "image") === undefined || hasAny(value, OF_ECS) || hasAny(value, OF_OTHERS)) return false;
  if (hasAny(value, ["executionRoleArn", "jobRoleArn"])) return true;
  if (given(value, "vcpus") !== undefined && given(value, "memory") !== undefined) return true;
  const requirements = listOf(value, "resourceRequirements") ?? [];
  return requirements.some((one) => hasAny(one, ["type"])) || readsSecrets(value);
}

function readsSecrets(value: ObjectValue): boolean {
  return (listOf(value, "secrets") ?? []).some((one) => hasAny(one, ["valueFrom"]));
}

/** The definition that the properties are a part of: what else it says is not in this file. */
function bare(properties: ObjectValue): ObjectValue {
  const entry: Entry = { key: "containerProperties", keyAt: properties.at, value: properties };
  return {
    kind: "object",
    entries: [entry],
    at: properties.at,
    open: fragmentOf(properties),
  };
}

/** What a fragment does not show may be there all the same. */
function fragmentOf({ at: { file } }: Value): Cause {
  return { kind: "fragment", name: file.path, unit: null };
}

/**
 * A definition without name and type, both required, is an excerpt, as documentation shows them, or gets them from the
 * command line. When its container has no image either, it is an excerpt for sure, and what it leaves out is not
 * absent.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html
 */
function fragment(value: ObjectValue): ObjectValue {
  const entries = value.entries.map((entry) =>
    entry.key === "containerProperties" ? { ...entry, value: opened(entry.value) } : entry,
  );
  return { ...value, entries, open: fragmentOf(value) };
}

function opened(value: Value): Value {
  if (value.kind === "list") return { ...value, items: value.items.map(opened) };
  return value.kind === "object" && !hasAny(value, ["image"]) ? { ...value, open: fragmentOf(value) } : value;
}
