import { expect, test } from "vitest";
import type { Rule } from "../src/policy/rules.ts";
import { renderIndex, renderPage, withExample, withRules } from "./docs.ts";
import type { Example } from "./examples.ts";

const rule: Rule = {
  id: "secret-name-suffix",
  title: "A secret's name does not look like it had a suffix",
  description: "Jobs read another secret. Secrets Manager adds a hyphen and six characters.",
  severity: "warning",
  subject: "secret",
  link: "content",
  enabled: true,
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

test("a page says what goes wrong and why, shows the shortest pair of examples, folds the others, and links all", () => {
  const examples = [
    example("long.bad.json", "bad", '{ "Name": "db-AbCdEf" }\n'),
    example("name.bad.json", "bad", "{}\n"),
    example("name.bad.yaml", "bad", "Name: db-AbCdEf\n"),
    example("name.good.json", "good", "{}\n"),
    example("name.good.yaml", "good", "Name: db\n"),
  ];
  expect(
    renderPage(rule, examples, {
      report: "https://github.com/example/jobs/issues/7",
      bad: "name.bad.yaml",
      good: "name.good.yaml",
    }),
  ).toBe(`<!-- Made by tools/docs.ts from the rule's metadata and examples: change those. -->

# secret-name-suffix

**A secret's name does not look like it had a suffix.**

Severity: warning. Checks: secrets. Link of the chain: content.

## What goes wrong

Jobs read another secret.

## Why

Secrets Manager adds a hyphen and six characters.

- <https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html>

## Bad

\`name.bad.json\`

\`\`\`json
{}
\`\`\`

\`\`\`text
warning[secret-name-suffix]: …
\`\`\`

## Good

\`name.good.json\`

\`\`\`json
{}
\`\`\`

<details><summary>CloudFormation</summary>

### Bad

\`name.bad.yaml\`

\`\`\`yaml
Name: db-AbCdEf
\`\`\`

\`\`\`text
warning[secret-name-suffix]: …
\`\`\`

### Good

\`name.good.yaml\`

\`\`\`yaml
Name: db
\`\`\`

</details>

## How to fix

Choose another name.

## Limitations

A name that a template computes.

## All examples

The output of the check is beside each example, in a file that ends in \`.out\`.

- [long.bad.json](../../policies/rules/secret/secret-name-suffix/examples/long.bad.json) has a finding
- [name.bad.json](../../policies/rules/secret/secret-name-suffix/examples/name.bad.json) has a finding
- [name.bad.yaml](../../policies/rules/secret/secret-name-suffix/examples/name.bad.yaml) has a finding, as in <https://github.com/example/jobs/issues/7>
- [name.good.json](../../policies/rules/secret/secret-name-suffix/examples/name.good.json) passes
- [name.good.yaml](../../policies/rules/secret/secret-name-suffix/examples/name.good.yaml) passes
`);
});

test("a rule of the AWS page names it as its source", () => {
  expect(renderPage({ ...rule, id: "secret-arn-format" }, [])).toContain(
    "Source: [AWS documentation, specifying sensitive data for Batch](https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data-secrets.html).",
  );
});

test("the index has a part for each link of the chain, in its order, and one for rules of none", () => {
  const index = renderIndex([
    { ...rule, id: "no-plaintext-secrets", link: null, title: "a | b" },
    rule,
    { ...rule, id: "secret-arn-format", subject: "job_definition", link: "reference", enabled: false },
  ]);
  expect(index.slice(index.indexOf("## "))).toBe(`## Reference

\`valueFrom\` is a legal, complete and unambiguous reference in the right place.

| rule | severity | checks | what must hold |
|---|---|---|---|
| [secret-arn-format](secret-arn-format.md) | warning, off | job definitions | A secret's name does not look like it had a suffix |

## Content

It holds text, JSON where a key is asked for, that key, a value, that version.

| rule | severity | checks | what must hold |
|---|---|---|---|
| [secret-name-suffix](secret-name-suffix.md) | warning | secrets | A secret's name does not look like it had a suffix |

## No link

What should have been a secret, and policies that say too little or too much: no reference waits for these.

| rule | severity | checks | what must hold |
|---|---|---|---|
| [no-plaintext-secrets](no-plaintext-secrets.md) | warning | secrets | a \\| b |
`);
});

test("the index in the README is replaced, and nothing else", () => {
  const readme = (table: string) =>
    `# Title\n\n<!-- rules: made by tools/docs.ts -->\n${table}<!-- end of rules -->\n\nMore.\n`;
  expect(withRules(readme("old\n"), [rule])).toBe(
    readme(`
| link | holds when | rules |
|---|---|---|
| **content** | It holds text, JSON where a key is asked for, that key, a value, that version. | [\`secret-name-suffix\`](docs/rules/secret-name-suffix.md) |

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
