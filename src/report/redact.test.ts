import fc from "fast-check";
import { expect, test } from "vitest";
import { isSensitiveName } from "../facts/credentials/names.ts";
import { redact, redactSource } from "./redact.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const word = (length: number, alphabet = letters) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((all) => all.join(""));
const hex = "0123456789abcdef";

/** Secrets that must go wherever they stand. Built from pieces, so that no scanner takes this file for a leak. */
const tokens = fc.oneof(
  word(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").map((id) => `AKI${"A"}${id}`),
  word(36).map((id) => `gh${"p_"}${id}`),
  word(40).map((id) => `github_${"pat_"}${id}`),
  word(24).map((id) => `xox${"b-"}${id}`),
  word(24).map((id) => `sk_${"live_"}${id}`),
  word(20).map((id) => `glp${"at-"}${id}`),
  word(35).map((id) => `AI${"za"}${id}`),
  word(36).map((id) => `npm${"_"}${id}`),
  fc.tuple(word(20), word(40), word(43)).map(([head, body, sign]) => `ey${"J"}${head}.ey${"J"}${body}.${sign}`),
);
const around = fc.constantFrom("", " ", '"', "'", ": ", "=", "\\n", "\n", ",", "(", "/", "-", "_", "⟨", "é", "|", "\t");

test("a planted token is masked wherever it stands, and everything else keeps its place", () => {
  fc.assert(
    fc.property(around, tokens, around, (before, token, after) => {
      const text = `value ${before}${token}${after} end`;
      const masked = redact(text);
      expect(masked).not.toContain(token.slice(4));
      expect(masked.length).toBe(text.length);
      expect(masked.endsWith(" end")).toBe(true);
    }),
  );
});

test("a long random string after a secret word is masked", () => {
  const names = fc.constantFrom("password", "DB_PASSWORD", "clientSecret", "api_key", "token", "SecretString");
  const signs = fc.constantFrom(": ", "=", " = ", '": "', '\\":\\"', '", "');
  fc.assert(
    fc.property(names, signs, word(40, hex), (name, sign, value) => {
      fc.pre(/\d/.test(value) && /[a-f]/.test(value));
      expect(redact(`"${name}${sign}${value}"`)).toBe(`"${name}${sign}${"*".repeat(40)}"`);
    }),
  );
});

test("an AWS secret access key is masked by its form alone", () => {
  const key = ["wJ4lrXUtnF3MI", "K7MD6NG", "bPxRf1CYEX4mPL3k3Y"].join("/");
  expect(redact(`the key ${key} is`)).toBe(`the key ${"*".repeat(40)} is`);
});

test("the body of a private key is masked, its frame stays", () => {
  const text = `x: |\n  -----BEGIN ${"RSA PRIVATE"} KEY-----\n  MIIEabc\n  def==\n  -----END RSA PRIVATE KEY-----\ny: 1\n`;
  expect(redact(text)).toBe(
    `x: |\n  -----BEGIN ${"RSA PRIVATE"} KEY-----\n  *******\n  *****\n  -----END RSA PRIVATE KEY-----\ny: 1\n`,
  );
});

test("the password of a URL is masked, a placeholder for it is not", () => {
  expect(redact("postgres://app:hunter2@db:5432/x")).toBe("postgres://app:*******@db:5432/x");
  expect(redact("amqp://u:p@ss@host")).toBe("amqp://u:****@host");
  expect(redact("postgres://app:${DB_PASSWORD}@db/x")).toBe("postgres://app:${DB_PASSWORD}@db/x");
  expect(redact("postgres://app:⟨*Password@jobs.yaml⟩@db/x")).toBe("postgres://app:⟨*Password@jobs.yaml⟩@db/x");
  expect(redact("https://host:8080/path@1")).toBe("https://host:8080/path@1");
});

test("ARNs and names of secrets stay readable", () => {
  const name = fc
    .array(
      fc.constantFrom("prod", "db", "password", "token", "api-key", "Secret", "A1B2C3D4", "x7Gh2k", "credentials"),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    .chain((parts) => fc.constantFrom("/", "-", "_", "").map((glue) => parts.join(glue)));
  const selector = fc.constantFrom("", ":password::", ":token:AWSCURRENT:", ":::871d9eca-18aa-46a9-8785-981dd39ab30c");
  const line = fc.constantFrom(
    (arn: string) => `"valueFrom": "${arn}"`,
    (arn: string) => `- { Name: DB_PASSWORD, ValueFrom: ${arn} }`,
    (arn: string) => `${arn} has 3 resource parts (secret, db, password)`,
    (arn: string) => `password = "${arn}"`,
    (arn: string) => `Resource: [ ${arn} ]`,
  );
  fc.assert(
    fc.property(name, selector, line, (secret, rest, render) => {
      const text = render(`arn:aws:secretsmanager:eu-west-1:123456789012:secret:${secret}-AbC1e2${rest}`);
      expect(redact(text)).toBe(text);
      expect(redactSource(text)).toBe(text);
    }),
  );
});

test("references, placeholders and switches in a file stay readable", () => {
  const lines = [
    "Password: !Ref DbPassword",
    "password = var.db_password",
    "password = random_password.db.result",
    "secret_string = jsonencode({",
    'password = jsondecode(data.aws_secretsmanager_secret_version.db.secret_string)["password"]',
    'token = try(var.token, "")',
    "SecretString: !Sub",
    '"password": "${DB_PASSWORD}"',
    '"password": "<password>"',
    'password: "{{resolve:secretsmanager:prod/db:SecretString:password}}"',
    "GenerateStringKey: password",
    "SecretId: prod/database-credentials-2024",
    '!Sub "${DbSecret}:password::"',
    '!Join [":", [!Ref Secret, "password", "AWSCURRENT", ""]]',
    "secrets:",
    "Token: true",
    "token: 86400",
    '{ "name": "DB_PASSWORD", "valueFrom": "/prod/db/password" }',
    "DbSecretA1B2C3D4:",
    '"Ref": "JobsDatabaseSecretF1B2C3D4"',
  ];
  expect(lines.map(redactSource)).toEqual(lines);
});

test("any literal that a file gives to a secret name is masked", () => {
  const lines = {
    "Password: hunter2": "Password: *******",
    "pin_password: 482913": "pin_password: ******",
    'password = "hunter2" # x': 'password = "*******" # x',
    '"SecretString": "a\\"b c"': '"SecretString": "**** *"',
    '"{\\"user\\":\\"u\\",\\"password\\":\\"hun\\"}"': '"{\\"user\\":\\"u\\",\\"password\\":\\"***\\"}"',
    "export DB_PASSWORD=hunter2": "export DB_PASSWORD=*******",
    'command = ["run", "--token", "hunter2"]': 'command = ["run", "--token", "*******"]',
    "run --password hunter2 -v": "run --password ******* -v",
    '{"name": "DB_PASSWORD", "value": "hunter2"}': '{"name": "DB_PASSWORD", "value": "*******"}',
    "- Name: API_KEY\n  Value: hunter2": "- Name: API_KEY\n  Value: *******",
    '"password": "$ecret"': '"password": "******"',
  };
  expect(Object.keys(lines).map(redactSource)).toEqual(Object.values(lines));
});

test("redacting keeps every line and column of any text, and is done once", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      const masked = redactSource(text);
      expect(masked.length).toBe(text.length);
      expect(masked.split("\n").length).toBe(text.split("\n").length);
      expect(redactSource(masked)).toBe(masked);
    }),
  );
});

