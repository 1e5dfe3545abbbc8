import { expect, test } from "vitest";
import { covered, resources, units } from "./testing.ts";

const ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf";

test("create-secret tells name, key and content, and that nothing rotates it", async () => {
  const { secrets } = await resources({
    "s.json": { Name: "db", KmsKeyId: "alias/batch", SecretString: '{"username":"u","password":"p"}' },
  });
  expect(secrets).toMatchObject([
    {
      id: ".#db",
      address: "db",
      name: { value: "db" },
      arn: { value: "arn:⟨AWS.Partition⟩:secretsmanager:⟨AWS.Region⟩:⟨AWS.AccountId⟩:secret:db-⟨#db@.⟩" },
      key_reference: { value: "alias/batch" },
      contents: [{ kind: "json", keys: ["username", "password"] }],
      rotates: false,
      additions: [],
      versions: null,
    },
  ]);
  expect(secrets[0]?.contents.map(({ at }) => covered(at))).toEqual(['"SecretString"']);
});

test.each<[string, unknown, object]>([
  ["JSON", '{"a":1}', { kind: "json", keys: ["a"] }],
  ["JSON with a placeholder for a value", '{"a":"${PASSWORD}"}', { kind: "json", keys: ["a"] }],
  ["an object in YAML's way", { a: 1 }, { kind: "json", keys: ["a"] }],
  ["plain text", "hunter2", { kind: "text", keys: null }],
  ["a JSON list", "[1]", { kind: "text", keys: null }],
  ["nothing", "", { kind: "empty", keys: null }],
  ["a placeholder", "${PASSWORD}", { kind: "string", keys: null }],
  ["a file", "file://secret.json", { kind: "string", keys: null }],
])("a secret string that is %s", async (_name, SecretString, expected) => {
  const { secrets } = await resources({ "s.json": { Name: "db", SecretString } });
  expect(secrets[0]?.contents).toMatchObject([expected]);
});

test.each([
  ["create-secret", { Name: "db", SecretBinary: "aGVsbG8=" }],
  ["put-secret-value", { SecretId: "db", SecretBinary: "aGVsbG8=" }],
  ["update-secret", { SecretId: ARN, SecretBinary: "aGVsbG8=", Description: "d" }],
  ["get-secret-value", { ARN, Name: "db", VersionId: "v", SecretBinary: "aGVsbG8=", VersionStages: ["AWSCURRENT"] }],
])("%s shows a binary value", async (_name, document) => {
  const [unit] = await units({ "s.json": document });
  expect(unit?.resources.secrets).toMatchObject([{ address: "db", contents: [{ kind: "binary" }] }]);
  expect(unit?.resources.secrets[0]?.contents.map(({ at }) => covered(at))).toEqual(['"SecretBinary"']);
  expect(unit?.sensitive.map(covered)).toEqual(['"aGVsbG8="']);
});

test("a new value alone tells neither key nor rotation", async () => {
  const { secrets } = await resources({ "s.json": { SecretId: ARN, SecretString: "x" } });
  expect(secrets).toMatchObject([
    {
      address: "db",
      name: { value: "db" },
      arn: { value: ARN },
      key_reference: { value: "⟨*db@..key⟩" },
      rotates: null,
    },
  ]);
});

test("describe-secret tells the versions, the default key and the rotation, and that there is a value", async () => {
  const { secrets } = await resources({
    "s.json": {
      ARN,
      Name: "db",
      RotationEnabled: true,
      VersionIdsToStages: { one: ["AWSCURRENT"], two: ["AWSPREVIOUS", "mine"] },
    },
  });
  expect(secrets).toMatchObject([
    {
      key_reference: null,
      rotates: true,
      contents: [{ kind: "unknown" }],
      versions: [
        { id: "one", stages: ["AWSCURRENT"] },
        { id: "two", stages: ["AWSPREVIOUS", "mine"] },
      ],
    },
  ]);
});

test("list-secrets, list-secret-version-ids and rotate-secret are read", async () => {
  const listed = await resources({
    "s.json": { SecretList: [{ ARN, Name: "db", KmsKeyId: "k", SecretVersionsToStages: { one: ["AWSCURRENT"] } }] },
  });
  expect(listed.secrets).toMatchObject([
    { key_reference: { value: "k" }, rotates: false, versions: [{ id: "one", stages: ["AWSCURRENT"] }] },
  ]);
  const versions = await resources({
    "s.json": { ARN, Name: "db", Versions: [{ VersionId: "one", VersionStages: ["AWSCURRENT"] }] },
  });
  expect(versions.secrets).toMatchObject([{ rotates: null, versions: [{ id: "one", stages: ["AWSCURRENT"] }] }]);
  const rotated = await resources({
    "s.json": { SecretId: "db", RotationLambdaARN: "arn:aws:lambda:us-east-1:111122223333:function:f" },
  });
  expect(rotated.secrets).toMatchObject([{ rotates: true, contents: [] }]);
});

