/**
 * Compute environments: how their instances are started, and which of them may run a job.
 *
 * A job definition does not say where its jobs run: that is the queue's, and the submitter's choice. Its jobs may run in
 * every environment of its own account and Region that fits its platform; where queues are in the files, in those that
 * queues name.
 */

import { groupBy } from "../maps.ts";
import type { Place } from "../source.ts";
import { currentImage, type Image, namedImage, unknownImage } from "./agent-versions.ts";
import type { Cause } from "./causes.ts";
import { choiceOf } from "./choices.ts";
import { apartLater } from "./deployments.ts";
import type { GroupReference } from "./groups.ts";
import type { JobDefinition, Located, Text, Unseen } from "./located.ts";
import { type Finder, finder } from "./namespace.ts";
import type {
  ComputeEnvironmentResource,
  JobQueueResource,
  LaunchTemplateResource,
  MachineImageResource,
} from "./resources.ts";
import type { Case } from "./schema.ts";
import { causeOfText, insides, isHole, isLiteral } from "./text.ts";

export type ComputeEnvironment = Located<Case["compute_environments"][string]>;
type Launch = ComputeEnvironment["launches"][number];

/** What environments name. */
export interface Linked {
  readonly findTemplate: Finder<LaunchTemplateResource>;
  readonly findImage: Finder<MachineImageResource>;
  readonly subnetOf: (
    unit: string,
    subnet: Text,
  ) => { readonly id: string; readonly network: string | null } | undefined;
  readonly groupsOf: (unit: string, names: readonly Text[]) => readonly GroupReference[];
}

type NamedImage = (image: Text) => Image;

/** An environment with its launch templates, subnets and security groups. */
export function linkEnvironment(
  environment: ComputeEnvironmentResource,
  { findTemplate, findImage, subnetOf, groupsOf }: Linked,
): ComputeEnvironment {
  const { id, address, unit, at, unseen, type, instance_role } = environment;
  const subnets = environment.subnets.flatMap(everyChoice);
  const named = (image: Text) => namedImage(image, findImage(unit, [image.value])?.resource.name.value);
  const launches = launchesOf(environment, findTemplate, named);
  const template = environment.launch_template && findTemplate(unit, [environment.launch_template.value]);
  const templates = [environment.launch_template, ...environment.overrides].flatMap((named) =>
    named ? [findTemplate(unit, [named.value])?.resource] : [],
  );
  const inSubnets = subnets.map((one) => subnetOf(unit, one));
  const [network, ...networks] = new Set(inSubnets.map((one) => one?.network ?? null));
  const groups = [environment.security_groups, ...templates.map((one) => one?.security_groups)];
  return {
    id,
    address,
    unit,
    at,
    unseen,
    type,
    platform: platformOf(environment),
    network: networks.length === 0 ? (network ?? null) : null,
    subnets,
    subnet_ids: inSubnets.map((one) => one?.id ?? null),
    security_groups: groups.includes(null)
      ? null
      : groupsOf(
          unit,
          groups.flatMap((list) => list ?? []),
        ),
    public_ip: publicAddress(templates),
    launches,
    instance_role: instance_role && { arn: instance_role, role: null },
    user_data: template?.resource.user_data ?? null,
  };
}

/** What a subnet may be: jobs may run in each that a condition chooses, so what holds there has to hold in all. */
function everyChoice({ value, at }: Text): readonly Text[] {
  const [inside, ...more] = insides(value);
  const choice = inside !== undefined && more.length === 0 && isHole(value) ? choiceOf(inside) : undefined;
  if (!choice) return [{ value, at }];
  // An item of a list that is not there is as good as an empty one.
  const given = [...choice.sides.values()].filter((side) => side !== "" && side !== value);
  return given.flatMap((side) => everyChoice({ value: side, at }));
}

/** Whether launch templates give instances a public address. */
function publicAddress(templates: readonly (LaunchTemplateResource | undefined)[]): ComputeEnvironment["public_ip"] {
  if (templates.length === 0) return "subnet";
  const [only, ...more] = new Set(templates.map((one) => one?.public_ip));
  if (only === undefined || more.length > 0) return "unknown";
  return only === null ? "subnet" : only ? "yes" : "no";
}

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html */
function platformOf({ type, on_eks, managed }: ComputeEnvironmentResource): ComputeEnvironment["platform"] {
  if (on_eks) return "EKS";
  if (type === null) return managed === false ? "EC2" : null;
  if (!isLiteral(type.value)) return null;
  return type.value.toUpperCase().startsWith("FARGATE") ? "FARGATE" : "EC2";
}

function launchesOf(
  environment: ComputeEnvironmentResource,
  findTemplate: Finder<LaunchTemplateResource>,
  named: NamedImage,
): Launch[] {
  const { unit, at, launch_template, overrides, unseen } = environment;
  if (platformOf(environment) === "FARGATE") return [];
  if (environment.managed === false) {
    const cause: Cause = { kind: "instances", name: environment.address, unit };
    return [{ images: [unknownImage(cause, at)], user_data: null, unseen: [{ part: "instances", cause, at }], at }];
  }
  const launch = (given: Text | null, isOverride: boolean): Launch => {
    const template = given ? findTemplate(unit, [given.value])?.resource : undefined;
    const hidden = [...unseen.filter(({ part }) => STARTS.test(part)), ...(template?.unseen ?? [])];
    if (given && !template) hidden.push({ part: "launch template", cause: templateCause(given), at: given.at });
    return {
      images: imagesOf(environment, { image: template?.image ?? null, hidden: imageCause(hidden), isOverride }, named),
      user_data: template?.agent ?? null,
      unseen: hidden,
      at: given?.at ?? at,
    };
  };
  return [launch(launch_template, false), ...overrides.map((given) => launch(given, true))];
}

