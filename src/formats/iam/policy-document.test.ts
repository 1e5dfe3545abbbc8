import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cause } from "../../facts/causes.ts";
import { hole } from "../../facts/text.ts";
import { parseJson } from "../../syntax/json/document.ts";
import { type TextValue, unknownOf, type Value } from "../../syntax/value.ts";
import { isPolicyDocument, readStatements } from "./policy-document.ts";

function json(text: string): Value {
  const { value } = parseJson({ path: "policy.json", text });
  if (!value) throw new Error(`not JSON: ${text}`);
  return value;
}

/** The statements with every place replaced by the text that is there. */
function statements(document: Value | undefined) {
  const read = readStatements(document, { policy: "unit#policy" });
  const shown = JSON.stringify(read, (key, value) =>
    key === "at" ? value.file.text.slice(value.start, value.end) : value,
  );
  return JSON.parse(shown);
}

const unknown = (why: string, name: string): Value =>
  unknownOf(hole(name, "wide", { cause: { kind: "other", name: why, unit: null } }), {
    file: { path: "t", text: "" },
    start: 0,
    end: 0,
  });

/** The object with the entry of that key replaced, as an evaluator of templates would. */
function put(value: Value, key: string, replaced: Value): Value {
  if (value.kind !== "object") return value;
  return {
    ...value,
    entries: value.entries.map((entry) => (entry.key === key ? { ...entry, value: replaced } : entry)),
  };
}

const other = (name: string): Cause => ({ kind: "other", name, unit: null });

test("a statement is read whole, each text at its place", () => {
  const text = `{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow",
    "Action":["secretsmanager:GetSecretValue","kms:Decrypt"],"Resource":"arn:aws:secretsmanager:us-east-1:123456789012:secret:db-??????",
    "Condition":{"StringEquals":{"aws:ResourceTag/team":["a","b"]}}}]}`;
  const read = statements(json(text));
  expect(read).toEqual({
    statements: [
      {
        sid: "Read",
        effect: { value: "Allow", at: '"Allow"' },
        actions: [
          { value: "secretsmanager:GetSecretValue", at: '"secretsmanager:GetSecretValue"' },
          { value: "kms:Decrypt", at: '"kms:Decrypt"' },
        ],
        not_actions: null,
        resources: [
          {
            value: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-??????",
            at: '"arn:aws:secretsmanager:us-east-1:123456789012:secret:db-??????"',
          },
        ],
        not_resources: null,
        principals: null,
        not_principals: null,
        conditions: [
          {
            operator: "StringEquals",
            key: "aws:ResourceTag/team",
            values: [
              { value: "a", at: '"a"' },
              { value: "b", at: '"b"' },
            ],
            at: '["a","b"]',
          },
        ],
        maybe: null,
        policy: "unit#policy",
        at: text.slice(text.indexOf('{"Sid"'), -2),
      },
    ],
    unseen: [],
  });
});

test("a single statement is a list of one, NotAction and NotResource are kept apart, booleans of conditions are texts", () => {
  const read = statements(
    json(
      `{"Statement":{"Effect":"Deny","NotAction":"iam:*","NotResource":["x"],"Condition":{"Bool":{"aws:SecureTransport":false}}}}`,
    ),
  );
  expect(read.statements).toHaveLength(1);
  expect(read.statements[0]).toMatchObject({
    effect: { value: "Deny" },
    actions: null,
    not_actions: [{ value: "iam:*" }],
    resources: null,
    not_resources: [{ value: "x" }],
    conditions: [{ operator: "Bool", key: "aws:SecureTransport", values: [{ value: "false" }] }],
  });
});

