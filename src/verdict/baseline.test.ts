import { expect, test } from "vitest";
import { checkFiles } from "../../test/support/checked.ts";
import { finding, placeAt } from "../report/testing.ts";
import { applyBaseline, baselineOf, baselineText, parseBaseline } from "./baseline.ts";

const subject = (address: string) => ({ kind: "job_definition", address }) as const;
const a = finding({ fingerprint: "a", subject: subject("a"), location: placeAt("a.json", 3) });
const b = finding({ fingerprint: "b", subject: subject("b"), location: placeAt("b.json", 4) });
const written = finding({ rule: "no-plaintext-secrets", fingerprint: "c" });
const never = new Set(["no-plaintext-secrets"]);
const digest = async ({ fingerprint }: { fingerprint: string }) => `digest of ${fingerprint}`;

const entryOf = (name: string) => ({
  rule: "secret-selector-format",
  fingerprint: name,
  digest: `digest of ${name}`,
  path: `${name}.json`,
  subject: name,
});

test("a baseline has each finding but suppressed ones and written-down credentials, and is read again", async () => {
  const suppressed = { ...b, status: "suppressed" } as const;
  const { entries, refused } = await baselineOf([a, suppressed, written], digest, never);
  expect({ entries, refused }).toEqual({ entries: [entryOf("a")], refused: 1 });
  expect(parseBaseline(baselineText(entries), "known.json")).toEqual({ path: "known.json", entries });
});

test.each(["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [{"rule": "a"}]}'])(
  "%j is no baseline",
  (text) => {
    expect(parseBaseline(text, "known.json")).toEqual({
      path: "known.json",
      message: "This is no baseline: `check --write-baseline` writes one.",
    });
  },
);

const applied = async (...entries: readonly object[]) => {
  const baseline = parseBaseline(JSON.stringify({ version: 1, findings: entries }), "known.json");
  if ("message" in baseline) throw new Error(baseline.message);
  const { findings, notes } = await applyBaseline({ findings: [a, b, written], notes: [] }, baseline, digest, never);
  return { left: findings.filter(({ status }) => status === "new").map((one) => one.fingerprint), notes };
};
const note = (message: string) => ({ path: "known.json", message });

test("findings of the baseline are suppressed", async () => {
  expect(await applied(entryOf("a"))).toEqual({ left: ["b", "c"], notes: [] });
  expect(await applied(entryOf("a"), entryOf("b"))).toEqual({ left: ["c"], notes: [] });
});

test("a resource that has changed, another rule and a written-down credential void an entry", async () => {
  expect(await applied({ ...entryOf("a"), digest: "another" })).toEqual({
    left: ["a", "b", "c"],
    notes: [note("The entry of secret-selector-format for a does not count: what it is about has changed since.")],
  });
  expect((await applied({ ...entryOf("a"), rule: "secret-arn-format" })).left).toEqual(["a", "b", "c"]);
  expect(await applied({ ...entryOf("c"), rule: "no-plaintext-secrets" })).toEqual({
    left: ["a", "b", "c"],
    notes: [
      note(
        "The entry of no-plaintext-secrets for c does not count: a credential that is written down can't be in a baseline.",
      ),
    ],
  });
});

test("entries without a finding can be removed", async () => {
  const gone = ["d", "e", "f", "g"].map(entryOf);
  const one = "secret-selector-format for";
  expect((await applied(...gone.slice(0, 1))).notes).toEqual([
    note(
      `1 finding of the baseline can be removed, since nothing is found any more: ${one} d. \`check --write-baseline known.json\` writes it again.`,
    ),
  ]);
  expect((await applied(...gone)).notes).toEqual([
    note(
      `4 findings of the baseline can be removed, since nothing is found any more: ${one} d, ${one} e, ${one} f, …. \`check --write-baseline known.json\` writes it again.`,
    ),
  ]);
});

const BROKEN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf:password";
const terraform = (image: string, valueFrom = BROKEN) => `resource "aws_batch_job_definition" "job" {
  name = "job"
  type = "container"
  container_properties = jsonencode({
    image = "${image}"
    secrets = [{ name = "TOKEN", valueFrom = "${valueFrom}" }]
  })
}
`;
const yaml = (image: string) => `Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      ContainerProperties:
        Image: ${image}
        Secrets:
          - { Name: TOKEN, ValueFrom: "${BROKEN}" }
`;
const raw = (image: string) =>
  `{ "jobDefinitionName": "job", "type": "container",
  "containerProperties": { "image": "${image}", "secrets": [{ "name": "TOKEN", "valueFrom": "${BROKEN}" }] } }`;

test.each([
  ["main.tf", terraform, (text: string) => `# a comment\n\n${text.replace("type =", "type  =")}`],
  ["template.yaml", yaml, (text: string) => `Description: new\n\n${text}  Other:\n    Type: AWS::SNS::Topic\n`],
  ["job.json", raw, (text: string) => `\n\n${text}\n`],
])("in %s what moves stays known, and what changes does not", async (path, written, moved) => {
  const first = await checkFiles({ [path]: written("app:1") });
  const open = ({ findings }: { readonly findings: typeof first.report.findings }) =>
    findings.filter(({ status }) => status !== "suppressed").map(({ rule }) => rule);
  expect(open(first.report)).toContain("secret-selector-format");
  const known = { "known.json": baselineText((await first.baseline()).entries) };
  const configuration = { ".batch-secrets-check.yaml": "baseline: known.json\n" };
  const again = async (text: string) => (await checkFiles({ ...known, ...configuration, [path]: text })).report;
  expect(open(await again(written("app:1")))).toEqual([]);
  expect(open(await again(moved(written("app:1"))))).toEqual([]);
  expect((await again(written("app:1"))).verdict).toBe("pass");
  const changed = await again(written("app:2"));
  expect(open(changed)).toContain("secret-selector-format");
  expect(changed.verdict).toBe("fail");
});
