import { expect, test } from "vitest";
import { parseDocuments } from "../../syntax/document.ts";
import { expandTag } from "./short-tags.ts";
import { isTemplate } from "./template.ts";
import { shown, sourceAt, unitsOf } from "./testing.ts";

async function recognised(text: string): Promise<boolean[]> {
  const { documents } = await parseDocuments({ path: "x.yaml", text }, expandTag);
  return documents.map(isTemplate);
}

test("a template is known by its content", async () => {
  expect(await recognised("Resources: {A: {Type: AWS::S3::Bucket}}")).toEqual([true]);
  expect(await recognised("AWSTemplateFormatVersion: '2010-09-09'\nResources: {}")).toEqual([true]);
  expect(await recognised("Resources: {A: {Type: Custom::X}}")).toEqual([true]);
  expect(await recognised("Resources: {A: {Type: Org::Batch::Job::MODULE}}")).toEqual([true]);
  expect(await recognised("Resources: {'Fn::ForEach::X': [A, [b], {}]}")).toEqual([true]);
  expect(await recognised("service: x\nresources: {Resources: {A: {Type: AWS::S3::Bucket}}}")).toEqual([true]);
  expect(await recognised("service: x\nresources: [{Resources: {A: {Type: AWS::S3::Bucket}}}, {Outputs: {}}]")).toEqual(
    [true],
  );
  expect(await recognised("TemplateBody: {Resources: {A: {Type: AWS::S3::Bucket}}}\nStagesAvailable: []")).toEqual([
    true,
  ]);
  expect(await recognised("Resources: {A: {Type: other}}")).toEqual([false]);
  expect(await recognised("Resources: [AWS::S3::Bucket]")).toEqual([false]);
  expect(await recognised("resources: {Resources: {A: {Type: AWS::S3::Bucket}}}")).toEqual([false]);
  expect(await recognised("jobDefinitionName: x\ntype: container")).toEqual([false]);
});

test("each template is a unit of its path, without problems", async () => {
  const units = await unitsOf({
    "a.yaml": "Resources: {A: {Type: AWS::IAM::Role}}",
    "b/c.json": '{"Resources": {"A": {"Type": "AWS::IAM::Role"}}}',
    "two.yaml": "Resources: {A: {Type: AWS::IAM::Role}}\n---\nResources: {A: {Type: AWS::IAM::Role}}\n",
  });
  expect(units.map(({ id, format, problems, resources }) => [id, format, problems, resources.roles[0]?.id])).toEqual([
    ["a.yaml", "cloudformation", [], "a.yaml#A"],
    ["b/c.json", "cloudformation", [], "b/c.json#A"],
    ["two.yaml", "cloudformation", [], "two.yaml#A"],
    ["two.yaml (2)", "cloudformation", [], "two.yaml (2)#A"],
  ]);
});

test("resources whose condition does not hold are not there", async () => {
  const [unit] = await unitsOf({
    "a.yaml": `Conditions: {No: !Equals [a, b]}
Resources:
  A: {Type: AWS::IAM::Role, Condition: No}
  B: {Type: AWS::IAM::Role}
`,
  });
  expect(unit?.resources.roles.map(({ address }) => address)).toEqual(["B"]);
});

test("what only a parameter's default leaves out is read, unless it is in for something that is there", async () => {
  const [unit] = await unitsOf({
    "a.yaml": `Parameters: {Env: {Type: String, Default: dev}, Private: {Type: String, Default: shared}}
Conditions: {Dev: !Equals [!Ref Env, dev], Prod: !Equals [!Ref Env, prod], Private: !Equals [!Ref Private, "yes"]}
Resources:
  DevRole: {Type: AWS::IAM::Role, Condition: Dev, Properties: {RoleName: jobs}}
  ProdRole: {Type: AWS::IAM::Role, Condition: Prod, Properties: {RoleName: jobs}}
  Other: {Type: AWS::IAM::Role, Condition: Prod}
  Job:
    Type: AWS::Batch::JobDefinition
    Condition: Prod
    Properties:
      ContainerProperties:
        Image: !If [Prod, "arn:p", "arn:d"]
        ExecutionRoleArn: !GetAtt Other.Arn
        Secrets: [{Name: A, ValueFrom: !Sub "arn:aws:ssm:eu-west-1:1:parameter/\${Env}/x"}]
  Vpc: {Type: AWS::EC2::VPC, Condition: Private}
`,
  });
  const { roles = [], networks = [], job_definitions = [] } = unit?.resources ?? {};
  expect(roles.map(({ address }) => address)).toEqual(["DevRole", "Other"]);
  expect(networks).toEqual([]);
  const [container] = job_definitions[0]?.containers ?? [];
  expect(shown([container?.image, container?.execution_role?.arn, container?.secrets[0]?.value_from])).toEqual([
    "arn:p",
    "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨Other.name@a.yaml⟩",
    "arn:aws:ssm:eu-west-1:1:parameter/⟨Env@a.yaml⟩/x",
  ]);
});