test.each<[string, unknown]>([
  ['"*"', [{ type: "*", values: [{ value: "*", at: '"*"' }] }]],
  [
    '{"Service":"ecs-tasks.amazonaws.com"}',
    [{ type: "Service", values: [{ value: "ecs-tasks.amazonaws.com", at: '"ecs-tasks.amazonaws.com"' }] }],
  ],
  [
    '{"AWS":["111122223333","*"],"Federated":"cognito"}',
    [
      {
        type: "AWS",
        values: [
          { value: "111122223333", at: '"111122223333"' },
          { value: "*", at: '"*"' },
        ],
      },
      { type: "Federated", values: [{ value: "cognito", at: '"cognito"' }] },
    ],
  ],
])("the principal %s is read by its type", (principal, expected) => {
  const read = statements(
    json(`{"Statement":[{"Effect":"Allow","Principal":${principal},"Action":"sts:AssumeRole"}]}`),
  );
  expect(read.statements[0].principals).toEqual(expected);
});

test("element names are read in any case", () => {
  const read = statements(json(`{"statement":[{"effect":"Allow","action":"s3:*","resource":"*"}]}`));
  expect(read.statements[0]).toMatchObject({
    effect: { value: "Allow" },
    actions: [{ value: "s3:*" }],
    resources: [{ value: "*" }],
  });
});

test("a document in a string is read in place", () => {
  const document = `{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:*\\",\\"Resource\\":\\"*\\"}]}`;
  const text = json(`"${document}"`);
  expect(statements(text).statements[0].actions).toEqual([{ value: "s3:*", at: '\\"s3:*\\"' }]);
});

test("an absent document has no statements and nothing unseen", () => {
  expect(statements(undefined)).toEqual({ statements: [], unseen: [] });
  expect(statements(json("null"))).toEqual({ statements: [], unseen: [] });
});

test("every unknown is noted: the document, the statement list, one statement, one element, a principal, a condition", () => {
  const document = json(
    `{"Statement":[{"Effect":"Allow","Action":"a:b","Resource":"r","Principal":"p","Condition":{"StringLike":{"k":"v"}}}]}`,
  );
  const list = unknown("it comes from elsewhere", "var.x");
  expect(readStatements(list, { policy: "p" }).unseen).toMatchObject([
    { part: "policy document", cause: { kind: "other", name: "it comes from elsewhere" } },
  ]);
  expect(readStatements(put(document, "Statement", list), { policy: "p" })).toMatchObject({
    statements: [],
    unseen: [{ part: "Statement", cause: { kind: "other", name: "it comes from elsewhere" } }],
  });
  const one = document.kind === "object" ? document.entries[0]?.value : undefined;
  const statement = one?.kind === "list" ? one.items[0] : undefined;
  if (!statement) throw new Error("no statement");
  const withUnknown = (key: string) =>
    readStatements(put(document, "Statement", put(statement, key, list)), { policy: "p" }).statements[0];
  expect(withUnknown("Action")?.actions).toMatchObject([{ value: "⟨*var.x⟩" }]);
  expect(withUnknown("Resource")?.resources).toMatchObject([{ value: "⟨*var.x⟩" }]);
  expect(withUnknown("Effect")?.effect).toMatchObject({ value: "⟨*var.x⟩" });
  expect(withUnknown("Principal")?.principals).toMatchObject([
    { type: "AWS", values: [{ value: "⟨*var.x⟩" }] },
    { type: "Service", values: [{ value: "⟨*var.x⟩" }] },
    { type: "Federated", values: [{ value: "⟨*var.x⟩" }] },
  ]);
  expect(withUnknown("Condition")?.conditions).toMatchObject([{ operator: "⟨*var.x⟩", key: "⟨*var.x⟩", values: null }]);
});

test("an open statement may have the elements that are not seen, and no counterpart of one that is", () => {
  const at = { file: { path: "t", text: "" }, start: 0, end: 0 };
  const text = (value: string): TextValue => ({ kind: "text", value, at });
  const entry = (key: string, value: Value) => ({ key, keyAt: at, value });
  const read = readStatements(
    {
      kind: "object",
      at,
      entries: [
        entry("Statement", {
          kind: "object",
          at,
          open: other("a merge"),
          entries: [entry("Effect", text("Allow")), entry("NotAction", text("iam:*"))],
        }),
      ],
    },
    { policy: "p", maybe: other("a condition") },
  );
  expect(read.statements[0]).toMatchObject({
    actions: null,
    not_actions: [{ value: "iam:*" }],
    resources: [{ value: expect.stringMatching(/^⟨\*/) }],
    maybe: { kind: "other", name: "a condition" },
  });
});

