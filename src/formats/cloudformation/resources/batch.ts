import type { Text, Unseen } from "../../../facts/located.ts";
import type { LaunchTemplateResource } from "../../../facts/resources.ts";
import { get, type Value } from "../../../syntax/value.ts";
import { isManaged } from "../../batch/environments.ts";
import { isGroupKey, readJobDefinition } from "../../batch/job-definition.ts";
import { decodedUserData, readUserData } from "../../batch/user-data.ts";
import { folded, givenAddress, objects, toListedTexts, toText, toTexts, unseenPart } from "../../read.ts";
import { isTooLarge } from "../../size.ts";
import { declared, type Reader } from "./reading.ts";

/**
 * `AWS::Batch::JobDefinition`:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-jobdefinition.html
 */
export const readJob: Reader = (reading) => {
  const { id, address, unit, at, scope, declaration } = reading;
  const { body } = declaration;
  const written = get(body, "Properties");
  // What is too large is not read, so there is no need to evaluate it.
  const given = written && (isTooLarge(written) ? written : scope.evaluate(written));
  const value = given ?? { kind: "object", entries: [], at };
  const beside = body.entries.filter(({ key }) => isOfProperties(key));
  return { job_definitions: [readJobDefinition(value, { id, address, unit, at, style: "cloudformation", beside })] };
};

/** A key that CloudFormation refuses there: what belongs in `Properties`, or is meant for it. */
function isOfProperties(key: string): boolean {
  return isGroupKey(key) || (key !== "Properties" && folded(key) === "properties");
}

/** Only managed environments have resources. */
export const readComputeEnvironment: Reader = (reading) => {
  const resources = reading.property("ComputeResources");
  const subnets = toListedTexts(get(resources, "Subnets"), "Subnets");
  const groups = toListedTexts(get(resources, "SecurityGroupIds"), "SecurityGroupIds");
  const configurations = objects(get(resources, "Ec2Configuration"), "Ec2Configuration");
  const template = get(resources, "LaunchTemplate");
  const overrides = objects(get(template, "Overrides"), "Overrides");
  const unseen: Unseen[] = [...subnets.unseen, ...configurations.unseen, ...overrides.unseen];
  if (resources?.kind === "unknown") unseen.push(unseenPart("ComputeResources", resources));
  if (template?.kind === "unknown") unseen.push(unseenPart("LaunchTemplate", template));
  const name = reading.text("ComputeEnvironmentName");
  return {
    compute_environments: [
      {
        ...declared(reading, unseen),
        names: [reading.attribute(null), ...(name ? [name] : [])],
        type: toText(get(resources, "Type")),
        managed: isManaged(reading.text("Type")),
        on_eks: reading.property("EksConfiguration") !== undefined,
        subnets: subnets.values,
        security_groups: groups.unseen.length > 0 ? null : groups.values,
        image: toText(get(resources, "ImageId")),
        configurations: configurations.values.map((one) => ({
          type: toText(get(one, "ImageType")),
          image: toText(get(one, "ImageIdOverride")),
          at: one.at,
        })),
        instance_role: toText(get(resources, "InstanceRole")),
        launch_template: templateIn(template),
        overrides: overrides.values.flatMap((one) => templateIn(one) ?? []),
      },
    ],
  };
};

function templateIn(value: Value | undefined): Text | null {
  return toText(get(value, "LaunchTemplateId")) ?? toText(get(value, "LaunchTemplateName"));
}

/** `AWS::Batch::JobQueue`, which lists its environments in order. */
export const readJobQueue: Reader = (reading) => {
  const order = objects(reading.property("ComputeEnvironmentOrder"), "ComputeEnvironmentOrder");
  const environments = order.values.flatMap((one) => toText(get(one, "ComputeEnvironment")) ?? []);
  return { job_queues: [{ ...declared(reading, order.unseen), environments }] };
};

/** `AWS::EC2::LaunchTemplate`, by the id and the name that environments may know it by. */
export const readLaunchTemplate: Reader = (reading) => {
  const data = reading.property("LaunchTemplateData");
  const userData = decodedUserData(get(data, "UserData"));
  const name = reading.text("LaunchTemplateName");
  return {
    launch_templates: [
      {
        ...declared(reading, unseenData(data, userData)),
        names: [reading.attribute(null), ...(name ? [name] : [])],
        image: toText(get(data, "ImageId")),
        user_data: toText(userData),
        agent: readUserData(userData),
        ...interfacesOf(data),
      },
    ],
  };
};

/** Security groups and public addresses of the instances of a launch template, by itself or its interfaces. */
function interfacesOf(data: Value | undefined): Pick<LaunchTemplateResource, "security_groups" | "public_ip"> {
  const interfaces = objects(get(data, "NetworkInterfaces"), "NetworkInterfaces");
  const groups = [
    toTexts(get(data, "SecurityGroupIds"), "SecurityGroupIds"),
    ...interfaces.values.map((one) => toTexts(get(one, "Groups"), "Groups")),
  ];
  const hidden = interfaces.unseen.length > 0 || groups.some(({ unseen }) => unseen.length > 0);
  return {
    security_groups: hidden ? null : groups.flatMap(({ values }) => values),
    ...givenAddress(get(data, "NetworkInterfaces"), "AssociatePublicIpAddress"),
  };
}

function unseenData(data: Value | undefined, userData: Value | undefined): readonly Unseen[] {
  if (data?.kind === "unknown") return [unseenPart("LaunchTemplateData", data)];
  return userData?.kind === "unknown" ? [unseenPart("UserData", userData)] : [];
}

/** The role in an instance profile, so that an environment which names the profile is known to have the role. */
export const readInstanceProfile: Reader = (reading) => {
  const roles = toTexts(reading.property("Roles"), "Roles");
  return {
    profiles: [
      { names: [reading.attribute(null).value, reading.attribute("Arn").value], role: roles.values[0] ?? null },
    ],
  };
};