/** Parts of an environment that say how instances are started, in the spellings of all formats. */
const STARTS = /^(?:compute_?resources|launch_?template|ec2_?configuration|overrides|properties|existence)/i;

/** What is not known, so that the image is not. */
function imageCause(hidden: readonly Unseen[]): Cause | undefined {
  return hidden.find(({ part }) => part !== "UserData")?.cause;
}

function templateCause({ value }: Text): Cause {
  return causeOfText(value) ?? { kind: "launch-template", name: value, unit: null };
}

/** What a launch template says of the image; `hidden` is what is not known of it. */
interface Template {
  readonly image: Text | null;
  readonly hidden: Cause | undefined;
  /** Whether it is for some types of instances, which makes its image the first. */
  readonly isOverride: boolean;
}

/**
 * The images in the order of precedence: https://docs.aws.amazon.com/batch/latest/userguide/ami-selection-order.html
 */
function imagesOf(
  { image, configurations, at }: ComputeEnvironmentResource,
  template: Template,
  named: NamedImage,
): Image[] {
  if (template.isOverride && template.image) return [named(template.image)];
  if (image) return [named(image)];
  const last = (where: Place) => {
    if (template.image) return named(template.image);
    return template.hidden ? unknownImage(template.hidden, where) : currentImage(where);
  };
  if (configurations.length === 0) return [last(at)];
  return configurations.map((one) => (one.image ? named(one.image) : last(one.at)));
}

/** Which compute environments may run a job. */
export interface Places {
  readonly environments: readonly ComputeEnvironment[];
  readonly certain: boolean;
  readonly more: Cause | null;
}
export type PlacesOf = (job: JobDefinition) => Places;

/** How many environments a job's case carries: those of one unit are few. */
const MOST = 20;

interface Candidates {
  readonly environments: readonly ComputeEnvironment[];
  readonly more: Cause | null;
}

/** Says for each job where it may run. `deploymentOf` says where units are deployed. */
export function placesOf(
  environments: readonly ComputeEnvironment[],
  declared: readonly ComputeEnvironmentResource[],
  queues: readonly JobQueueResource[],
  deploymentOf: (unit: string) => Case["deployment"],
): PlacesOf {
  const areApart = apartLater();
  const byId = new Map(environments.map((one) => [one.id, one]));
  const find = finder(declared, ({ names }) => names.map(({ value }) => value));
  const named = new Map<string, ComputeEnvironmentResource>();
  const missing = new Map<string, Cause>();
  for (const { unit, environments: texts, unseen } of queues) {
    for (const { value } of texts) {
      const found = find(unit, [value])?.resource;
      if (found) named.set(found.id, found);
      else missing.set(unit, causeOfText(value) ?? { kind: "environment", name: value, unit: null });
    }
    for (const { cause } of unseen) missing.set(unit, cause);
  }
  const usedUnits = new Set([...named.values()].map(({ unit }) => unit));
  // Where queues name environments of a unit, the others of the unit run nothing.
  const used = environments.filter(({ id, unit }) => named.has(id) || !usedUnits.has(unit));
  const ofUnit = groupBy(used, ({ unit }) => unit);
  const candidates = new Map<string, Candidates>();
  const candidatesOf = (unit: string): Candidates => {
    const known = candidates.get(unit);
    if (known) return known;
    const own = ofUnit.get(unit) ?? [];
    const mayBeHere = (other: string) =>
      !areApart(unit, other) && mayBeOneDeployment(deploymentOf(unit), deploymentOf(other));
    const elsewhere = own.length > 0 ? undefined : [...missing.keys()].find(mayBeHere);
    const found = {
      environments: own.length > 0 ? own : used.filter((one) => mayBeHere(one.unit)),
      more: missing.get(elsewhere ?? unit) ?? null,
    };
    candidates.set(unit, found);
    return found;
  };
  return (job) => {
    const { environments: all, more } = candidatesOf(job.unit);
    const platforms = new Set(job.containers.map(({ kind, platform }) => (kind === "eks" ? "EKS" : platform)));
    const fitting = all.filter(({ platform }) => platform === null || platforms.has(null) || platforms.has(platform));
    const tooMany: Cause | null =
      fitting.length > MOST ? { kind: "environments", name: job.unit, unit: job.unit } : null;
    const shown = fitting.slice(0, MOST);
    return {
      environments: shown.flatMap(({ id }) => byId.get(id) ?? []),
      certain: shown.every(({ unit }) => unit === job.unit),
      more: more ?? tooMany,
    };
  };
}

/** Whether two units may be deployed to one account and Region. */
export function mayBeOneDeployment(one: Case["deployment"], other: Case["deployment"]): boolean {
  return (["partition", "account", "region"] as const).every(
    (key) => one[key] === other[key] || !isLiteral(one[key]) || !isLiteral(other[key]),
  );
}
