import { expect, test } from "vitest";
import { locate } from "../../../source.ts";
import { resourcesOf, shown, sourceAt, unitsOf } from "../testing.ts";

test("a job definition with its references, where they are written", async () => {
  const text = `Resources:
  Db: {Type: AWS::SecretsManager::Secret, Properties: {Name: app/db}}
  Role: {Type: AWS::IAM::Role}
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      JobDefinitionName: !Sub "\${AWS::StackName}-job"
      PlatformCapabilities: [FARGATE]
      ContainerProperties:
        Image: busybox
        ExecutionRoleArn: !GetAtt Role.Arn
        Secrets:
          - Name: A
            ValueFrom: !Sub "\${Db}:password::"
          - Name: B
            ValueFrom: !Ref Db
          - Name: C
            ValueFrom: !Join [":", [!Ref Db, user, "", ""]]
`;
  const [unit] = await unitsOf({ "stacks/jobs.yaml": text });
  const [job] = unit?.resources.job_definitions ?? [];
  const [container] = job?.containers ?? [];
  const db = "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:app/db-⟨#Db@stacks/jobs.yaml⟩";
  expect([job?.id, job?.address, job?.unit, job && sourceAt(job.at)]).toEqual([
    "stacks/jobs.yaml#Job",
    "Job",
    "stacks/jobs.yaml",
    "Job",
  ]);
  expect(shown([job?.name, container?.platform, container?.execution_role?.arn])).toEqual([
    "⟨AWS.StackName@stacks/jobs.yaml⟩-job",
    "FARGATE",
    "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨Role.name@stacks/jobs.yaml⟩",
  ]);
  const places = container?.secrets.map(({ value_from }) => {
    const { start, end } = value_from ? locate(value_from.at) : {};
    return [value_from?.value, value_from && sourceAt(value_from.at), start?.line, start?.column, end?.column];
  });
  expect(places).toEqual([
    [`${db}:password::`, '"${Db}:password::"', 15, 29, 47],
    [db, "!Ref Db", 17, 24, 31],
    [`${db}:user::`, '!Join [":", [!Ref Db, user, "", ""]]', 19, 24, 60],
  ]);
  expect(unit?.spellings.get(db)).toBe("${Db}");
});

test("the same in JSON", async () => {
  const text = `{
  "Resources": {
    "Db": {"Type": "AWS::SecretsManager::Secret", "Properties": {"Name": "app/db"}},
    "Job": {"Type": "AWS::Batch::JobDefinition", "Properties": {"Type": "container", "ContainerProperties": {
      "Secrets": [{"Name": "A", "ValueFrom": {"Fn::Sub": "\${Db}:password::"}},
                  {"Name": "B", "ValueFrom": {"Fn::Join": ["", [{"Ref": "Db"}, ":user::"]]}}]
    }}}
  }
}`;
  const [unit] = await unitsOf({ u: text });
  const [a, b] = unit?.resources.job_definitions[0]?.containers[0]?.secrets ?? [];
  expect(a?.value_from && [locate(a.value_from.at).start, sourceAt(a.value_from.at)]).toEqual([
    { line: 5, column: 58 },
    '"${Db}:password::"',
  ]);
  expect(b?.value_from && [locate(b.value_from.at).start, sourceAt(b.value_from.at)]).toEqual([
    { line: 6, column: 46 },
    '{"Fn::Join": ["", [{"Ref": "Db"}, ":user::"]]}',
  ]);
});