test.each([
  ["''", "!Not [!Equals [!Ref Report, '']]"],
  ["no", "!Equals [!Ref Report, 'yes']"],
  ["'false'", "!Equals [!Ref Report, 'true']"],
])("a job behind a parameter that is %s by default is read", async (fallback, condition) => {
  const [unit] = await unitsOf({
    "a.yaml": `Parameters: {Report: {Type: String, Default: ${fallback}}}
Conditions: {Report: ${condition}}
Resources: {Job: {Type: AWS::Batch::JobDefinition, Condition: Report, Properties: {ContainerProperties: {Image: i}}}}
`,
  });
  expect(unit?.resources.job_definitions.map(({ address }) => address)).toEqual(["Job"]);
});

test("what CloudFormation refuses is a problem with its line", async () => {
  const [unit] = await unitsOf({
    "a.yaml": `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  A:
    Type: AWS::Batch::JobDefinition
    Properties:
      ContainerProperties: {ExecutionRoleArn: !GetAtt Missing.Arn}
`,
  });
  expect(unit?.problems).toEqual([
    {
      path: "a.yaml",
      line: 6,
      message:
        "Missing is neither a parameter nor a resource of this template, so CloudFormation refuses the template.",
    },
  ]);
});

const EXPORTER = `Parameters: {Stage: {Type: String, Default: prod}}
Resources:
  Role: {Type: AWS::IAM::Role}
  Db: {Type: AWS::SecretsManager::Secret, Properties: {Name: app/db}}
Outputs:
  RoleArn: {Value: !GetAtt Role.Arn, Export: {Name: !Sub "\${Stage}-role"}}
  Db: {Value: !Ref Db, Export: {Name: shared-db}}
  Own: {Value: !Ref Db, Export: {Name: !Sub "\${AWS::StackName}-db"}}
  Region: {Value: eu, Export: {Name: !Sub "\${AWS::Region}-x"}}
`;

async function imported(name: string, files: Readonly<Record<string, string>> = { "iam.yaml": EXPORTER }) {
  const units = await unitsOf({
    ...files,
    "job.yaml": `Parameters: {Stage: {Type: String, Default: prod}, Free: {Type: String}}
Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties: {ContainerProperties: {ExecutionRoleArn: ${name}}}
`,
  });
  const unit = units.find(({ id }) => id === "job.yaml");
  return unit?.resources.job_definitions[0]?.containers[0]?.execution_role?.arn;
}

test("an import gets what exactly one template exports, where the import is written", async () => {
  const role = await imported('!ImportValue {"Fn::Sub": "${Stage}-role"}');
  expect(role?.value).toBe("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨Role.name@iam.yaml⟩");
  expect(role && sourceAt(role.at)).toBe('!ImportValue {"Fn::Sub": "${Stage}-role"}');
  expect((await imported("!ImportValue shared-db"))?.value).toBe(
    "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:app/db-⟨#Db@iam.yaml⟩",
  );
  expect((await imported('!ImportValue {"Fn::Sub": "${AWS::Region}-x"}'))?.value).toBe("eu");
});

