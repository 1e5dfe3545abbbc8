import { expect, test } from "vitest";
import { reasons } from "../../testing.ts";
import { resourcesOf, shown } from "../testing.ts";

const OPEN = `
Parameters:
  Stage: {Type: String}
  Extra: {Type: String, Default: few}
Conditions:
  Open: !Equals [!Ref Stage, prod]
  Off: !Equals [!Ref Extra, many]
  Never: !Equals [a, b]
`;
const WHY_OPEN = "the parameter Stage has no value in these files";
const WHY_OFF = "Extra has only a default, which a deployment may replace";
const ROLE = "⟨Role.name@u⟩";

test("a role with its trust, its inline policies and its managed policies", async () => {
  const { roles, policies, attachments } = await resourcesOf(`
Role:
  Type: AWS::IAM::Role
  Properties:
    RoleName: !Sub "\${AWS::StackName}-run"
    Path: /batch/
    PermissionsBoundary: arn:aws:iam::1:policy/b
    AssumeRolePolicyDocument:
      Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]
    ManagedPolicyArns:
      - !Sub "arn:\${AWS::Partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
      - !Ref Own
    Policies:
      - PolicyName: read
        PolicyDocument:
          Statement: {Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Ref Db}
Own:
  Type: AWS::IAM::ManagedPolicy
  Properties:
    PolicyDocument: {Statement: [{Effect: Allow, Action: "kms:Decrypt", Resource: "*"}]}
Db: {Type: AWS::SecretsManager::Secret}
`);
  const arn = "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/batch/⟨AWS.StackName@u⟩-run";
  expect(shown(roles)).toEqual([
    {
      id: "u#Role",
      address: "Role",
      unit: "u",
      at: "Role",
      unseen: [],
      name: "⟨AWS.StackName@u⟩-run",
      arn,
      managed_policies: [
        "arn:⟨AWS.Partition⟩:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:policy/⟨Own.name@u⟩",
      ],
      permissions_boundary: "arn:aws:iam::1:policy/b",
      policies_told: true,
      tags: { given: [], complete: false },
    },
  ]);
  expect(attachments).toEqual([]);
  expect(
    policies.map(({ id, kind, name, arn: own, attached_to, on }) => shown({ id, kind, name, own, attached_to, on })),
  ).toEqual([
    { id: "u#Role.AssumeRolePolicyDocument", kind: "trust", name: null, own: null, attached_to: [], on: arn },
    {
      id: "u#Role.Policies[read]",
      kind: "identity",
      name: "read",
      own: null,
      attached_to: ["⟨AWS.StackName@u⟩-run"],
      on: null,
    },
    {
      id: "u#Own",
      kind: "identity",
      name: null,
      own: "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:policy/⟨Own.name@u⟩",
      attached_to: [],
      on: null,
    },
  ]);
  expect(shown(policies[1]?.statements)).toEqual([
    {
      sid: null,
      effect: "Allow",
      actions: ["secretsmanager:GetSecretValue"],
      not_actions: null,
      resources: ["arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:⟨Db.name@u⟩-⟨#Db@u⟩"],
      not_resources: null,
      principals: null,
      not_principals: null,
      conditions: [],
      maybe: null,
      policy: "u#Role.Policies[read]",
      at: '{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !Ref Db}',
    },
  ]);
});

test("statements under an open condition may be there, those under a decided one are or are not", async () => {
  const { policies } = await resourcesOf(
    `
Policy:
  Type: AWS::IAM::Policy
  Properties:
    Roles: [!Ref Role]
    PolicyName: p
    PolicyDocument:
      Statement:
        - {Sid: A, Effect: Allow, Action: "a:A", Resource: "*"}
        - !If [Open, {Sid: B, Effect: Allow, Action: "a:B", Resource: "*"}, {Sid: C, Effect: Allow, Action: "a:C", Resource: "*"}]
        - !If [Off, {Sid: D, Effect: Allow, Action: "a:D", Resource: "*"}, !Ref "AWS::NoValue"]
        - !If [Never, {Sid: E, Effect: Allow, Action: "a:E", Resource: "*"}, !Ref "AWS::NoValue"]
        - Sid: F
          Effect: Allow
          Action: !If [Open, "a:F", "a:G"]
          Resource: "*"
Role: {Type: AWS::IAM::Role}
`,
    OPEN,
  );
  expect(policies[0]?.statements.map(({ sid, maybe }) => [sid, shown(maybe)])).toEqual([
    ["A", null],
    ["B", WHY_OPEN],
    ["C", WHY_OPEN],
    ["D", WHY_OFF],
    ["F", null],
  ]);
  expect(shown(policies[0]?.statements[4]?.actions)).toEqual(["a:⟨If(Open,a_F,a_G).1@u⟩"]);
  expect(shown(policies[0]?.attached_to)).toEqual([ROLE]);
  expect(policies[0]?.unseen).toEqual([]);
});

