import { expect, test } from "vitest";
import { forgetHidden, hiddenValues } from "../../facts/hidden.ts";
import { container, covered, job } from "./testing.ts";

test("container properties are read whole", () => {
  const read = job({
    jobDefinitionName: "nightly",
    type: "container",
    platformCapabilities: ["FARGATE"],
    parameters: { who: "world" },
    containerProperties: container,
  });
  expect(read).toMatchObject({
    id: "unit#job",
    address: "job",
    unit: "unit",
    name: { value: "nightly" },
    type: "container",
    parameters: [{ name: { value: "who" }, value: { value: "world" } }],
    shape: [],
    unseen: [],
  });
  expect(read.containers).toMatchObject([
    {
      path: "containerProperties",
      kind: "container",
      name: null,
      image: { value: "busybox" },
      execution_role: { arn: { value: "arn:aws:iam::111122223333:role/execution" }, role: null },
      job_role: { arn: { value: "arn:aws:iam::111122223333:role/job" }, role: null },
      secrets: [
        {
          id: "containerProperties.secrets[0]",
          name: { value: "PASSWORD" },
          value_from: { value: "arn:aws:ssm:us-east-1:111122223333:parameter/p" },
          secret: null,
          parameter: null,
        },
      ],
      environment: [{ name: { value: "A" }, value: { value: "1" } }],
      command: [{ value: "echo" }, { value: "Ref::who" }],
      log: {
        driver: { value: "splunk" },
        options: [{ name: { value: "splunk-url" }, value: { value: "https://example.com" } }],
        secret_options: [
          {
            id: "containerProperties.logConfiguration.secretOptions[0]",
            name: { value: "splunk-token" },
            value_from: { value: "token" },
          },
        ],
      },
      registry_credentials: {
        id: "containerProperties.repositoryCredentials",
        name: null,
        value_from: { value: "registry" },
      },
      platform: "FARGATE",
      platform_version: { value: "1.4.0" },
      operating_system: { value: "LINUX" },
      unseen: [],
    },
  ]);
});

test("places are those of the scalar, the entry, the container and the holder of the role", () => {
  const [read] = job({ containerProperties: container }).containers;
  if (!read) throw new Error("no container");
  expect(covered(read.at)).toBe(JSON.stringify(container));
  expect(covered(read.role_holder)).toBe(JSON.stringify(container));
  expect(read.secrets.map(({ at, value_from }) => [covered(at), value_from && covered(value_from.at)])).toEqual([
    [JSON.stringify(container.secrets[0]), '"arn:aws:ssm:us-east-1:111122223333:parameter/p"'],
  ]);
  expect(read.log?.options.map(({ at }) => covered(at))).toEqual(['"splunk-url":"https://example.com"']);
});

test("in ecsProperties the roles and the platform stand on the task", () => {
  const task = {
    executionRoleArn: "execution",
    taskRoleArn: "task",
    platformVersion: "1.3.0",
    runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
    containers: [
      { name: "a", image: "i", secrets: [{ name: "S", valueFrom: "v" }] },
      { name: "b", image: "i", executionRoleArn: "ignored" },
    ],
  };
  const read = job({ type: "container", ecsProperties: { taskProperties: [task] } });
  expect(read.containers).toMatchObject([
    {
      path: "ecsProperties.taskProperties[0].containers[0]",
      kind: "ecs",
      name: { value: "a" },
      execution_role: { arn: { value: "execution" } },
      job_role: { arn: { value: "task" } },
      platform: "EC2",
      platform_version: { value: "1.3.0" },
      operating_system: { value: "WINDOWS_SERVER_2022_CORE" },
      secrets: [{ id: "ecsProperties.taskProperties[0].containers[0].secrets[0]" }],
    },
    {
      path: "ecsProperties.taskProperties[0].containers[1]",
      name: { value: "b" },
      execution_role: { arn: { value: "execution" } },
    },
  ]);
  expect(read.containers.map(({ role_holder }) => covered(role_holder))).toEqual([
    JSON.stringify(task),
    JSON.stringify(task),
  ]);
});

test("every node range has its own containers and roles, of any kind", () => {
  const read = job({
    type: "multinode",
    nodeProperties: {
      numNodes: 3,
      mainNode: 0,
      nodeRangeProperties: [
        { targetNodes: "0:0", container: { image: "a", executionRoleArn: "first" } },
        {
          targetNodes: "1:1",
          ecsProperties: { taskProperties: [{ executionRoleArn: "second", containers: [{ image: "b" }] }] },
        },
        { targetNodes: "2:2", eksProperties: { podProperties: { containers: [{ image: "c" }] } } },
        { targetNodes: "3:", container: { image: "d" } },
      ],
    },
  });
  expect(
    read.containers.map(({ path, kind, platform, image, execution_role }) => [
      path,
      kind,
      platform,
      image?.value,
      execution_role?.arn.value ?? null,
    ]),
  ).toEqual([
    ["nodeProperties.nodeRangeProperties[0].container", "container", "EC2", "a", "first"],
    [
      "nodeProperties.nodeRangeProperties[1].ecsProperties.taskProperties[0].containers[0]",
      "ecs",
      "EC2",
      "b",
      "second",
    ],
    ["nodeProperties.nodeRangeProperties[2].eksProperties.podProperties.containers[0]", "eks", "EKS", "c", null],
    ["nodeProperties.nodeRangeProperties[3].container", "container", "EC2", "d", null],
  ]);
  expect(read.type).toBe("multinode");
  expect(read.unseen).toEqual([]);
});