test("a template knows which one gives it what it imports", async () => {
  const units = await unitsOf({
    "iam.yaml": EXPORTER.replace("{Type: AWS::IAM::Role}", "{Type: AWS::IAM::Role, Properties: {RoleName: run}}"),
    "job.yaml": `Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties: {ContainerProperties: {ExecutionRoleArn: !ImportValue prod-role}}
`,
  });
  const given = units.find(({ id }) => id === "job.yaml")?.givenBy;
  expect(given?.("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/run")).toBe("iam.yaml");
  expect(given?.("arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/other")).toBeUndefined();
  expect(units.find(({ id }) => id === "iam.yaml")?.givenBy).toBeUndefined();
});

test("an import that no template, or more than one, exports is unknown", async () => {
  expect((await imported("!ImportValue nothing"))?.value).toBe("⟨*ImportValue(nothing)⟩");
  expect((await imported('!ImportValue {"Fn::Sub": "${AWS::StackName}-db"}'))?.value).toBe(
    "⟨*ImportValue(_AWS.StackName@job.yaml_-db)⟩",
  );
  expect((await imported("!ImportValue {Ref: Free}"))?.value).toBe("⟨*ImportValue(Ref(Free))@job.yaml⟩");
  expect((await imported("!ImportValue shared-db", { "a.yaml": EXPORTER, "b.yaml": EXPORTER }))?.value).toBe(
    "⟨*ImportValue(shared-db)⟩",
  );
  const same = 'Resources: {B: {Type: AWS::S3::Bucket}}\nOutputs: {X: {Value: "arn:x", Export: {Name: n}}}\n';
  expect((await imported("!ImportValue n", { "a.yaml": same, "b.yaml": same }))?.value).toBe("arn:x");
});

test("exports that import each other end", async () => {
  const circle = (own: string, other: string) =>
    `Resources: {B: {Type: AWS::S3::Bucket}}\nOutputs: {X: {Value: !ImportValue ${other}, Export: {Name: ${own}}}}\n`;
  expect((await imported("!ImportValue a", { "a.yaml": circle("a", "b"), "b.yaml": circle("b", "a") }))?.value).toBe(
    "⟨*ImportValue(a)⟩",
  );
});

const PARENT = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Roles: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./nested/roles.yaml}}
  Jobs:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: nested/jobs.yaml
      Parameters: {RoleArn: !GetAtt Roles.Outputs.Arn, Names: "a,b"}
`;
const ROLES = `AWSTemplateFormatVersion: "2010-09-09"
Resources: {Role: {Type: AWS::IAM::Role}}
Outputs: {Arn: {Value: !GetAtt Role.Arn}}
`;
const JOBS = `AWSTemplateFormatVersion: "2010-09-09"
Parameters: {RoleArn: {Type: String}, Names: {Type: CommaDelimitedList}, Stage: {Type: String, Default: dev}}
Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      JobDefinitionName: !Join ["-", [!Ref Stage, !Select [1, !Ref Names]]]
      ContainerProperties: {ExecutionRoleArn: !Ref RoleArn, Image: !Sub "\${AWS::StackName}"}
`;

test("nested stacks are read with what their parent gives them, in the parent's unit", async () => {
  const units = await unitsOf({
    "app/nested/jobs.yaml": JOBS,
    "app/nested/roles.yaml": ROLES,
    "app/main.yaml": PARENT,
  });
  expect(units.map(({ id }) => id)).toEqual(["app/main.yaml"]);
  const { roles = [], job_definitions = [] } = units[0]?.resources ?? {};
  const [job] = job_definitions;
  const container = job?.containers[0];
  const arn = "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨Roles/Role.name@app/main.yaml⟩";
  expect(roles.map(({ id, address, arn }) => [id, address, arn.value])).toEqual([
    ["app/main.yaml#Roles/Role", "Roles/Role", arn],
  ]);
  expect(shown([job?.id, job?.name, container?.execution_role?.arn, container?.image])).toEqual([
    "app/main.yaml#Jobs/Job",
    "dev-b",
    arn,
    "⟨Jobs/AWS.StackName@app/main.yaml⟩",
  ]);
  expect(job?.at.file.path).toBe("app/nested/jobs.yaml");
  expect(container?.execution_role && sourceAt(container.execution_role.arn.at)).toBe("!Ref RoleArn");
});

test("a string that a nested stack takes as a list is split where its commas are known", async () => {
  const units = await unitsOf({
    "main.yaml": `AWSTemplateFormatVersion: "2010-09-09"