test("what a condition leaves open in a job definition is unseen, and inside its own condition it is known", async () => {
  const sections = "Parameters: {Stage: {Type: String}}\nConditions: {Open: !Equals [!Ref Stage, prod]}";
  const job = (condition: string) => `
Job:
  Type: AWS::Batch::JobDefinition${condition}
  Properties:
    Type: container
    ContainerProperties:
      Image: x
      Secrets: !If [Open, [{Name: A, ValueFrom: a}], [{Name: B, ValueFrom: b}, {Name: C, ValueFrom: c}]]
`;
  const open = await resourcesOf(job(""), sections);
  expect(shown(open.job_definitions[0]?.containers[0]?.unseen)).toEqual([
    {
      part: "secrets",
      cause: "the parameter Stage has no value in these files",
      at: "!If [Open, [{Name: A, ValueFrom: a}], [{Name: B, ValueFrom: b}, {Name: C, ValueFrom: c}]]",
    },
  ]);
  const inside = await resourcesOf(job("\n  Condition: Open"), sections);
  expect(shown(inside.job_definitions[0]?.containers[0]?.secrets.map(({ name }) => name))).toEqual(["A"]);
});

test("a container is read when a condition leaves only a part of it open", async () => {
  const { job_definitions } = await resourcesOf(
    `
Job:
  Type: AWS::Batch::JobDefinition
  Properties:
    Type: container
    ContainerProperties: !If
      - Open
      - {Image: x, ExecutionRoleArn: "arn:aws:iam::1:role/r", Secrets: [{Name: A, ValueFrom: "arn:a"}]}
      - {Image: x}
`,
    "Parameters: {Stage: {Type: String}}\nConditions: {Open: !Equals [!Ref Stage, prod]}",
  );
  const [container] = job_definitions[0]?.containers ?? [];
  expect(shown(container?.image)).toBe("x");
  expect(container?.secrets.map(({ name, maybe }) => [name?.value, maybe?.name])).toEqual([["A", "Stage"]]);
  expect(container?.execution_role?.arn.value).toMatch(/^⟨\*If.*\.ExecutionRoleArn@u⟩$/);
  expect(container?.unseen.map(({ part }) => part)).toEqual(["secrets"]);
});

test.each([
  ["a list or nothing", '!If [Open, [{Name: A, ValueFrom: "arn:a"}], !Ref AWS::NoValue]', ["A if Stage"], ["secrets"]],
  [
    "an item or nothing",
    '[{Name: A, ValueFrom: "arn:a"}, !If [Open, {Name: B, ValueFrom: "arn:b"}, !Ref AWS::NoValue]]',
    ["A", "B if Stage"],
    [],
  ],
  [
    "two lists",
    '!If [Open, [{Name: A, ValueFrom: "arn:a"}, {Name: B, ValueFrom: "arn:b"}], [{Name: C, ValueFrom: "arn:c"}]]',
    ["A if Stage", "B if Stage", "C if Stage"],
    ["secrets"],
  ],
])("references under a condition that can't be decided may be there: %s", async (_, secrets, names, more) => {
  const { job_definitions } = await resourcesOf(
    `
Job:
  Type: AWS::Batch::JobDefinition
  Properties: {ContainerProperties: {Image: x, Secrets: ${secrets}}}
`,
    "Parameters: {Stage: {Type: String}}\nConditions: {Open: !Equals [!Ref Stage, prod]}",
  );
  const [container] = job_definitions[0]?.containers ?? [];
  expect(container?.secrets.map(({ name, maybe }) => `${name?.value}${maybe ? ` if ${maybe.name}` : ""}`)).toEqual(
    names,
  );
  expect(container?.unseen.map(({ part }) => part)).toEqual(more);
});

