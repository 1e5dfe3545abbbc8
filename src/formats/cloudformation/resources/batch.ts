import type { Text, Unseen } from "../../../facts/resources.ts";
import { holeOf, insides } from "../../../facts/text.ts";
import { get, type Value } from "../../../syntax/value.ts";
import { readJobDefinition } from "../../batch/job-definition.ts";
import { objects, toText, toTexts, unseenPart } from "../../read.ts";
import { plainOfBase64 } from "../functions/texts.ts";
import { ssmPath } from "../parameter.ts";
import type { Scope } from "../scope.ts";
import { declared, type Reader } from "./reading.ts";

/**
 * `AWS::Batch::JobDefinition`:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-jobdefinition.html
 */
export const readJob: Reader = (reading) => {
  const { id, address, unit, at, scope, declaration } = reading;
  const written = get(declaration.body, "Properties");
  const value = (written && scope.evaluate(written)) ?? { kind: "object", entries: [], at };
  return { job_definitions: [readJobDefinition(value, { id, address, unit, at, style: "cloudformation" })] };
};

/** Only managed environments have resources. */
export const readComputeEnvironment: Reader = (reading) => {
  const resources = reading.property("ComputeResources");
  const subnets = toTexts(get(resources, "Subnets"), "Subnets");
  const configurations = objects(get(resources, "Ec2Configuration"), "Ec2Configuration");
  const template = get(resources, "LaunchTemplate");
  const overrides = objects(get(template, "Overrides"), "Overrides");
  const unseen: Unseen[] = [...subnets.unseen, ...configurations.unseen, ...overrides.unseen];
  if (resources?.kind === "unknown") unseen.push(unseenPart("ComputeResources", resources));
  return {
    compute_environments: [
      {
        ...declared(reading, unseen),
        type: toText(get(resources, "Type")),
        subnets: subnets.values,
        images: [
          ...images(reading.scope, get(resources, "ImageId")),
          ...configurations.values.flatMap((one) => [
            ...images(reading.scope, get(one, "ImageType")),
            ...images(reading.scope, get(one, "ImageIdOverride")),
          ]),
        ],
        instance_role: toText(get(resources, "InstanceRole")),
        launch_templates: [template, ...overrides.values].flatMap((one) => [
          ...textsOf(get(one, "LaunchTemplateId")),
          ...textsOf(get(one, "LaunchTemplateName")),
        ]),
      },
    ],
  };
};

function textsOf(value: Value | undefined): readonly Text[] {
  return toText(value) === null ? [] : [toText(value)].filter((text) => text !== null);
}

/** An image as written, or the path in SSM that its parameter reads, which says more than a hole. */
function images(scope: Scope, value: Value | undefined): readonly Text[] {
  return textsOf(value).map((text) => {
    const [first] = insides(text.value).map(holeOf);
    const parameter = first?.origin.kind === "parameter" ? scope.template.parameters.get(first.term) : undefined;
    const path = parameter && ssmPath(parameter);
    return path === undefined ? text : { ...text, value: path };
  });
}

/** `AWS::EC2::LaunchTemplate`, by the id and the name that environments may know it by. */
export const readLaunchTemplate: Reader = (reading) => {
  const data = reading.property("LaunchTemplateData");
  const userData = get(data, "UserData");
  return {
    launch_templates: [
      {
        ...declared(reading, unseenData(data, userData)),
        names: [reading.attribute(null), ...[reading.text("LaunchTemplateName")].filter((name) => name !== null)],
        images: images(reading.scope, get(data, "ImageId")),
        user_data: userData ? toText(plainOfBase64(userData) ?? userData) : null,
      },
    ],
  };
};

function unseenData(data: Value | undefined, userData: Value | undefined): readonly Unseen[] {
  const hidden =
    data?.kind === "unknown" ? data : userData?.kind === "unknown" && !plainOfBase64(userData) ? userData : undefined;
  return hidden ? [unseenPart("UserData", hidden)] : [];
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