Parameters: {Groups: {Type: "List<AWS::EC2::SecurityGroup::Id>"}, Env: {Type: String}}
Resources:
  Open:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: jobs.yaml, Parameters: {RoleArn: a, Names: !Join [",", !Ref Groups]}}
  Known:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: jobs.yaml, Parameters: {RoleArn: a, Names: !Sub "a,\${Env}"}}
`,
    "jobs.yaml": JOBS,
  });
  expect(units.map(({ problems }) => problems)).toEqual([[]]);
  expect(shown(units[0]?.resources.job_definitions.map(({ name }) => name))).toEqual([
    expect.stringMatching(/^dev-⟨Open\/Select/),
    "dev-⟨Env@main.yaml⟩",
  ]);
});

test("what a nested stack exports can be imported, once though its template is there too", async () => {
  const units = await unitsOf({
    "main.yaml": "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: roles.yaml}}}\n",
    "roles.yaml": `Resources: {Role: {Type: AWS::IAM::Role}}
Outputs:
  Fn::ForEach::Both: [Name, [a, b], {"Out\${Name}": {Value: !GetAtt Role.Arn, Export: {Name: !Sub "role-\${Name}"}}}]
`,
    "job.yaml": `Resources:
  Job: {Type: AWS::Batch::JobDefinition, Properties: {ContainerProperties: {ExecutionRoleArn: !ImportValue role-b}}}
`,
  });
  expect(units.map(({ id }) => id)).toEqual(["main.yaml", "job.yaml"]);
  expect(units[1]?.resources.job_definitions[0]?.containers[0]?.execution_role?.arn.value).toBe(
    "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨N/Role.name@main.yaml⟩",
  );
});

test("sections that a macro adds to may hold what is missing", async () => {
  const [unit] = await unitsOf({
    "a.yaml": `AWSTemplateFormatVersion: "2010-09-09"
Mappings: {"Fn::Transform": {Name: AWS::Include, Parameters: {Location: "s3://b/m"}}}
Conditions: {"Fn::Transform": {Name: AWS::Include, Parameters: {Location: "s3://b/c"}}}
Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Condition: Given
    Properties: {ContainerProperties: {Image: !FindInMap [Images, a, b], JobRoleArn: !If [Given, r, s]}}
`,
  });
  expect(unit?.problems).toEqual([]);
  const [container] = unit?.resources.job_definitions[0]?.containers ?? [];
  expect(shown([container?.image, container?.job_role?.arn])).toEqual(["⟨*FindInMap(Images,a,b)@a.yaml⟩", "r"]);
});

test("conditions in a loop are conditions", async () => {
  const [unit] = await unitsOf({
    "a.yaml": `AWSTemplateFormatVersion: "2010-09-09"
Conditions:
  Fn::ForEach::Stages: [Stage, [dev, prod], {"Is\${Stage}": !Equals [!Ref Stage, prod]}]
Resources:
  Dev: {Type: AWS::IAM::Role, Condition: Isdev}
  Prod: {Type: AWS::IAM::Role, Condition: Isprod}
`,
  });
  expect([unit?.problems, unit?.resources.roles.map(({ address }) => address)]).toEqual([[], ["Prod"]]);
});

test("a template nested twice is two stacks", async () => {
  const twice = `Resources:
  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: roles.yaml}}
  B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: roles.yaml}}
