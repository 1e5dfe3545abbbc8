import { expect, test } from "vitest";
import type { SecretResource } from "../../../facts/resources.ts";
import { resourcesOf, shown, sourceAt, unitsOf } from "../testing.ts";

async function secret(properties: string, sections = "", more = ""): Promise<SecretResource> {
  const { secrets } = await resourcesOf(
    `S: {Type: AWS::SecretsManager::Secret, Properties: {${properties}}}\n${more}`,
    sections,
  );
  const [first] = secrets;
  if (!first) throw new Error("no secret");
  return first;
}
async function content(properties: string, sections = ""): Promise<unknown> {
  const { contents } = await secret(properties, sections);
  const [{ stages, open, ...first } = { stages: null, open: null }] = contents;
  expect(stages).toEqual(["AWSCURRENT"]);
  return shown(open ? { ...first, open: open.name } : first);
}

test("a secret by name, key and symbolic ARN", async () => {
  expect(shown(await secret("Name: app/db, KmsKeyId: alias/mine"))).toEqual({
    id: "u#S",
    address: "S",
    unit: "u",
    at: "S",
    unseen: [],
    name: "app/db",
    arn: "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:app/db-⟨#S@u⟩",
    key_reference: "alias/mine",
    contents: [{ kind: "empty", keys: null, open: null, stages: ["AWSCURRENT"], at: "S" }],
    rotates: false,
    tags: { given: [], complete: false },
    additions: [],
    versions: null,
    gone: null,
    filled_by: null,
    existence: null,
    part: false,
    declared: true,
  });
});

test("what GenerateSecretString makes", async () => {
  const at = "GenerateSecretString";
  expect(await content("GenerateSecretString: {}")).toEqual({ kind: "text", keys: null, at });
  expect(await content("GenerateSecretString: {PasswordLength: 30}")).toEqual({ kind: "text", keys: null, at });
  expect(
    await content(`GenerateSecretString: {SecretStringTemplate: '{"username": "app"}', GenerateStringKey: password}`),
  ).toEqual({ kind: "json", keys: ["username", "password"], at });
  expect(
    await content(
      `GenerateSecretString: {SecretStringTemplate: !Sub '{"username": "\${AWS::StackName}"}', GenerateStringKey: pw}`,
    ),
  ).toEqual({ kind: "json", keys: ["username", "pw"], at });
  expect(
    await content(
      "GenerateSecretString: {SecretStringTemplate: !Ref T, GenerateStringKey: pw}",
      "Parameters: {T: {Type: String}}",
    ),
  ).toEqual({
    kind: "json",
    keys: ["pw"],
    open: "T",
    at,
  });
  expect(await content("GenerateSecretString: !Ref T", "Parameters: {T: {Type: String}}")).toEqual({
    kind: "string",
    keys: null,
    open: "T",
    at,
  });
});

test("what a literal SecretString is; its value is kept nowhere", async () => {
  const at = "SecretString";
  expect(await content(`SecretString: '{"user":"a","password":"hunter2"}'`)).toEqual({
    kind: "json",
    keys: ["user", "password"],
    at,
  });
  expect(await content("SecretString: hunter2")).toEqual({ kind: "text", keys: null, at });
  expect(await content("SecretString: '[1]'")).toEqual({ kind: "text", keys: null, at });
  expect((await secret("Fn::Transform: x")).filled_by?.name).toBe("Fn::Transform");
});

test("a SecretString with parameters: its keys are known, what a parameter is alone is not", async () => {
  const at = "SecretString";
  const parameters = 'Parameters: {P: {Type: String, Default: x, NoEcho: true}, J: {Type: String, Default: "{}"}}';
  expect(await content(`SecretString: !Sub '{"user":"a","password":"\${P}"}'`, parameters)).toEqual({
    kind: "json",
    keys: ["user", "password"],
    at,
  });
  expect(await content("SecretString: !Ref J", parameters)).toEqual({
    kind: "string",
    keys: null,
    open: "J",
    at,
  });
  expect(await content(`SecretString: !Sub '{"\${J}":1}'`, parameters)).toEqual({
    kind: "json",
    keys: [],
    open: "J",
    at,
  });
  expect(await content("SecretString: {Fn::ToJsonString: {user: !Ref P}}", parameters)).toEqual({
    kind: "json",
    keys: ["user"],
    at,
  });
  expect(await content("SecretString: '{{resolve:ssm-secure:x}}'", parameters)).toEqual({
    kind: "string",
    keys: null,
    open: "",
    at,
  });
});