test("a whole statement list, document or policy under a condition keeps that condition", async () => {
  const statement = (action: string) => `{Effect: Allow, Action: "${action}", Resource: "*"}`;
  const { policies } = await resourcesOf(
    `
List:
  Type: AWS::IAM::Policy
  Properties: {Roles: [r], PolicyName: p, PolicyDocument: {Statement: !If [Open, [${statement("a:A")}], [${statement("a:B")}, ${statement("a:C")}]]}}
Document:
  Type: AWS::IAM::Policy
  Properties: {Roles: [r], PolicyName: p, PolicyDocument: !If [Open, {Statement: ${statement("a:D")}}, {Statement: [${statement("a:E")}]}]}
Conditional:
  Type: AWS::IAM::Policy
  Condition: Open
  Properties: {Roles: [r], PolicyName: p, PolicyDocument: {Statement: !If [Open, ${statement("a:F")}, ${statement("a:G")}]}}
Off:
  Type: AWS::IAM::Policy
  Condition: Off
  Properties: {Roles: [r], PolicyName: p, PolicyDocument: {Statement: ${statement("a:H")}}}
Never:
  Type: AWS::IAM::Policy
  Condition: Never
  Properties: {Roles: [r], PolicyName: p, PolicyDocument: {Statement: ${statement("a:I")}}}
`,
    OPEN,
  );
  expect(
    policies.flatMap(({ statements }) => statements.map(({ actions, maybe }) => [actions?.[0]?.value, shown(maybe)])),
  ).toEqual([
    ["a:A", WHY_OPEN],
    ["a:B", WHY_OPEN],
    ["a:C", WHY_OPEN],
    ["a:D", WHY_OPEN],
    ["a:E", WHY_OPEN],
    ["a:F", WHY_OPEN],
    ["a:H", "Extra has only a default, which a deployment may replace"],
  ]);
});

test("policies of a role under open conditions may be there", async () => {
  const { roles, policies, attachments } = await resourcesOf(
    `
Role:
  Type: AWS::IAM::Role
  Properties:
    ManagedPolicyArns:
      - !If [Open, arn:aws:iam::aws:policy/SecretsManagerReadWrite, !Ref "AWS::NoValue"]
      - !ImportValue shared-policy
    Policies:
      - !If
        - Open
        - PolicyName: a
          PolicyDocument: {Statement: [{Effect: Allow, Action: "a:A", Resource: "*"}]}
        - !Ref "AWS::NoValue"
      - !FindInMap [Nowhere, a, b]
`,
    OPEN,
  );
  expect(shown(roles[0]?.managed_policies)).toEqual([]);
  expect(shown(roles[0]?.unseen)).toEqual([
    {
      part: "policies",
      cause: "shared-policy is exported by a stack that is not in these files",
      at: "!ImportValue shared-policy",
    },
    {
      part: "policies",
      cause: "Fn::FindInMap can't be evaluated",
      at: "!FindInMap [Nowhere, a, b]",
    },
  ]);
  expect(shown(attachments)).toEqual([
    {
      id: "u#Role.ManagedPolicyArns[0]",
      address: "Role.ManagedPolicyArns[0]",
      unit: "u",
      at: "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
      unseen: [],
      role: "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/⟨Role.name@u⟩",
      policy: "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
      maybe: WHY_OPEN,
    },
  ]);
  expect(policies.map(({ id, statements }) => [id, statements.map(({ maybe }) => shown(maybe))])).toEqual([
    ["u#Role.Policies[a]", [WHY_OPEN]],
  ]);
});

test("policies say to what they are attached", async () => {
  const document = 'PolicyDocument: {Statement: [{Effect: Allow, Action: "a:A", Resource: "*"}]}';
  const { policies } = await resourcesOf(
    `
A: {Type: AWS::IAM::Policy, Properties: {PolicyName: a, Roles: [x, !Ref Role], Users: [u], ${document}}}
B: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: b, Roles: !Ref Names, ${document}}}
C: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: c, RoleName: !Ref Role, ${document}}}
D: {Type: AWS::IAM::UserPolicy, Properties: {PolicyName: d, UserName: u, ${document}}}
E: {Type: AWS::IAM::GroupPolicy, Properties: {PolicyName: e, GroupName: g, ${document}}}
Role: {Type: AWS::IAM::Role}
`,
    "Parameters: {Names: {Type: CommaDelimitedList}}",
  );
  expect(
    policies.map(({ address, name, arn, attached_to, attached_elsewhere }) =>
      shown([address, name, arn, attached_to, attached_elsewhere]),
    ),
  ).toEqual([
    ["A", "a", null, ["arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:role/x", ROLE], true],
    ["B", "b", "arn:⟨AWS.Partition⟩:iam::⟨AWS.AccountId⟩:policy/b", ["⟨*Names@u⟩"], false],
    ["C", "c", null, [ROLE], false],
    ["D", "d", null, [], true],
    ["E", "e", null, [], true],
  ]);
});

