/**
 * What counts as the name of a credential is one table: what a rule reports by its name is masked wherever a file shows
 * it.
 */
import { expect, test } from "vitest";
import { isCredentialName, isSensitiveName } from "../../src/facts/credentials/names.ts";
import { redactSource } from "../../src/report/redact.ts";
import { opa } from "../../tools/opa.ts";
import { POLICIES, WITHOUT_EXAMPLES } from "../../tools/policy.ts";

const CREDENTIALS = [
  "DB_PASSWORD",
  "DBPASS",
  "SMTP_PASS",
  "DB_PW",
  "apiKey2",
  "GITHUB_TOKEN",
  "CLIENT_SECRET",
  "AWS_SECRET_ACCESS_KEY",
  "LICENSE_KEY",
  "DATADOG_APP_KEY",
  "STRIPE_MASTER_KEY",
  "STORAGE_KEY",
  "SERVICE_ROLE_KEY",
  "splunk-token",
  "signing.key",
];
const OTHERS = [
  "DB_SECRET_ARN",
  "PWD",
  "SORT_KEY",
  "MAX_TOKENS",
  "CSRF_TOKEN",
  "TOKEN_TTL",
  "SECRET_NAME",
  "PASSWORD_FILE",
  "LOG_LEVEL",
  "KEY",
];
/** Names of what holds a secret: no rule reports them, but their values are masked when in doubt. */
const HOLDERS = ["DB_SECRET", "PULL_SECRET", "DB_CREDENTIALS", "CREDS"];

function namedInRego(names: readonly string[]): string[] {
  const query = `[name | some name in ${JSON.stringify(names)}; data.lib.credentials.named(name)]`;
  const { result } = JSON.parse(opa("eval", "--data", POLICIES, ...WITHOUT_EXAMPLES, "--format", "json", query));
  return result[0].expressions[0].value;
}

test("rules and reports agree on the names of credentials", () => {
  const names = [...CREDENTIALS, ...OTHERS];
  expect(namedInRego(names)).toEqual(CREDENTIALS);
  expect(names.filter(isCredentialName)).toEqual(CREDENTIALS);
  expect(names.filter(isSensitiveName)).toEqual(CREDENTIALS);
});

test("what may hold a secret is masked, and not reported", () => {
  expect(namedInRego(HOLDERS)).toEqual([]);
  expect(HOLDERS.filter(isSensitiveName)).toEqual(HOLDERS);
});

test("the value of every such name is masked in a line of a file", () => {
  for (const name of CREDENTIALS) {
    const line = `{ "name": "${name}", "value": "hunter2" }`;
    expect(redactSource(line)).toBe(line.replace("hunter2", "*******"));
  }
});

test("the value of a name that is an assignment by itself is masked", () => {
  const names = ["LICENSE_KEY", "DBPASS", "DATADOG_APP_KEY", "STRIPE_MASTER_KEY", "STORAGE_KEY"];
  expect(names.map((name) => redactSource(`${name}=hunter2`))).toEqual(names.map((name) => `${name}=*******`));
});