test("a value that a condition decides may not be given", async () => {
  const { contents } = await secret(
    "SecretString: !If [Given, !Ref P, !Ref AWS::NoValue]",
    'Parameters: {P: {Type: String, Default: ""}}\nConditions: {Given: !Not [!Equals [!Ref P, ""]]}',
  );
  expect(contents.map(({ kind, maybe }) => [kind, maybe?.name])).toEqual([["string", "P"]]);
});

test("values and the defaults that make them are sensitive", async () => {
  const [unit] = await unitsOf({
    u: `Parameters:
  Hidden: {Type: String, NoEcho: true, Default: "a1"}
  Shown: {Type: String, Default: "b2"}
  Other: {Type: String, Default: "c3"}
Resources:
  A: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: "d4"}}
  B: {Type: AWS::SecretsManager::Secret, Properties: {SecretString: !Sub "\${Shown}-x"}}
  C: {Type: AWS::SecretsManager::Secret, Properties: {Name: !Ref Other}}
`,
  });
  expect(unit?.sensitive.map(sourceAt)).toEqual(['"a1"', '"d4"', '!Sub "${Shown}-x"', '"b2"']);
});

test("attachments and rotation belong to the secret they name", async () => {
  const more = (type: string, id: string) => `X: {Type: AWS::SecretsManager::${type}, Properties: {SecretId: ${id}}}`;
  const of = async (extra: string) => {
    const { additions, rotates } = await secret("Name: app/db", "Parameters: {Any: {Type: String}}", extra);
    return [rotates, ...additions.map(({ keys, others, maybe }) => [keys, others, maybe?.name])];
  };
  const connection = ["engine", "host", "port"];
  expect(await of(more("SecretTargetAttachment", "!Ref S"))).toEqual([false, [connection, null, undefined]]);
  expect(await of(more("SecretTargetAttachment", "!Ref S, TargetType: AWS::RDS::DBInstance"))).toEqual([
    false,
    [connection, ["dbInstanceIdentifier", "dbname", "masterarn", "ssl", "username", "password"], undefined],
  ]);
  expect(await of(more("RotationSchedule", "!Ref S"))).toEqual([true, [[], null, undefined]]);
  expect(await of(more("RotationSchedule", "app/db"))).toEqual([true, [[], null, undefined]]);
  expect(await of(more("RotationSchedule", "!Ref S, HostedRotationLambda: {RotationType: X}"))).toEqual([
    true,
    [[], ["username", "password"], undefined],
  ]);
  expect(await of(more("RotationSchedule", "other"))).toEqual([false]);
  expect(await of(more("RotationSchedule", "!Ref Any"))).toEqual([null, [[], null, "Any"]]);
});

test("the Ref of an attachment is the secret", async () => {
  const { policies } = await resourcesOf(`
S: {Type: AWS::SecretsManager::Secret}
Attachment: {Type: AWS::SecretsManager::SecretTargetAttachment, Properties: {SecretId: !Ref S}}
P: {Type: AWS::SecretsManager::ResourcePolicy, Properties: {SecretId: !Ref Attachment, ResourcePolicy: {Statement: []}}}
`);
  expect(policies[0]?.on?.value).toBe(
    "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:⟨S.name@u⟩-⟨#S@u⟩",
  );
});