test("a policy document as a JSON string, also through Sub, is read with its places", async () => {
  const { policies } = await resourcesOf(`
A:
  Type: AWS::SecretsManager::ResourcePolicy
  Properties:
    SecretId: !Ref Db
    ResourcePolicy: !Sub |
      {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "\${Role.Arn}"}, "Action": "secretsmanager:GetSecretValue",
        "Resource": "\${Db}"}]}
Db: {Type: AWS::SecretsManager::Secret}
Role: {Type: AWS::IAM::Role}
`);
  const [policy] = policies;
  const db = "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:⟨Db.name@u⟩-⟨#Db@u⟩";
  expect(shown([policy?.kind, policy?.on, policy?.statements[0]?.resources])).toEqual(["secret", db, [db]]);
  const at = policy?.statements[0]?.resources?.[0]?.at;
  expect(at?.file.text.slice(at.start, at.end)).toBe('"${Db}"');
});

test("a document of the older language has no policy variables", async () => {
  const role = (name: string, version: string) => `
${name}:
  Type: AWS::IAM::ManagedPolicy
  Properties:
    PolicyDocument:
      ${version}
      Statement: {Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::\${aws:username}/*"}`;
  const { policies } = await resourcesOf(role("New", 'Version: "2012-10-17"') + role("Old", 'Version: "2008-10-17"'));
  const written = policies.flatMap(({ statements }) => statements.flatMap(({ resources }) => resources ?? []));
  expect(written.map(({ value }) => value)).toEqual([
    "arn:aws:s3:::${aws:username}/*",
    "arn:aws:s3:::${$}{aws:username}/*",
  ]);
});

test("an unreadable document is unseen, not empty", async () => {
  const { policies } = await resourcesOf(
    "A: {Type: AWS::IAM::Policy, Properties: {PolicyName: a, Roles: [x], PolicyDocument: !Ref Doc}}",
    "Parameters: {Doc: {Type: String}}",
  );
  expect(shown(policies[0]?.unseen)).toEqual([
    { part: "policy document", cause: "the parameter Doc has no value in these files", at: "!Ref Doc" },
  ]);
});

test("a role whose properties a macro adds to is only partly visible", async () => {
  const { roles } = await resourcesOf(`
Role:
  Type: AWS::IAM::Role
  Properties:
    RoleName: r
    Fn::Transform: {Name: AWS::Include, Parameters: {Location: "s3://b/k"}}
`);
  expect(reasons(roles[0]?.unseen)).toEqual(["properties: the macro Fn::Transform may change the template"]);
});

test("what a statement takes out of a secret is no text of the files", async () => {
  const { policies } = await resourcesOf(`
Read:
  Type: AWS::IAM::ManagedPolicy
  Properties:
    PolicyDocument:
      Statement:
        - Effect: Allow
          Action: kms:Decrypt
          Resource: "{{resolve:secretsmanager:app/keys:SecretString:arn}}"
        - Effect: Allow
          Action: secretsmanager:GetSecretValue
          Resource: !Sub "arn:aws:secretsmanager:eu-west-1:{{resolve:ssm-secure:/app/account}}:secret:\${Db}"
Db: {Type: AWS::SecretsManager::Secret}
`);
  const [key, secret] = policies[0]?.statements.map(({ resources }) => resources?.[0]?.value ?? "") ?? [];
  expect(key).toMatch(/^⟨\*[^⟨⟩]*⟩$/);
  expect(secret).toMatch(/^arn:aws:secretsmanager:eu-west-1:⟨\*[^⟨⟩]*⟩:secret:/);
});

test("policies of an organization are read when they limit what roles may do", async () => {
  const content = '{Statement: [{Effect: Deny, Action: "secretsmanager:*", Resource: "*"}]}';
  const { organization_policies } = await resourcesOf(`
Scp: {Type: AWS::Organizations::Policy, Properties: {Name: a, Type: SERVICE_CONTROL_POLICY, Content: ${content}}}
Tags: {Type: AWS::Organizations::Policy, Properties: {Name: b, Type: TAG_POLICY, Content: {tags: {}}}}
`);
  expect(organization_policies).toMatchObject([{ address: "Scp", statements: [{ effect: { value: "Deny" } }] }]);
});
