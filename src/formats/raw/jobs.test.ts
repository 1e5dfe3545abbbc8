import { expect, test } from "vitest";
import { allows, job, resources, units } from "./testing.ts";

const { containerProperties } = job();

test("the input of register-job-definition is a job definition, in JSON and YAML", async () => {
  const { job_definitions } = await resources({ "batch/job.json": job() });
  expect(job_definitions).toMatchObject([
    { id: "batch#nightly", address: "nightly", unit: "batch", name: { value: "nightly" }, type: "container" },
  ]);
  const yaml = `
jobDefinitionName: nightly
type: container
containerProperties:
  image: busybox
  secrets:
    - name: PASSWORD
      valueFrom: arn:aws:ssm:us-east-1:111122223333:parameter/p
`;
  const read = await resources({ "job.yaml": yaml });
  expect(read.job_definitions).toMatchObject([
    {
      id: ".#nightly",
      containers: [{ secrets: [{ value_from: { value: "arn:aws:ssm:us-east-1:111122223333:parameter/p" } }] }],
    },
  ]);
});

test("every job definition of a list, and of several YAML documents, is read", async () => {
  const two = [job(), { ...job(), jobDefinitionName: "hourly" }];
  const { job_definitions } = await resources({ "jobs.json": two });
  expect(job_definitions.map(({ address }) => address)).toEqual(["nightly", "hourly"]);
  const yaml = two.map((one) => JSON.stringify(one)).join("\n---\n");
  const read = await resources({ "jobs.yaml": `---\n${yaml}` });
  expect(read.job_definitions.map(({ address }) => address)).toEqual(["nightly", "hourly"]);
});

test("describe-job-definitions gives its active revisions, named by name and revision", async () => {
  const described = (revision: number, status: string) => ({
    ...job(),
    jobDefinitionArn: `arn:aws:batch:us-east-1:111122223333:job-definition/nightly:${revision}`,
    revision,
    status,
  });
  const { job_definitions } = await resources({
    "described.json": { jobDefinitions: [described(3, "ACTIVE"), described(2, "ACTIVE"), described(1, "INACTIVE")] },
  });
  expect(job_definitions.map(({ id }) => id)).toEqual([".#nightly:3", ".#nightly:2"]);
});

test("a revision that was deregistered is no job, wherever it stands", async () => {
  const jobDefinitionArn = "arn:aws:batch:us-east-1:111122223333:job-definition/nightly:1";
  const gone = { ...job(), jobDefinitionArn, revision: 1, status: "INACTIVE" };
  for (const document of [gone, [gone], { jobDefinitions: [gone] }, { answer: { jobDefinitions: [gone] } }]) {
    expect(await units({ "x.json": document })).toEqual([]);
  }
});

test("a status in a request hides nothing, for AWS makes a new revision of it", async () => {
  const asked = { ...job(), status: "INACTIVE" };
  for (const document of [asked, [asked], { jobs: { nightly: asked } }, { ...asked, revision: 4 }]) {
    expect((await resources({ "x.json": document })).job_definitions).toHaveLength(1);
  }
});

test("container properties alone are a job definition with nothing else known", async () => {
  const { job_definitions } = await resources({ "batch/container.json": containerProperties });
  expect(job_definitions).toMatchObject([
    {
      address: "container.json",
      name: null,
      type: null,
      unseen: [],
      containers: [{ path: "containerProperties", platform: null, secrets: [{ name: { value: "PASSWORD" } }] }],
    },
  ]);
});

test.each<[string, object]>([
  ["secrets", { image: "i", secrets: [{ name: "A", valueFrom: "v" }] }],
  ["an execution role", { image: "i", executionRoleArn: "r" }],
  ["a job role", { image: "i", jobRoleArn: "r" }],
  ["resource requirements", { image: "i", resourceRequirements: [{ type: "VCPU", value: "1" }] }],
  ["vcpus and memory", { image: "i", vcpus: 1, memory: 128 }],
])("an image with %s is container properties", async (_name, properties) => {
  const { job_definitions } = await resources({ "c.json": properties });
  expect(job_definitions).toHaveLength(1);
});

test("job definitions with a name are found inside an object of someone's own, beside policies", async () => {
  const { job_definitions, policies } = await resources({
    "all.json": { jobs: { nightly: job(), other: { image: "i" } }, policies: { a: allows("s3:*") } },
  });
  expect(job_definitions.map(({ address }) => address)).toEqual(["nightly"]);
  expect(policies.map(({ address }) => address)).toEqual(["policies.a"]);
});

test.each<[string, unknown]>([
  [
    "an ECS task definition",
    { family: "f", executionRoleArn: "r", containerDefinitions: [{ image: "i", secrets: [] }] },
  ],
  [
    "an ECS container definition",
    { name: "c", image: "i", cpu: 1, essential: true, secrets: [{ name: "A", valueFrom: "v" }] },
  ],
  ["describe-jobs", { jobs: [{ jobId: "1", container: { image: "i", executionRoleArn: "r" } }] }],
  ["one job of describe-jobs", { jobId: "1", jobName: "n", jobQueue: "q", ecsProperties: { taskProperties: [] } }],
  ["submit-job", { jobName: "n", jobQueue: "q", jobDefinition: "d", containerOverrides: { environment: [] } }],
  [
    "a state machine",
    {
      StartAt: "A",
      States: { A: { Type: "Task", Resource: "arn:aws:states:::batch:submitJob.sync", Parameters: {} } },
    },
  ],
  ["an image alone", { image: "i" }],
  ["a Compose file", { services: { a: { image: "i", secrets: ["s"] } } }],
  ["a text", "image"],
  ["nothing", {}],
])("%s is no job definition", async (_name, document) => {
  expect(await units({ "x.json": document })).toEqual([]);
});