test("pods have environment, command and arguments, no execution role and no secrets", () => {
  const arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf";
  const read = job({
    type: "container",
    eksProperties: {
      podProperties: {
        initContainers: [{ name: "init", image: "i" }],
        containers: [
          {
            name: "main",
            image: "m",
            command: ["run"],
            args: ["--fast"],
            env: [
              { name: "PASSWORD", value: arn },
              { name: "A", value: "1" },
            ],
          },
        ],
      },
    },
  });
  expect(read.containers).toMatchObject([
    {
      path: "eksProperties.podProperties.containers[0]",
      kind: "eks",
      name: { value: "main" },
      execution_role: null,
      job_role: null,
      platform: "EKS",
      secrets: [],
      environment: [
        { name: { value: "PASSWORD" }, value: { value: arn } },
        { name: { value: "A" }, value: { value: "1" } },
      ],
      command: [{ value: "run" }, { value: "--fast" }],
    },
    { path: "eksProperties.podProperties.initContainers[0]", name: { value: "init" } },
  ]);
  expect(read.shape).toEqual([]);
});

test("keys for secrets that are where the API has none are noted, with their place", () => {
  const secret = [{ name: "A", valueFrom: "/a" }];
  const read = job({
    type: "container",
    secrets: secret,
    containerProperties: {
      image: "busybox",
      secretOptions: secret,
      environmentSecrets: [],
      environment: [{ name: "A", valueFrom: "/a" }],
      logConfiguration: { logDriver: "splunk", secrets: secret, options: { secretOptions: "/a" } },
      secrets: secret,
    },
  });
  expect(read.shape.map(({ kind, key, expected }) => [kind, key, expected]).sort()).toEqual([
    ["misplaced-key", "container.secretOptions", "logConfiguration.secretOptions"],
    ["misplaced-key", "environment.valueFrom", "secrets"],
    ["misplaced-key", "jobDefinition.secrets", "containerProperties.secrets"],
    ["misplaced-key", "logConfiguration.secrets", "secretOptions"],
    ["misplaced-key", "options.secretOptions", "logConfiguration.secretOptions"],
  ]);
});

test("a reference that may be the password itself is not printed, a name is", () => {
  const hidden = (name: string, valueFrom: string) => {
    forgetHidden();
    job({ containerProperties: { secrets: [{ valueFrom, name }] } });
    return hiddenValues().length > 0;
  };
  expect(["hunter2", "Winter2024", "correcthorse"].filter((one) => !hidden("DB_PASSWORD", one))).toEqual([]);
  const names = [
    "/prod/db",
    "prod/db",
    "db-password",
    "db_key",
    "DB_PASSWORD",
    "production",
    "arn:aws:ssm:a:1:parameter/x2",
  ];
  expect(names.filter((one) => hidden("DB_PASSWORD", one))).toEqual([]);
  expect(hidden("DB_HOST", "hunter2")).toBe(false);
});

test.each<[unknown, string | null]>([
  [undefined, "EC2"],
  [[], "EC2"],
  [["FARGATE"], "FARGATE"],
  [["MANAGED_INSTANCES"], "MANAGED_INSTANCES"],
  [["EC2", "FARGATE"], null],
])("platform capabilities %j mean the platform %s", (platformCapabilities, platform) => {
  const [read] = job({ platformCapabilities, containerProperties: container }).containers;
  expect(read?.platform).toBe(platform);
});

test("property groups, and parts of them, may be JSON in a string, read in place", () => {
  const read = job({ type: "container", containerProperties: JSON.stringify(container) }, "terraform");
  expect(read.containers).toMatchObject([
    { path: "containerProperties", image: { value: "busybox" }, secrets: [{ name: { value: "PASSWORD" } }] },
  ]);
  expect(read.containers.flatMap(({ secrets }) => secrets.map(({ name }) => name && covered(name.at)))).toEqual([
    '\\"PASSWORD\\"',
  ]);
  const parts = job({ containerProperties: { ...container, secrets: JSON.stringify(container.secrets) } });
  expect(parts.containers[0]?.secrets).toMatchObject([{ name: { value: "PASSWORD" } }]);
});

test("a variable that is a secret as well may hold its value, so that is not printed", () => {
  const hidden = (name: string, value: string) => {
    forgetHidden();
    job({
      containerProperties: { secrets: [{ name: "DB", valueFrom: "/prod/db" }], environment: [{ name, value }] },
    });
    return hiddenValues().length > 0;
  };
  expect(hidden("DB", "hunter2")).toBe(true);
  expect(hidden("HOST", "hunter2")).toBe(false);
  expect(
    ["/prod/db2", "prod/db", "production", "arn:aws:ssm:a:1:parameter/x2", "5432"].filter((one) => hidden("DB", one)),
  ).toEqual([]);
});
