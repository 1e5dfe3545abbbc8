import { expect, test } from "vitest";
import type { Rule } from "../src/policy/rules.ts";
import { type Example, renderPage, renderTable, withExample, withRules } from "./docs.ts";

const rule: Rule = {
  id: "secret-name-suffix",
  title: "A secret's name does not look like it had a suffix",
  description: "Secrets Manager adds a hyphen and six characters.",
  severity: "warning",
  subject: "secret",
  link: "content",
  remedy: "Choose another name.",
  references: ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html"],
  notes: "A name that a template computes.",
};

const example = (name: string, kind: Example["kind"], text: string): Example => ({
  name,
  kind,
  files: [{ path: name, text }],
  output: kind === "bad" ? "warning[secret-name-suffix]: …\n" : "passed: no findings\n",
});

test("a page shows the rule, an example with its output, the fix in the same format, and links all examples", () => {
  const examples = [
    example("name.bad.json", "bad", "{}\n"),
    example("name.bad.yaml", "bad", "Name: db-AbCdEf\n"),
    example("name.good.json", "good", "{}\n"),
    example("name.good.yaml", "good", "Name: db\n"),
  ];
  expect(
    renderPage(rule, examples),
  ).toBe(`<!-- Made by tools/docs.ts from the rule's metadata and examples: change those. -->

# secret-name-suffix

**A secret's name does not look like it had a suffix**

Severity: warning. Judges each secret.

## What it finds

Secrets Manager adds a hyphen and six characters.

## Example

\`name.bad.yaml\`

\`\`\`yaml
Name: db-AbCdEf
\`\`\`

The check prints:

\`\`\`text
warning[secret-name-suffix]: …
\`\`\`

## How to fix it

Choose another name.

\`name.good.yaml\`

\`\`\`yaml
Name: db
\`\`\`

## What it does not see

A name that a template computes.

## All examples

Each has what the check prints of it beside it, in a file that ends in \`.out\`.

- [name.bad.json](../../policies/rules/secret/secret-name-suffix/examples/name.bad.json) has a finding
- [name.bad.yaml](../../policies/rules/secret/secret-name-suffix/examples/name.bad.yaml) has a finding
- [name.good.json](../../policies/rules/secret/secret-name-suffix/examples/name.good.json) passes
- [name.good.yaml](../../policies/rules/secret/secret-name-suffix/examples/name.good.yaml) passes

## References

- <https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html>
`);
});

test("a rule of the AWS page says so", () => {
  expect(renderPage({ ...rule, id: "secret-arn-format" }, [])).toContain(
    "Severity: warning. Judges each secret. Said by the AWS page on [specifying sensitive data for Batch](https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html).",
  );
});

test("the table has a part for each kind of subject", () => {
  const table = renderTable([rule, { ...rule, id: "secret-arn-format", subject: "job_definition", title: "a | b" }]);
  expect(table.slice(table.indexOf("## "))).toBe(`## Each secret

| rule | severity | said by AWS | what must hold |
|---|---|---|---|
| [secret-name-suffix](secret-name-suffix.md) | warning |  | A secret's name does not look like it had a suffix |

## Each job definition

| rule | severity | said by AWS | what must hold |
|---|---|---|---|
| [secret-arn-format](secret-arn-format.md) | warning | yes | a \\| b |
`);
});

test("the table in the README is replaced, and nothing else", () => {
  const readme = (table: string) =>
    `# Title\n\n<!-- rules: made by tools/docs.ts -->\n${table}<!-- end of rules -->\n\nMore.\n`;
  expect(withRules(readme("old\n"), [rule])).toBe(
    readme(`
| rule | severity | what must hold |
|---|---|---|
| [\`secret-name-suffix\`](docs/rules/secret-name-suffix.md) | warning | A secret's name does not look like it had a suffix |

`),
  );
});

test("the README shows the first finding of a report", () => {
  const readme = (example: string) => `<!-- example: made by tools/docs.ts -->\n${example}<!-- end of example -->\n`;
  const report = "error[a]: first\n --> x:1:1\n\n  = fix: write\n\nwarning[b]: second\n\nfailed: 1 error\n";
  expect(withExample(readme("old\n"), report)).toBe(
    readme("\n```text\nerror[a]: first\n --> x:1:1\n\n  = fix: write\n```\n\n"),
  );
});