`;
  const [unit] = await unitsOf({ "main.yaml": twice, "roles.yaml": ROLES });
  expect(unit?.resources.roles.map(({ id, name }) => [id, name?.value])).toEqual([
    ["main.yaml#A/Role", "⟨A/Role.name@main.yaml⟩"],
    ["main.yaml#B/Role", "⟨B/Role.name@main.yaml⟩"],
  ]);
});

test("the CDK tells the template of a nested stack in its metadata", async () => {
  const parent = `{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack",
    "Properties": {"TemplateURL": {"Fn::Sub": "https://s3.\${AWS::Region}.amazonaws.com/x"}},
    "Metadata": {"aws:asset:path": "N.nested.template.json", "aws:asset:property": "TemplateURL"}}}}`;
  const child = '{"Resources": {"Role": {"Type": "AWS::IAM::Role"}}}';
  const units = await unitsOf({ "cdk.out/P.template.json": parent, "cdk.out/N.nested.template.json": child });
  expect(units.map(({ id, resources }) => [id, resources.roles.map((role) => role.id)])).toEqual([
    ["cdk.out/P.template.json", ["cdk.out/P.template.json#N/Role"]],
  ]);
});

test("a nested stack whose template is elsewhere is unknown, and one outside the folder is never looked for", async () => {
  const parent = (url: string) => `Resources:
  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "${url}"}}
  Job: {Type: AWS::Batch::JobDefinition, Properties: {ContainerProperties: {ExecutionRoleArn: !GetAtt N.Outputs.Arn}}}
`;
  for (const url of ["https://s3.amazonaws.com/b/roles.yaml", "../../roles.yaml", "missing.yaml", "roles.yaml#x"]) {
    const units = await unitsOf({ "main.yaml": parent(url), "roles.yaml": ROLES });
    expect(units.map(({ id }) => id)).toEqual(["main.yaml", "roles.yaml"]);
    expect(units[0]?.resources.job_definitions[0]?.containers[0]?.execution_role?.arn.value).toBe(
      "⟨*N.Outputs.Arn@main.yaml⟩",
    );
  }
});

test.each([
  ['!Sub "https://${Bucket}.s3.amazonaws.com/${Prefix}stacks/roles.yaml"', true],
  ['!Join ["/", ["https://s3.amazonaws.com", !Ref Bucket, roles.yaml]]', true],
  ["https://s3.amazonaws.com/example/v1/stacks/roles.yaml", true],
  // Somebody else's template may have the name.
  ["https://s3.amazonaws.com/example/roles.yaml", false],
  ['!Sub "https://${Bucket}.s3.amazonaws.com/other/roles.yaml"', true],
  ['!Sub "https://${Bucket}.s3.amazonaws.com/${Name}"', false],
])("the template of a nested stack is the only one that is uploaded to such an address: %s", async (url, isFound) => {
  const parent = `Parameters: {Bucket: {Type: String}, Prefix: {Type: String}, Name: {Type: String}}
Resources:
  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${url}}}
`;
  const files = { "main.yaml": parent, "stacks/roles.yaml": ROLES };
  const unitIds = async (all: Record<string, string>) => (await unitsOf(all)).map(({ id }) => id);
  expect(await unitIds(files)).toEqual(["main.yaml", ...(isFound ? [] : ["stacks/roles.yaml"])]);
  const both = { ...files, "copy/stacks/roles.yaml": ROLES };
  expect(await unitIds(both)).toContain("copy/stacks/roles.yaml");
});

test("templates that nest each other end, and are still read", async () => {
  const nests = (other: string) => `Resources:
  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${other}}}
  Role: {Type: AWS::IAM::Role}
`;
  const units = await unitsOf({ "a.yaml": nests("b.yaml"), "b.yaml": nests("a.yaml"), "c.yaml": nests("c.yaml") });
  expect(units.map(({ id }) => id)).toEqual(["a.yaml", "c.yaml"]);
  expect(units[0]?.problems.map(({ message }) => message)).toEqual([
    "Stacks nest too deep here, so the inner ones were not checked.",
  ]);
  expect(units[0]?.resources.roles.length).toBeGreaterThan(1);
});

test("a nested stack under an open condition may not be there", async () => {
  const [unit] = await unitsOf({
    "main.yaml": `Parameters: {Stage: {Type: String}}
Conditions: {Open: !Equals [!Ref Stage, prod]}
Resources:
  N: {Type: AWS::CloudFormation::Stack, Condition: Open, Properties: {TemplateURL: policy.yaml}}
`,
    "policy.yaml": `Resources:
  P: {Type: AWS::IAM::Policy, Properties: {PolicyName: p, Roles: [r], PolicyDocument: {Statement: [{Effect: Allow, Action: a, Resource: "*"}]}}}