test("databases with a managed password have a secret of their own", async () => {
  const [unit] = await unitsOf({
    u: `Resources:
  Key: {Type: AWS::KMS::Key}
  Db:
    Type: AWS::RDS::DBCluster
    Properties: {ManageMasterUserPassword: true, MasterUserSecret: {KmsKeyId: !Ref Key}}
  House: {Type: AWS::Redshift::Cluster, Properties: {ManageMasterPassword: true, MasterPasswordSecretKmsKeyId: k}}
  Documents: {Type: AWS::DocDB::DBCluster, Properties: {ManageMasterUserPassword: true}}
  Plain: {Type: AWS::RDS::DBInstance, Properties: {MasterUsername: x}}
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties: {Image: x, Secrets: [{Name: A, ValueFrom: !Sub "\${Db.MasterUserSecret.SecretArn}:password::"}]}
`,
  });
  const arn =
    "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:rds!cluster-⟨Db.MasterUserSecret.name@u⟩-⟨#Db.MasterUserSecret@u⟩";
  const { secrets = [], job_definitions = [] } = unit?.resources ?? {};
  expect(
    secrets.map(({ id, arn: own, key_reference, rotates, contents }) =>
      shown([id, own, key_reference, rotates, contents[0]?.kind]),
    ),
  ).toEqual([
    ["u#Db.MasterUserSecret", arn, "⟨Key@u⟩", true, "json"],
    [
      "u#House.MasterPassword",
      "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:⟨House.MasterPassword.name@u⟩-⟨#House.MasterPassword@u⟩",
      "k",
      true,
      "json",
    ],
    [
      "u#Documents.MasterUserSecret",
      "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:⟨Documents.MasterUserSecret.name@u⟩-⟨#Documents.MasterUserSecret@u⟩",
      null,
      true,
      "json",
    ],
  ]);
  expect(job_definitions[0]?.containers[0]?.secrets[0]?.value_from?.value).toBe(`${arn}:password::`);
  expect(unit?.spellings.get(arn)).toBe("${Db.MasterUserSecret.SecretArn}");
});

test("keys, their policies and aliases; parameters", async () => {
  const { keys, aliases, parameters, policies } = await resourcesOf(`
Key:
  Type: AWS::KMS::Key
  Properties: {KeySpec: RSA_2048, KeyUsage: SIGN_VERIFY, KeyPolicy: {Statement: [{Effect: Allow, Principal: "*", Action: "kms:*", Resource: "*"}]}}
Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/x, TargetKeyId: !GetAtt Key.Arn}}
Setting: {Type: AWS::SSM::Parameter, Properties: {Name: /app/x, Type: String, Value: v}}
Unnamed: {Type: AWS::SSM::Parameter, Properties: {Type: StringList, Value: v}}
`);
  const arn = "arn:⟨AWS.Partition⟩:kms:⟨AWS.Region⟩:⟨AWS.AccountId⟩:key/⟨Key@u⟩";
  expect(keys.map(({ id, arn: own, spec, usage }) => shown([id, own, spec, usage]))).toEqual([
    ["u#Key", arn, "RSA_2048", "SIGN_VERIFY"],
  ]);
  expect(policies.map(({ id, kind, on, statements }) => shown([id, kind, on, statements.length]))).toEqual([
    ["u#Key.KeyPolicy", "key", arn, 1],
  ]);
  expect(aliases.map(({ name, target }) => shown([name, target]))).toEqual([["alias/x", arn]]);
  expect(parameters.map(({ name, arn: own, type }) => shown([name, own, type]))).toEqual([
    ["/app/x", "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/app/x", "String"],
    [null, "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/⟨Unnamed.name@u⟩", "StringList"],
  ]);
});

test("of the secret of a connection some keys may be known, and that of a namespace has two", async () => {
  const { secrets } = await resourcesOf(`
C: {Type: AWS::Events::Connection, Properties: {AuthorizationType: API_KEY}}
N: {Type: AWS::RedshiftServerless::Namespace, Properties: {ManageAdminPassword: true}}`);
  expect(secrets.map(({ address, contents }) => [address, contents[0]?.keys, contents[0]?.open?.kind])).toEqual([
    ["C.Secret", [], "apply"],
    ["N.Namespace.AdminPassword", ["username", "password"], undefined],
  ]);
});
