import { expect, test } from "vitest";
import { at, container, job, text, unit } from "../../test/support/units.ts";
import { link } from "./link.ts";
import type { ComputeEnvironmentResource, JobQueueResource, LaunchTemplateResource, Resources } from "./resources.ts";

const declared = (address: string) => ({ id: `a#${address}`, address, unit: "a", at, unseen: [] });
const environment = (address: string, given: Partial<ComputeEnvironmentResource> = {}): ComputeEnvironmentResource => ({
  ...declared(address),
  names: [text(address)],
  type: text("EC2"),
  managed: true,
  on_eks: false,
  subnets: [],
  security_groups: [],
  image: null,
  configurations: [],
  instance_role: null,
  launch_template: null,
  overrides: [],
  ...given,
});
const template = (address: string, given: Partial<LaunchTemplateResource> = {}): LaunchTemplateResource => ({
  ...declared(address),
  names: [text(address)],
  image: null,
  user_data: null,
  agent: null,
  security_groups: [],
  public_ip: null,
  ...given,
});
const queue = (...environments: string[]): JobQueueResource => ({
  ...declared("Queue"),
  environments: environments.map(text),
});
const JOB = job("a", "Job", container({}));

async function placesIn(resources: Partial<Resources>, others: Partial<Resources> = {}) {
  const world = await link([unit("a", { job_definitions: [JOB], ...resources }), unit("b", others)]);
  const { environments, certain, more } = world.placesOf(JOB);
  return [environments.map(({ address }) => address), certain, more?.name ?? null];
}

async function imagesOf(given: Partial<ComputeEnvironmentResource>, templates: readonly LaunchTemplateResource[] = []) {
  const { networks } = await link([
    unit("a", { compute_environments: [environment("E", given)], launch_templates: templates }),
  ]);
  return networks.environments
    .get("a#E")
    ?.launches.map(({ images, unseen }) => [
      images.map(({ value, cause }) => value?.value ?? cause?.name ?? "current"),
      unseen.map(({ cause }) => cause.name),
    ]);
}

test("a job may run in the environments of its unit that fit its platform", async () => {
  const fargate = environment("F", { type: text("FARGATE_SPOT") });
  expect(await placesIn({ compute_environments: [environment("E"), fargate] })).toEqual([["E"], true, null]);
  expect(await placesIn({})).toEqual([[], true, null]);
});

test("where queues name environments, the others of the unit run nothing", async () => {
  const compute_environments = [environment("E"), environment("Unused")];
  expect(await placesIn({ compute_environments, job_queues: [queue("E")] })).toEqual([["E"], true, null]);
});

test("a queue that names something else leaves open where a job runs", async () => {
  const compute_environments = [environment("E")];
  expect(await placesIn({ compute_environments, job_queues: [queue("E", "elsewhere")] })).toEqual([
    ["E"],
    true,
    "elsewhere",
  ]);
});

test("a job of a unit without environments may run in those of another", async () => {
  const other = { ...environment("E"), id: "b#E", unit: "b" };
  expect(await placesIn({}, { compute_environments: [other] })).toEqual([["E"], false, null]);
});

test("images have an order of precedence", async () => {
  const lt = template("lt", { image: text("ami-template") });
  const type = { type: text("ECS_AL2"), image: text("ami-type"), at };
  expect(await imagesOf({})).toEqual([[["current"], []]]);
  expect(await imagesOf({ launch_template: text("lt") }, [lt])).toEqual([[["ami-template"], []]]);
  expect(await imagesOf({ launch_template: text("lt"), configurations: [type] }, [lt])).toEqual([[["ami-type"], []]]);
  expect(await imagesOf({ configurations: [type, { ...type, image: null }] })).toEqual([[["ami-type", "current"], []]]);
  expect(await imagesOf({ image: text("ami-all"), configurations: [type] })).toEqual([[["ami-all"], []]]);
  expect(await imagesOf({ image: text("ami-all"), overrides: [text("lt")] }, [lt])).toEqual([
    [["ami-all"], []],
    [["ami-template"], []],
  ]);
});

test("an image has the agent of the name that the files give its id", async () => {
  const { networks } = await link([
    unit("a", {
      compute_environments: [environment("E", { image: text("ami-1") })],
      machine_images: [
        { ...declared("I"), image: text("ami-1"), name: text("amzn2-ami-ecs-hvm-2.0.20190402-x86_64-ebs") },
      ],
    }),
  ]);
  expect([...networks.environments.values()][0]?.launches[0]?.images[0]).toMatchObject({
    agent_from: [1, 27, 0],
    agent_to: [1, 27, 0],
    cause: null,
  });
});

test("what is not in the files is a cause", async () => {
  expect(await imagesOf({ launch_template: text("lt") })).toEqual([[["lt"], ["lt"]]]);
  expect(await imagesOf({ managed: false })).toEqual([[["E"], ["E"]]]);
  expect(await imagesOf({ type: text("FARGATE") })).toEqual([]);
  const subnets = { part: "subnets", cause: { kind: "variable", name: "var.subnets", unit: "a" }, at } as const;
  expect(await imagesOf({ unseen: [subnets] })).toEqual([[["current"], []]]);
});