test("a compute environment with its images, subnets, role and launch templates", async () => {
  const { compute_environments } = await resourcesOf(
    `
Environment:
  Type: AWS::Batch::ComputeEnvironment
  Properties:
    Type: MANAGED
    ComputeResources:
      Type: EC2
      ImageId: !Ref Image
      Subnets: [subnet-1, !Ref Subnet]
      SecurityGroupIds: [sg-1]
      InstanceRole: !GetAtt Profile.Arn
      Ec2Configuration: [{ImageType: ECS_AL2, ImageIdOverride: ami-1}]
      LaunchTemplate: {LaunchTemplateId: !Ref Template, Overrides: [{LaunchTemplateName: other}]}
Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1}}
Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
Role: {Type: AWS::IAM::Role, Properties: {RoleName: instance}}
Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {}}}
Unmanaged: {Type: AWS::Batch::ComputeEnvironment, Properties: {Type: UNMANAGED}}
`,
    'Parameters: {Image: {Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default: /aws/service/ecs/x}}',
  );
  expect(shown(compute_environments)).toEqual([
    {
      id: "u#Environment",
      address: "Environment",
      unit: "u",
      at: "Environment",
      unseen: [],
      names: ["arn:⟨AWS.Partition⟩:batch:⟨AWS.Region⟩:⟨AWS.AccountId⟩:compute-environment/⟨Environment.name@u⟩"],
      type: "EC2",
      managed: true,
      on_eks: false,
      subnets: ["subnet-1", "⟨Subnet@u⟩"],
      security_groups: ["sg-1"],
      image: "⟨Image@u⟩",
      configurations: [{ type: "ECS_AL2", image: "ami-1", at: "{ImageType: ECS_AL2, ImageIdOverride: ami-1}" }],
      instance_role: "instance",
      launch_template: "⟨Template@u⟩",
      overrides: ["other"],
    },
    {
      id: "u#Unmanaged",
      address: "Unmanaged",
      unit: "u",
      at: "Unmanaged",
      unseen: [],
      names: ["arn:⟨AWS.Partition⟩:batch:⟨AWS.Region⟩:⟨AWS.AccountId⟩:compute-environment/⟨Unmanaged.name@u⟩"],
      type: null,
      managed: false,
      on_eks: false,
      subnets: [],
      security_groups: [],
      image: null,
      configurations: [],
      instance_role: null,
      launch_template: null,
      overrides: [],
    },
  ]);
});

test("a launch template gives the interfaces of its instances", async () => {
  const { launch_templates } = await resourcesOf(`
Template:
  Type: AWS::EC2::LaunchTemplate
  Properties:
    LaunchTemplateData:
      SecurityGroupIds: [sg-1]
      NetworkInterfaces: [{AssociatePublicIpAddress: true, Groups: [sg-2]}]
`);
  expect(shown(launch_templates.map((one) => [one.security_groups, one.public_ip]))).toEqual([
    [["sg-1", "sg-2"], true],
  ]);
});

test("user data is decoded, however it was encoded", async () => {
  const data = async (userData: string) => {
    const { launch_templates } = await resourcesOf(
      `T:\n  Type: AWS::EC2::LaunchTemplate\n  Properties:\n    LaunchTemplateName: t\n    LaunchTemplateData:\n      ImageId: ami-1\n      UserData: ${userData}`,
      "Parameters: {Data: {Type: String}}",
    );
    return shown(
      launch_templates.map(({ names, image, user_data, unseen }) => [names, image, user_data, unseen.length])[0],
    );
  };
  const [names, images] = [["⟨T@u⟩", "t"], "ami-1"];
  expect(await data('!Base64 "ECS_X=1"')).toEqual([names, images, "ECS_X=1", 0]);
  expect(await data("RUNTX1g9MQ==")).toEqual([names, images, "ECS_X=1", 0]);
  expect(await data('{Fn::Base64: !Sub "R=${AWS::Region}"}')).toEqual([names, images, "R=⟨AWS.Region⟩", 0]);
  expect(await data("!Ref Data")).toEqual([names, images, "⟨*Data@u⟩", 1]);
});

test("what belongs in the properties of a job definition and is beside them", async () => {
  const resources = await resourcesOf(`
Job:
  Type: AWS::Batch::JobDefinition
  DependsOn: Other
  ContainerProperties: {Image: busybox}
Lower:
  Type: AWS::Batch::JobDefinition
  properties: {Type: container}
`);
  expect(
    resources.job_definitions.map(({ shape, unseen }) => [shape[0]?.key, shape[0]?.expected, unseen.length]),
  ).toEqual([
    ["Job.ContainerProperties", "Job.Properties.ContainerProperties", 1],
    ["Lower.properties", "Lower.Properties", 1],
  ]);
});
