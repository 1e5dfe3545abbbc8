import { expect, test } from "vitest";
import type { Location } from "../source.ts";
import type { Remedy } from "../verdict/finding.ts";
import { renderComment } from "./comment.ts";
import { encodePath } from "./escape.ts";
import { headline, renderJobSummary, renderSummary, type SummaryOptions } from "./markdown.ts";
import { finding, placeAt, remedy, reportOf, unverified } from "./testing.ts";

const options: SummaryOptions = {
  address: ({ path, start }: Location) => `https://example.com/blob/${encodePath(path)}#L${start.line}`,
  commit: { sha: "abcdef0123", address: "https://example.com/commit/abcdef0123" },
  commented: new Set(),
  notes: [],
  limit: 60_000,
  measure: ({ length }) => length,
};

const role = finding({
  rule: "secret-read-allowed",
  message: "The role BatchRole may not read secret:db.",
  remedy: remedy("Add this statement to its policy.", '{\n  "Effect": "Allow"\n}'),
  location: placeAt("iam/role.json", 3, 9),
  related: [{ message: "The reference", location: placeAt("jobs/nightly.json", 7) }],
  help: "https://example.com/rules/secret-read-allowed.md",
});

test("a summary shows verdict, counts, findings, remedies, what is not verified and problems", () => {
  const commented = finding();
  const report = reportOf([role, commented], {
    unverified: [unverified(), unverified({ location: placeAt("jobs/nightly.json", 4) })],
    problems: [{ path: "broken.json", message: "Expected a comma.", line: 4 }],
  });
  expect(
    renderSummary(report, { ...options, commented: new Set([commented]), notes: ["The list is partial."] }),
  ).toBe(`### ❌ Batch secrets check: 1 file not checked, 2 errors

4 job definitions in 5 files · 13 of 17 secret references proven · 2 not verified · commit [\`abcdef0\`](https://example.com/commit/abcdef0123)

> The list is partial.

#### Not checked

The check fails until these files can be read.

- \`broken.json:4\` Expected a comma.


**\`nightly\`**<br>❌ The role BatchRole may not read \`secret:db\`. [\`role.json:3\`](https://example.com/blob/iam/role.json#L3)<br>❌ \`arn:aws:x:password\` has 3 resource parts. [\`nightly.json:7\`](https://example.com/blob/jobs/nightly.json#L7)

#### How to fix the finding without a line comment

❌ **[\`secret-read-allowed\`](https://example.com/rules/secret-read-allowed.md)** at [\`iam/role.json:3\`](https://example.com/blob/iam/role.json#L3)

Add this statement to its policy.

\`\`\`json
{
  "Effect": "Allow"
}
\`\`\`

- The reference: [\`jobs/nightly.json:7\`](https://example.com/blob/jobs/nightly.json#L7)


<details>
<summary><b>Not verified: 1 open question</b></summary>

The files don't contain enough to decide these; they neither pass nor fail.

- the role x is not declared in these files<br>1 reference · \`secret-read-allowed\`: [\`jobs/nightly.json:3\`](https://example.com/blob/jobs/nightly.json#L3), [\`jobs/nightly.json:4\`](https://example.com/blob/jobs/nightly.json#L4)<br>To settle it, add the role \`x\` with all its policies to the checked files.

</details>

`);
});

test("a comment on a line says what is wrong, what to write and where to read more", () => {
  expect(renderComment(finding(), options.address)).toBe(
    `❌ **\`arn:aws:x:password\` has 3 resource parts.**

Write \`arn:aws:x:password::\` instead.

<sub>[\`secret-selector-format\`](https://example.com/rules/secret-selector-format.md)</sub>`,
  );
});

test("a likely finding says so, and that it does not block", () => {
  const comment = renderComment(finding({ confidence: "likely" }), options.address);
  expect(comment).toMatch(/^⚠️ \*\*Likely: /);
  expect(comment).toMatch(/ · non-blocking<\/sub>$/);
});

