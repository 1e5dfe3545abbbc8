/**
 * Where jobs run, in raw files: compute environments, job queues and launch templates, as the input that makes them and
 * as the answer that describes them.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateComputeEnvironment.html
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
 */
import type { Text } from "../../facts/located.ts";
import type { LaunchTemplateResource } from "../../facts/resources.ts";
import { isLiteral } from "../../facts/text.ts";
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { isManaged } from "../batch/environments.ts";
import { unwrapped } from "../batch/fields.ts";
import { decodedUserData, readUserData } from "../batch/user-data.ts";
import { givenAddress, toBoolean, toNumber, toText, unseenPart } from "../read.ts";
import { type Found, type Recogniser, resource } from "./found.ts";
import { given, hasAny, listOf, textOf, textsOf } from "./keys.ts";

export const recogniseEnvironments: Recogniser = (value) =>
  described(value, "computeEnvironments").flatMap((one) => {
    const name = textOf(one, "computeEnvironmentName");
    return name && hasAny(one, ["computeResources", "type", "eksConfiguration"]) ? [environment(one, name)] : [];
  });

/** The items of an answer that run jobs, or the input itself. */
function described(value: Value, key: string): readonly ObjectValue[] {
  return listOf(value, key)?.filter((one) => !isIdle(one)) ?? (value.kind === "object" ? [value] : []);
}

/** Whether something that is described, which has a status, gets no jobs. */
function isIdle(value: ObjectValue): boolean {
  const status = textOf(value, "status")?.value;
  return status !== undefined && (/^DELET/.test(status) || textOf(value, "state")?.value === "DISABLED");
}

function environment(value: ObjectValue, name: Text): Found {
  const resources = unwrapped(given(value, "computeResources"));
  const template = given(resources, "launchTemplate");
  const hidden = [resources, template].filter((one) => one?.kind === "unknown");
  return resource("compute_environments", value, name, () => ({
    unseen: hidden.map((one) => unseenPart("computeResources", one)),
    names: [name, ...some(textOf(value, "computeEnvironmentArn"))],
    type: textOf(resources, "type"),
    managed: isManaged(textOf(value, "type")),
    on_eks: hasAny(value, ["eksConfiguration"]),
    subnets: textsOf(resources, "subnets"),
    security_groups: textsOf(resources, "securityGroupIds"),
    image: textOf(resources, "imageId"),
    configurations: (listOf(resources, "ec2Configuration") ?? []).map((one) => ({
      type: textOf(one, "imageType"),
      image: textOf(one, "imageIdOverride"),
      at: one.at,
    })),
    instance_role: textOf(resources, "instanceRole"),
    launch_template: templateIn(template),
    overrides: (listOf(template, "overrides") ?? []).flatMap((one) => some(templateIn(one))),
  }));
}

function some(text: Text | null): Text[] {
  return text ? [text] : [];
}

/**
 * A launch template with the version that counts; the default one where none is given.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_LaunchTemplateSpecification.html
 */
function templateIn(value: Value | undefined): Text | null {
  const name = textOf(value, "launchTemplateId") ?? textOf(value, "launchTemplateName");
  const version = textOf(value, "version")?.value || DEFAULT;
  return name && inVersion(name, version);
}

const DEFAULT = "$Default";
const LATEST = "$Latest";

/** How a compute environment names a launch template in a version. */
export function inVersion({ value, at }: Text, version: string): Text {
  return { value: `${value}:${version}`, at };
}

/** Security groups and public addresses of the instances of a launch template, by itself or its interfaces. */
function interfacesOf(data: ObjectValue): Pick<LaunchTemplateResource, "security_groups" | "public_ip"> {
  const interfaces = listOf(data, "NetworkInterfaces") ?? [];
  return {
    security_groups: [...textsOf(data, "SecurityGroupIds"), ...interfaces.flatMap((one) => textsOf(one, "Groups"))],
    ...givenAddress(get(data, "NetworkInterfaces"), "AssociatePublicIpAddress"),
  };
}

export const recogniseQueues: Recogniser = (value) =>
  described(value, "jobQueues").flatMap((one) => {
    const order = listOf(one, "computeEnvironmentOrder");
    const name = textOf(one, "jobQueueName");
    if (!name || !order) return [];
    const environments = order.flatMap((item) => some(textOf(item, "computeEnvironment")));
    return [resource("job_queues", one, name, () => ({ environments }))];
  });

/** The answer of `describe-images`. */
export const recogniseImages: Recogniser = (value) =>
  (listOf(value, "Images") ?? []).flatMap((one) => {
    const image = textOf(one, "ImageId");
    const name = textOf(one, "Name");
    return image && name ? [resource("machine_images", one, image, () => ({ image, name }))] : [];
  });

/** A launch template, or versions of some. */
export const recogniseTemplates: Recogniser = (value) => {
  const versions = described(value, "LaunchTemplateVersions");
  // Who asked for some versions may not have the latest.
  const asked = textsOf(value, "Versions").map((one) => one.value);
  const latest = latestOf(asked.length === 0 || asked.includes(LATEST) ? versions : []);
  return versions.flatMap((one) => {
    const data = unwrapped(get(one, "LaunchTemplateData"));
    const plain = ["LaunchTemplateName", "LaunchTemplateId"].flatMap((key) => some(textOf(one, key)));
    const [name] = plain;
    if (data?.kind !== "object" || name === undefined || !isLiteral(name.value)) return [];
    const own = versionsOf(one, latest);
    // Templates of other languages name it without a version, which decides where there is no other.
    const names = [
      ...(versions.length === 1 ? plain : []),
      ...plain.flatMap((each) => own.map((v) => inVersion(each, v))),
    ];
    const userData = decodedUserData(given(data, "UserData"));
    const number = versionNumber(one);
    return [
      resource("launch_templates", one, number === undefined ? name : inVersion(name, `${number}`), () => ({
        names,
        image: textOf(data, "ImageId"),
        user_data: toText(userData),
        agent: readUserData(userData),
        ...interfacesOf(data),
      })),
    ];
  });
};

/** The highest number of a version by the template that it is of. */
function latestOf(versions: readonly ObjectValue[]): ReadonlyMap<string | undefined, number> {
  const latest = new Map<string | undefined, number>();
  for (const one of versions) {
    const name = nameOf(one);
    latest.set(name, Math.max(latest.get(name) ?? 0, versionNumber(one) ?? 0));
  }
  return latest;
}

/**
 * By which versions a compute environment means this one: its number, and the default or the latest if it is that.
 * `latest` are the numbers of the latest, where they are known. What creates a template is all of them.
 */
function versionsOf(one: ObjectValue, latest: ReadonlyMap<string | undefined, number>): readonly string[] {
  const number = versionNumber(one);
  if (number === undefined) return ["1", DEFAULT, LATEST];
  const isDefault = toBoolean(get(one, "DefaultVersion"), false) === true;
  const isLatest = latest.get(nameOf(one)) === number;
  return [`${number}`, ...(isDefault ? [DEFAULT] : []), ...(isLatest ? [LATEST] : [])];
}

function versionNumber(value: ObjectValue): number | undefined {
  return toNumber(get(value, "VersionNumber"), null) ?? undefined;
}

function nameOf(value: ObjectValue): string | undefined {
  return textOf(value, "LaunchTemplateId")?.value ?? textOf(value, "LaunchTemplateName")?.value;
}