test("hostile text costs linear time", () => {
  const hostile = [
    "--".repeat(50_000),
    "eyJ-".repeat(50_000),
    "password ".repeat(20_000),
    "name: ".repeat(20_000),
    "a://".repeat(30_000),
    "A".repeat(200_000),
    "-----BEGIN PRIVATE KEY".repeat(5_000),
    `name:x${" ".repeat(100_000)}`,
    `"password": "${"x".repeat(100_000)}`,
  ];
  for (const text of hostile) expect(redactSource(text)).toHaveLength(text.length);
});

test("names tell whether their value is secret", () => {
  const names = [
    "DB_PASSWORD",
    "apiKey",
    "GITHUB_TOKEN",
    "CLIENT_SECRET",
    "DB_PASS",
    "DB_SECRET_ARN",
    "GITHUB_PAT",
    "PW",
    "DB_PASSWORD_RO",
    "MYSQL_PASS_PRIMARY",
    "FORMAT_PATTERN",
    "COMPASS",
    "READONLY",
    "PWD",
    "SORT_KEY",
    "TOKEN_TTL",
    "SECRET_NAME",
    "PASSWORD_FILE",
    "LOG_LEVEL",
  ];
  expect(names.filter(isSensitiveName)).toEqual([
    ...["DB_PASSWORD", "apiKey", "GITHUB_TOKEN", "CLIENT_SECRET", "DB_PASS"],
    ...["GITHUB_PAT", "PW", "DB_PASSWORD_RO", "MYSQL_PASS_PRIMARY"],
  ]);
});

test("what is chosen for a name of a secret is masked, and no key of an expression", () => {
  const hidden = [
    'Name: DB_PASSWORD\n  Value: !If [IsProd, "hunter2", "hunter2"]',
    '{"Name": "DB_PASSWORD", "Value": {"Fn::If": ["IsProd", "hunter2", "hunter2"]}}',
    '{ name = "DB_PASSWORD", value = var.x ? "hunter2" : "hunter2" }',
    '{ name = "DB_PASSWORD", value = coalesce(var.x, "hunter2") }',
    'name: DB_PASSWORD_B64, value: "hunter2"',
    "PW='hunter2' run",
    "PASS=hunter2",
  ];
  expect(hidden.map((text) => redactSource(text))).toEqual(hidden.map((text) => text.replaceAll("hunter2", "*******")));
  const shown = '{ name = "DB_PASSWORD", value = local.db["password"] == "" ? var.a["main"] : local.db["password"] }';
  expect(redactSource(shown)).toBe(shown);
});

test("base64 of a login or of a text with a credential is masked", () => {
  const encoded = (text: string) => Buffer.from(text).toString("base64");
  for (const text of ["admin:hunter2", '{"db":{"password":"hunter2"}}', "export DB_PASSWORD=hunter2\n"]) {
    const line = `"value": "Basic ${encoded(text)}"`;
    expect(redactSource(line)).toBe(line.replace(encoded(text), "*".repeat(encoded(text).length)));
  }
  for (const text of ["#!/bin/bash\necho hello\n", '{"a":{"level":"debug"}}']) {
    expect(redactSource(encoded(text))).toBe(encoded(text));
  }
});