test("what several files tell of one secret is one secret", async () => {
  const { secrets } = await resources({
    "a-create.json": { Name: "db", KmsKeyId: "alias/batch", SecretString: '{"a":1}' },
    "b-rotate.json": { SecretId: ARN, RotationRules: { AutomaticallyAfterDays: 30 } },
    "c-describe.json": {
      ARN,
      Name: "db",
      KmsKeyId: "alias/batch",
      RotationEnabled: false,
      VersionIdsToStages: { one: ["AWSCURRENT"] },
    },
  });
  expect(secrets).toMatchObject([
    {
      address: "db",
      arn: { value: ARN },
      key_reference: { value: "alias/batch" },
      contents: [{ kind: "json", keys: ["a"] }],
      rotates: true,
      versions: [{ id: "one" }],
    },
  ]);
});

test("an SSM parameter is known by name, type and key; a secure value is sensitive", async () => {
  const [unit] = await units({
    "p.json": { Name: "/batch/password", Type: "SecureString", Value: "hunter2", KeyId: "alias/batch" },
  });
  expect(unit?.resources.parameters).toMatchObject([
    {
      address: "/batch/password",
      name: { value: "/batch/password" },
      arn: { value: "arn:⟨AWS.Partition⟩:ssm:⟨AWS.Region⟩:⟨AWS.AccountId⟩:parameter/batch/password" },
      type: { value: "SecureString" },
      key_reference: { value: "alias/batch" },
    },
  ]);
  expect(unit?.sensitive.map(covered)).toEqual(['"hunter2"']);
  const plain = await units({ "p.json": { Parameter: { Name: "p", Type: "String", Value: "v" } } });
  expect(plain.map(({ sensitive }) => sensitive)).toEqual([[]]);
});

test.each<[string, unknown]>([
  ["a template of generate-cli-skeleton", { Name: "", SecretString: "", SecretBinary: null }],
  ["an object with a name", { Name: "db", Description: "d" }],
  ["an ARN of another service", { ARN: "arn:aws:s3:::bucket", Name: "db" }],
  ["a tag resource input", { SecretId: "db", Tags: [] }],
])("%s is no secret", async (_name, document) => {
  expect(await units({ "s.json": document })).toEqual([]);
});

test("evidence shows what is deleted, and what is not there", async () => {
  const described = await resources({ "s.json": { ARN, Name: "db", DeletedDate: "2026-03-01T10:00:00Z" } });
  expect(described.secrets).toMatchObject([{ gone: { how: "deleted" }, declared: true }]);
  const answered = await resources({
    "s.json": {
      SecretValues: [{ ARN, Name: "db", VersionId: "one", SecretString: "x", VersionStages: ["AWSPREVIOUS"] }],
      Errors: [
        { SecretId: "mail", ErrorCode: "ResourceNotFoundException", Message: "…" },
        { SecretId: "other", ErrorCode: "DecryptionFailure", Message: "…" },
      ],
    },
  });
  expect(answered.secrets).toMatchObject([
    { address: "db", gone: null, contents: [{ kind: "text", stages: ["AWSPREVIOUS"] }] },
    { address: "mail", gone: { how: "missing" }, contents: [] },
  ]);
  const { parameters } = await resources({ "p.json": { Parameters: [], InvalidParameters: ["/prod/db"] } });
  expect(parameters).toMatchObject([{ name: { value: "/prod/db" }, gone: { how: "missing" } }]);
});

test("a description without versions leaves open whether there is a value; no versions means none", async () => {
  const described = await resources({ "s.json": { ARN, Name: "db", LastChangedDate: "2026-03-01T10:00:00Z" } });
  expect(described.secrets).toMatchObject([{ contents: [], versions: null, filled_by: { kind: "content" } }]);
  const listed = await resources({ "s.json": { ARN, Name: "db", Versions: [] } });
  expect(listed.secrets).toMatchObject([{ contents: [], versions: [], filled_by: null }]);
});

test("describe-key tells the state of a key", async () => {
  const key = (more: object) => ({
    KeyMetadata: { KeyId: "k", Arn: "arn:aws:kms:eu-west-1:111122223333:key/k", ...more },
  });
  const disabled = await resources({ "k.json": key({ KeyState: "PendingDeletion" }) });
  expect(disabled.keys).toMatchObject([{ state: { value: "PendingDeletion" } }]);
  expect((await resources({ "k.json": key({}) })).keys).toMatchObject([{ state: null }]);
});
