/**
 * Job definitions, compute environments and launch templates.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_job_definition
 */
import type { Text, Unseen } from "../../../facts/resources.ts";
import { entry, type ObjectValue, type TextValue } from "../../../syntax/value.ts";
import { readJobDefinition } from "../../batch/job-definition.ts";
import { toText, toTexts, unseenPart } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
import type { TerraformValue } from "../language/evaluate/values.ts";
import { computed, declared, nameText, optional, type Reader } from "./declared.ts";

const jobDefinition: Reader = (instance) => ({
  job_definitions: [definitionOf(instance, "terraform")],
});

/**
 * The Cloud Control provider writes the whole tree of the API in snake_case:
 * https://registry.terraform.io/providers/hashicorp/awscc/latest/docs/resources/batch_job_definition
 */
const cloudControlJobDefinition: Reader = (instance) => ({
  job_definitions: [definitionOf(instance, "awscc")],
});

function definitionOf(instance: Instance, style: "terraform" | "awscc") {
  const { id, address, unit } = declared(instance);
  const definition = readJobDefinition(instance.value, { id, address, unit, at: instance.at, style });
  const maybe: Unseen[] = instance.maybe ? [{ part: "existence", cause: instance.maybe, at: instance.at }] : [];
  return { ...definition, unseen: [...definition.unseen, ...maybe] };
}

const computeEnvironment: Reader = (instance) => {
  const all = blocks(instance, "compute_resources");
  const text = (block: ObjectValue, name: string): Text[] => {
    const found = toText(entry(block, name)?.value);
    return found ? [found] : [];
  };
  const nested = (name: string) => all.flatMap((block) => blocks({ value: block }, name));
  const subnets = all.map((block) => toTexts(entry(block, "subnets")?.value, "subnets"));
  const given = argument(instance, "compute_resources");
  return {
    compute_environments: [
      {
        ...declared(instance),
        unseen: [
          ...subnets.flatMap(({ unseen }) => unseen),
          ...(given?.kind === "unknown" ? [unseenPart("compute_resources", given)] : []),
        ],
        type: all.flatMap((block) => text(block, "type"))[0] ?? null,
        subnets: subnets.flatMap(({ values }) => values),
        images: [
          ...all.flatMap((block) => text(block, "image_id")),
          ...nested("ec2_configuration").flatMap((block) => [
            ...text(block, "image_id_override"),
            ...text(block, "image_type"),
          ]),
        ],
        instance_role: all.flatMap((block) => text(block, "instance_role"))[0] ?? null,
        launch_templates: nested("launch_template").flatMap((block) => [
          ...text(block, "launch_template_id"),
          ...text(block, "launch_template_name"),
        ]),
      },
    ],
  };
};

const launchTemplate: Reader = (instance) => ({
  launch_templates: [
    {
      ...declared(instance),
      names: [computed(instance, "id"), nameText(instance)],
      images: optional(instance, "image_id"),
      user_data: userData(argument(instance, "user_data")),
    },
  ],
});

/** User data, decoded: the evaluator remembers the argument of `base64encode`. */
function userData(value: TerraformValue | undefined): Text | null {
  if (value?.kind === "unknown" && value.decoded) return toText(value.decoded);
  const text = toText(value);
  if (!text || value?.kind !== "text") return text;
  const decoded = decodedText(value);
  return decoded === undefined ? text : { ...text, value: decoded };
}

function decodedText({ value }: TextValue): string | undefined {
  const plain = value.replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain) || plain.length % 4 !== 0) return undefined;
  return Buffer.from(plain, "base64").toString("utf8");
}

export const batch: Readonly<Record<string, Reader>> = {
  aws_batch_job_definition: jobDefinition,
  awscc_batch_job_definition: cloudControlJobDefinition,
  aws_batch_compute_environment: computeEnvironment,
  aws_launch_template: launchTemplate,
};
