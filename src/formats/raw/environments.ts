/**
 * Where jobs run, in raw files: compute environments, job queues and launch templates, as the input that makes them and
 * as the answer that describes them.
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateComputeEnvironment.html
 * https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
 */
import type { LaunchTemplateResource, Text } from "../../facts/resources.ts";
import { isLiteral } from "../../facts/text.ts";
import { get, type ObjectValue, type Value } from "../../syntax/value.ts";
import { isManaged } from "../batch/environments.ts";
import { unwrapped } from "../batch/fields.ts";
import { decodedUserData, readUserData } from "../batch/user-data.ts";
import { toBoolean, toText, unseenPart } from "../read.ts";
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

function templateIn(value: Value | undefined): Text | null {
  return textOf(value, "launchTemplateId") ?? textOf(value, "launchTemplateName");
}

/** Security groups and public addresses of the instances of a launch template, by itself or its interfaces. */
function interfacesOf(data: ObjectValue): Pick<LaunchTemplateResource, "security_groups" | "public_ip"> {
  const interfaces = listOf(data, "NetworkInterfaces") ?? [];
  const [address] = interfaces.flatMap((one) => get(one, "AssociatePublicIpAddress") ?? []);
  return {
    security_groups: [...textsOf(data, "SecurityGroupIds"), ...interfaces.flatMap((one) => textsOf(one, "Groups"))],
    public_ip: toBoolean(address, null),
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

/** A launch template, or one of its versions. */
export const recogniseTemplates: Recogniser = (value) =>
  described(value, "LaunchTemplateVersions").flatMap((one) => {
    const data = unwrapped(get(one, "LaunchTemplateData"));
    const names = ["LaunchTemplateName", "LaunchTemplateId"].flatMap((key) => some(textOf(one, key)));
    const [name] = names;
    if (data?.kind !== "object" || name === undefined || !isLiteral(name.value)) return [];
    const userData = decodedUserData(given(data, "UserData"));
    return [
      resource("launch_templates", one, name, () => ({
        names,
        image: textOf(data, "ImageId"),
        user_data: toText(userData),
        agent: readUserData(userData),
        ...interfacesOf(data),
      })),
    ];
  });