test("code to paste is highlighted in its language", () => {
  const code = (language: Remedy["language"]) =>
    renderComment(finding({ remedy: remedy("Add:", "Effect: Allow", language) }), options.address).match(/```\w+/)?.[0];
  expect(code("yaml")).toBe("```yaml");
  expect(code("json")).toBe("```json");
  expect(code("hcl")).toBe("```hcl");
});

test("the headline tells the verdict", () => {
  const { summary } = reportOf([]);
  const words = (report: Parameters<typeof headline>[0]) => Object.values(headline(report)).join(" ");
  expect(words(reportOf([]))).toBe("✅ 17 secret references proven");
  expect(words(reportOf([], { unverified: [unverified()] }))).toBe(
    "✅ no problem found, 16 of 17 secret references proven",
  );
  expect(words(reportOf([], { summary: { ...summary, jobDefinitions: 0 } }))).toBe("⚪ no job definitions found");
  expect(words(reportOf([], { summary: { ...summary, references: 0, proven: 0 } }))).toBe("✅ no problem found");
  expect(words(reportOf([finding({ severity: "warning" })]))).toBe("⚠️ 1 warning");
  expect(words(reportOf([finding()], { verdict: "pass" }))).toBe("⚠️ 1 error");
  expect(words(reportOf([finding(), finding({ confidence: "likely" })]))).toBe("❌ 1 error, 1 warning");
});

test("suppressed findings stand apart, with their reason", () => {
  const suppressed = finding({
    status: "suppressed",
    suppression: { reason: "Moved @ops.", until: "2027-01-01", by: "configuration" },
  });
  const text = renderSummary(reportOf([suppressed], { verdict: "pass" }), options);
  expect(text).toContain("<summary><b>Suppressed: 1</b></summary>");
  expect(text).toContain(": Moved `@ops`. (until `2027-01-01`)");
  expect(text).not.toContain("- ❌");
});

test("findings are listed by job, five of one rule are one entry", () => {
  const of = (rule: string, address: string, line: number) =>
    finding({ rule, subject: { kind: "job_definition", address }, location: placeAt("a.json", line) });
  const same = [1, 2, 3, 4, 5].map((line) => of("secret-arn-format", `job-${line % 4}`, line));
  const text = renderSummary(reportOf([...same, of("x", "b", 9), of("y", "a", 10), of("z", "b", 11)]), options);
  const lines = text.split(/\n|<br>/).filter((line) => /^(❌|\*\*)/.test(line));
  expect(lines.slice(0, 6).map((line) => line.replace(/ ?\[`[^`]*`\]\(.*/, ""))).toEqual([
    "❌ **5 ×**",
    "**`b`**",
    "❌ `arn:aws:x:password` has 3 resource parts.",
    "❌ `arn:aws:x:password` has 3 resource parts.",
    "**`a`**",
    "❌ `arn:aws:x:password` has 3 resource parts.",
  ]);
  expect(text).toContain("in `job-1`, `job-2`, `job-3`, `job-0`<br>First: ");
});

test("many remedies are folded", () => {
  const four = [1, 2, 3, 4].map((line) => finding({ location: placeAt("a.json", line) }));
  expect(renderSummary(reportOf(four), options)).toContain("<details>\n<summary><b>How to fix</b></summary>");
});

test("a summary keeps to its limit and says what is missing", () => {
  const many = Array.from({ length: 2_000 }, (_, line) =>
    finding({ rule: `rule-${line}`, location: placeAt("😀".repeat(20), line + 1) }),
  );
  const text = renderSummary(reportOf(many), options);
  expect(text.length).toBeLessThanOrEqual(60_000);
  expect(text.match(/\n1980 more findings not shown here\.\n/g)).toHaveLength(2);
  const tight = renderSummary(reportOf(many), { ...options, limit: 8_000 });
  expect(tight.length).toBeLessThanOrEqual(8_000);
  expect(tight).toMatch(/\n19[89]\d more findings not shown here\.\n/);
  const linked = renderSummary(reportOf(many), { ...options, checks: "https://example.com/pull/1/checks" });
  expect(linked).toContain("\n1980 more findings: see the [job summary](https://example.com/pull/1/checks).\n");
  expect(text.isWellFormed()).toBe(true);
  expect(Buffer.byteLength(renderJobSummary(reportOf([...many, ...many, ...many]), options))).toBeLessThan(1_048_576);
});

test("the longest texts make a comment that GitHub takes", () => {
  const worst = "` ".repeat(5_000);
  const path = `${"é".repeat(150)}(.json`;
  const comment = renderComment(
    finding({
      message: worst,
      remedy: remedy(worst, worst.repeat(9)),
      location: placeAt(path, 1),
      related: Array.from({ length: 99 }, () => ({ message: worst, location: placeAt(path, 1) })),
    }),
    options.address,
  );
  expect(comment.length).toBeLessThan(60_000);
});

test("text of a pull request in any place stays text", () => {
  const evil =
    "<!-- batch-secrets-check summary 00000000 --> @octocat <img src=x> ::error::\n# x | `y` ![z](https://e.vil)";
  const report = reportOf(
    [
      finding({
        rule: evil,
        message: evil,
        remedy: remedy(evil, `${evil}\n\`\`\`\n@octocat`),
        location: placeAt(evil, 1),
        related: [{ message: evil, location: placeAt(evil, 2) }],
      }),
    ],
    { unverified: [unverified({ reason: evil, rule: evil })], problems: [{ path: evil, message: evil }] },
  );
  const text = renderSummary(report, { ...options, notes: [evil] });
  const outside = text.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, "").replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
  expect(outside).not.toMatch(/@|<!--|<img|::|!\[|^# x/m);
});
