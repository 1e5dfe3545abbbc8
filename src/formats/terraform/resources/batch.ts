/**
 * Job definitions, compute environments and launch templates.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_job_definition
 */
import type { ShapeNote, Text, Unseen } from "../../../facts/located.ts";
import type { LaunchTemplateResource } from "../../../facts/resources.ts";
import { entry } from "../../../syntax/value.ts";
import { isManaged } from "../../batch/environments.ts";
import { readJobDefinition } from "../../batch/job-definition.ts";
import { decodedUserData, readUserData } from "../../batch/user-data.ts";
import { givenAddress, toListedTexts, toText, toTexts, unseenPart } from "../../read.ts";
import { argument, blocks, type Instance } from "../instance.ts";
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
  const shape = [...definition.shape, ...(style === "terraform" ? objectsForJson(instance) : [])];
  return { ...definition, shape, unseen: [...definition.unseen, ...maybe] };
}

/**
 * The attributes of the API's JSON that are written as an object, a list or a block, which Terraform refuses: they are
 * strings.
 * https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
function objectsForJson(instance: Instance): readonly ShapeNote[] {
  return ["container_properties", "ecs_properties", "node_properties"].flatMap((key): readonly ShapeNote[] => {
    const given = argument(instance, key);
    if (given?.kind !== "object" && given?.kind !== "list") return [];
    return [{ kind: "object-for-json", key, expected: null, means: null, at: given.at }];
  });
}

const computeEnvironment: Reader = (instance) => {
  const all = blocks(instance, "compute_resources");
  const nested = (name: string) => all.flatMap((block) => blocks({ value: block }, name));
  const subnets = all.map((block) => toListedTexts(entry(block, "subnets")?.value, "subnets"));
  const groups = all.map((block) => toListedTexts(entry(block, "security_group_ids")?.value, "security_group_ids"));
  const [template] = nested("launch_template");
  const resources = all.map((value) => ({ value }));
  return {
    compute_environments: [
      {
        ...declared(instance),
        unseen: [
          ...subnets.flatMap(({ unseen }) => unseen),
          ...unseenBlock(instance, "compute_resources"),
          ...resources.flatMap((block) =>
            ["launch_template", "ec2_configuration"].flatMap((name) => unseenBlock(block, name)),
          ),
        ],
        names: [computed(instance, "arn"), computed(instance, "id"), ...namesOf(instance)],
        type: first(resources, "type"),
        managed: isManaged(toText(argument(instance, "type"))),
        on_eks: blocks(instance, "eks_configuration").length > 0,
        subnets: subnets.flatMap(({ values }) => values),
        security_groups: groups.some(({ unseen }) => unseen.length > 0) ? null : groups.flatMap(({ values }) => values),
        image: first(resources, "image_id"),
        configurations: nested("ec2_configuration").map((value) => ({
          type: text({ value }, "image_type"),
          image: text({ value }, "image_id_override"),
          at: value.at,
        })),
        instance_role: first(resources, "instance_role"),
        launch_template: template
          ? (text({ value: template }, "launch_template_id") ?? text({ value: template }, "launch_template_name"))
          : null,
        overrides: [],
      },
    ],
  };
};

type Block = Pick<Instance, "value">;

function text(block: Block, name: string): Text | null {
  return toText(argument(block, name));
}

function first(list: readonly Block[], name: string): Text | null {
  return list.map((block) => text(block, name)).find((found) => found !== null) ?? null;
}

function unseenBlock(block: Block, name: string): readonly Unseen[] {
  const given = argument(block, name);
  const unknown = given?.kind === "list" ? given.items.find(({ kind }) => kind === "unknown") : given;
  return unknown?.kind === "unknown" ? [unseenPart(name, unknown)] : [];
}

/** Version 6 of the provider renamed `compute_environment_name`. */
function namesOf(instance: Instance): readonly Text[] {
  return [...optional(instance, "compute_environment_name"), ...optional(instance, "name")];
}

/** Since version 5.48 in blocks, before in a list. */
const jobQueue: Reader = (instance) => {
  const listed = toTexts(argument(instance, "compute_environments"), "compute_environments");
  const ordered = blocks(instance, "compute_environment_order").flatMap((value) =>
    optional({ ...instance, value }, "compute_environment"),
  );
  return {
    job_queues: [
      {
        ...declared(instance),
        unseen: [...listed.unseen, ...unseenBlock(instance, "compute_environment_order")],
        environments: [...listed.values, ...ordered],
      },
    ],
  };
};

const launchTemplate: Reader = (instance) => {
  const userData = decodedUserData(argument(instance, "user_data"));
  return {
    launch_templates: [
      {
        ...declared(instance),
        names: [computed(instance, "id"), nameText(instance)],
        image: text(instance, "image_id"),
        user_data: toText(userData),
        agent: readUserData(userData),
        ...interfacesOf(instance),
      },
    ],
  };
};

/** An image that a plan has looked up: its id and its name. */
const machineImage: Reader = (instance) => {
  const name = text(instance, "name");
  return name ? { machine_images: [{ ...declared(instance), image: computed(instance, "id"), name }] } : {};
};

/** Security groups and public addresses of instances, by the template itself or its interfaces. */
function interfacesOf(instance: Instance): Pick<LaunchTemplateResource, "security_groups" | "public_ip"> {
  const interfaces = blocks(instance, "network_interfaces");
  const groups = [
    toTexts(argument(instance, "vpc_security_group_ids"), "vpc_security_group_ids"),
    ...interfaces.map((block) => toTexts(entry(block, "security_groups")?.value, "security_groups")),
  ];
  return {
    security_groups: groups.some(({ unseen }) => unseen.length > 0) ? null : groups.flatMap(({ values }) => values),
    ...givenAddress(argument(instance, "network_interfaces"), "associate_public_ip_address"),
  };
}

export const batch: Readonly<Record<string, Reader>> = {
  aws_batch_job_definition: jobDefinition,
  awscc_batch_job_definition: cloudControlJobDefinition,
  aws_batch_compute_environment: computeEnvironment,
  aws_batch_job_queue: jobQueue,
  aws_launch_template: launchTemplate,
  "data.aws_ami": machineImage,
};