`,
  });
  expect(unit?.resources.policies[0]?.statements[0]?.maybe).toEqual({
    kind: "parameter",
    name: "Stage",
    unit: "main.yaml",
  });
});

test("a Serverless Framework file is read like a template, its variables are holes", async () => {
  const [unit] = await unitsOf({
    "serverless.yml": `service: x
custom: {role: arn}
resources:
  - Resources:
      Job:
        Type: AWS::Batch::JobDefinition
        Properties: {ContainerProperties: {ExecutionRoleArn: "\${self:custom.role}", JobRoleArn: !GetAtt Elsewhere.Arn}}
  - Resources: {Role: {Type: AWS::IAM::Role}}
`,
  });
  const container = unit?.resources.job_definitions[0]?.containers[0];
  expect(shown([container?.execution_role?.arn, container?.job_role?.arn, unit?.resources.roles.length])).toEqual([
    "⟨*self_custom.role@serverless.yml⟩",
    "⟨*Elsewhere.Arn@serverless.yml⟩",
    1,
  ]);
  expect(unit?.problems).toEqual([]);
});

test("a nested stack that makes jobs, by its template or what it gets, is noted when it is not in the files", async () => {
  const notesOf = async (url: string, parameters = "{}") => {
    const text = `Resources:\n  Nightly: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "${url}", Parameters: ${parameters}}}`;
    return (await unitsOf({ "app.yaml": text })).flatMap(({ notes = [] }) =>
      notes.map((one) => [one.line, one.message]),
    );
  };
  const surely = [2, "The nested stack Nightly is not in these files, so its jobs were not checked."];
  expect(await notesOf("https://s3.amazonaws.com/templates/batch-job.yaml")).toEqual([surely]);
  const given = "{ContainerImage: app, SecretArn: x, ExecutionRoleArn: y}";
  expect(await notesOf("https://s3.amazonaws.com/templates/worker.yaml", given)).toEqual([
    [2, expect.stringContaining("as its arguments suggest")],
  ]);
  expect(await notesOf("https://s3.amazonaws.com/templates/network.yaml", "{Cidr: 10.0.0.0/16}")).toEqual([]);
  const outside =
    "The nested stack Nightly is ../shared/run.yaml, outside the checked folder, so any jobs in it were not checked.";
  expect(await notesOf("../shared/run.yaml")).toEqual([[2, outside]]);
  expect(await notesOf("shared/run.yaml")).toEqual([]);
});

test("a custom resource that registers jobs, and a module that makes them, are noted", async () => {
  const notesOf = async (resource: string) =>
    (await unitsOf({ "app.yaml": `AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  R: ${resource}` })).flatMap(
      ({ notes = [] }) => notes.map(({ message }) => message),
    );
  const call = '{"service":"Batch","action":"registerJobDefinition","parameters":{}}';
  const said = ["The custom resource R is not in these files, so its jobs were not checked."];
  expect(await notesOf(`{Type: "Custom::AWS", Properties: {ServiceToken: x, Create: '${call}'}}`)).toEqual(said);
  expect(await notesOf('{Type: "Custom::Job", Properties: {containerProperties: {image: x}}}')).toEqual(said);
  expect(await notesOf('{Type: "Custom::Job", Properties: {jobDefinition: nightly}}')).toEqual([]);
  expect(await notesOf('{Type: "Org::Batch::Job::MODULE", Properties: {}}')).toHaveLength(1);
});

test("resources that are included from elsewhere are noted when they are jobs by their name", async () => {
  const notesOf = async (location: string) => {
    const text = `Resources:\n  Fn::Transform: {Name: AWS::Include, Parameters: {Location: "${location}"}}`;
    return (await unitsOf({ "app.yaml": text })).flatMap(({ notes = [] }) => notes.map(({ message }) => message));
  };
  expect(await notesOf("s3://templates/batch-jobs.yaml")).toEqual([
    "The macro AWS::Include is not in these files, so its jobs were not checked.",
  ]);
  expect(await notesOf("s3://templates/alarms.yaml")).toEqual([]);
});