test("a schema of job definitions is none", async () => {
  const properties = {
    jobDefinitionName: { type: "string" },
    containerProperties: { $ref: "#/definitions/container" },
  };
  const inline = { type: "object", properties: { secrets: { type: "array" }, executionRoleArn: { type: "string" } } };
  const read = await units({
    "schema.json": { $schema: "http://json-schema.org/draft-07/schema#", type: "object", properties },
    "job.schema.json": { properties: { ...properties, containerProperties: inline } },
  });
  expect(read).toEqual([]);
});

test("an excerpt without name, type and image holds back what it does not show", async () => {
  const { job_definitions } = await resources({
    "x.json": { containerProperties: { secrets: [{ name: "A", valueFrom: "v" }] } },
  });
  const [container] = job_definitions[0]?.containers ?? [];
  expect(container?.execution_role?.arn.value).toBe("⟨*x.json@..containerProperties.executionRoleArn⟩");
  expect(container?.secrets).toHaveLength(1);
  const whole = await resources({ "x.json": { containerProperties: { image: "i", secrets: [] } } });
  expect(whole.job_definitions[0]?.containers[0]?.execution_role).toBeNull();
});

test("the properties of a template without the template are read as CloudFormation", async () => {
  const { job_definitions } = await resources({
    "x.yaml": "Type: container\nJobDefinitionName: nightly\nContainerProperties: {Image: i, ExecutionRoleArn: r}\n",
  });
  expect(job_definitions).toMatchObject([
    { address: "nightly", shape: [], containers: [{ execution_role: { arn: { value: "r" } } }] },
  ]);
});

test("placeholders are holes of the unit, also where JSON has no quotes for them", async () => {
  const [unit] = await units({
    "batch/job.json": `{"jobDefinitionName": "\${STAGE}-job", "type": "container", "containerProperties": {"image": "i", "memory": \${{RAM}},
      "executionRoleArn": "arn:aws:iam::\${ACCOUNT}:role/execution", "secrets": [{"name": "A", "valueFrom": "__SECRET_ARN__"}]}}`,
  });
  expect(unit?.resources.job_definitions).toMatchObject([
    {
      address: "job.json",
      name: { value: "⟨STAGE@batch⟩-job" },
      containers: [
        {
          execution_role: { arn: { value: "arn:aws:iam::⟨ACCOUNT@batch⟩:role/execution" } },
          secrets: [{ value_from: { value: "⟨*SECRET_ARN@batch⟩" } }],
        },
      ],
    },
  ]);
  expect(unit?.spellings.get("⟨ACCOUNT@batch⟩")).toBe("${ACCOUNT}");
});

test("what looks like a job in the description of an interface is an example", async () => {
  const found = await resources({
    "openapi.json": { openapi: "3.1.0", paths: { "/jobs": { post: { example: job() } } } },
    "swagger.json": { swagger: "2.0", definitions: { Job: { default: job() } } },
    "job.schema.json": { $schema: "https://json-schema.org/draft/2020-12/schema", default: job() },
    "operations.json": { version: "1.0", examples: { RegisterJobDefinition: [{ input: job() }] } },
    "service.json": { shapes: { A: { members: { jobDefinitionName: {}, containerProperties: { shape: "B" } } } } },
    "jobs.json": { $schema: "./jobs.schema.json", jobs: { nightly: job() } },
  });
  expect(found.job_definitions.map(({ at }) => at.file.path)).toEqual(["jobs.json"]);
});

const CONTAINER = { image: "app", executionRoleArn: "arn:aws:iam::111122223333:role/x" };
const SECRETS = [{ name: "A", valueFrom: "/a" }];

test("containers that read secrets are jobs in a map of somebody's own, and lists in lists are read", async () => {
  const names = async (jobs: unknown) => (await resources({ "jobs.json": jobs })).job_definitions.length;
  expect(await names({ nightly: { ...CONTAINER, secrets: SECRETS }, weekly: { ...CONTAINER, secrets: SECRETS } })).toBe(
    2,
  );
  expect(await names([[{ jobDefinitionName: "a", containerProperties: CONTAINER }]])).toBe(1);
});

test("the skeleton of a request is no job until something is filled in", async () => {
  const skeleton = {
    jobDefinitionName: "",
    containerProperties: { image: "", memory: 0, executionRoleArn: "", secrets: SECRETS },
  };
  expect(await units({ "job.json": skeleton })).toEqual([]);
  const { containerProperties } = skeleton;
  for (const filled of [{ jobDefinitionName: "a" }, { containerProperties: { ...containerProperties, memory: 512 } }]) {
    expect((await resources({ "job.json": { ...skeleton, ...filled } })).job_definitions).toHaveLength(1);
  }
});