test("text that is no JSON, and JSON that is no object, is unseen with the reason", () => {
  expect(statements(json('"file://policy.json"')).unseen).toMatchObject([
    { cause: { kind: "shape", name: "policy document" } },
  ]);
  const { at } = unknown("", "");
  expect(statements({ kind: "text", value: '{"Statement": ⟨*x⟩ oops', at }).unseen).toMatchObject([
    { cause: { kind: "value", name: "x" } },
  ]);
  expect(statements(json("[1]")).unseen).toMatchObject([{ cause: { kind: "shape", name: "policy document" } }]);
});

test.each<[string, string, boolean]>([
  ["the newer version", '"Version": "2012-10-17",', true],
  ["the older version", '"Version": "2008-10-17",', false],
  ["no version", "", false],
])("whether a document of %s has policy variables", (_, version, has) => {
  const team = "${aws:PrincipalTag/team}";
  const statement = `{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${team}/*",
    "Condition": {"StringEquals": {"s3:prefix": "${team}"}}}`;
  const [{ resources, conditions }] = statements(json(`{${version} "Statement": [${statement}]}`)).statements;
  const written = has ? team : "${$}{aws:PrincipalTag/team}";
  expect(resources[0].value).toBe(`arn:aws:s3:::${written}/*`);
  expect(conditions[0].values[0].value).toBe(written);
});

test("an unknown version may have policy variables", () => {
  const document = put(
    json('{"Version": "", "Statement": [{"Resource": "${aws:username}"}]}'),
    "Version",
    unknown("", "v"),
  );
  expect(statements(document).statements[0].resources[0].value).toBe("${aws:username}");
});

test.each<[string, boolean]>([
  ['{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}', true],
  ['{"_comment":"x","Statement":{"Effect":"Deny","NotAction":"s3:*","Resource":"*"}}', true],
  ['{"statement":[{"effect":"Allow","action":"s3:*"}]}', true],
  ['{"Version":"2012-10-17","Statement":[]}', true],
  ['{"Statement":[]}', false],
  ['{"Statement":["a"]}', false],
  ['{"Statement":[{"Effect":"Allow"}]}', false],
  ['{"Version":"2012-10-17"}', false],
  ['"{}"', false],
])("whether %s is a policy document: %s", (text, expected) => {
  expect(isPolicyDocument(json(text))).toBe(expected);
});

test("no JSON makes the reader throw", () => {
  const keys = fc.constantFrom("Statement", "Effect", "Action", "Resource", "Principal", "Condition", "AWS", "x");
  const { tree } = fc.letrec((tie) => ({
    leaf: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    tree: fc.oneof(
      { maxDepth: 5 },
      tie("leaf"),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(keys, tie("tree"), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(tree, (document) => {
      const value = json(JSON.stringify(document));
      readStatements(value, { policy: "p" });
      isPolicyDocument(value);
    }),
  );
});

test("a document that stops being JSON may deny anything", () => {
  const at = { file: { path: "t", text: "" }, start: 0, end: 0 };
  const read = readStatements(
    { kind: "text", value: '{ "Statement": [{ "Effect": "Deny" "Action": "*" }] }', at },
    { policy: "p" },
  );
  expect(read.unseen).toHaveLength(1);
  expect(read.statements).toMatchObject([{ effect: { value: hole("p.0", "wide") }, conditions: [], policy: "p" }]);
  expect(readStatements({ kind: "text", value: "{{ policy", at }, { policy: "p" }).statements).toEqual([]);
  expect(readStatements({ kind: "text", value: "arn", at }, { policy: "p" }).statements).toEqual([]);
});
