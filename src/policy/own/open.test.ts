import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildBundle } from "../../../test/support/bundle.ts";
import { checkFiles } from "../../../test/support/checked.ts";
import type { Case } from "../../facts/schema.ts";
import { openOwnPolicies } from "./open.ts";
import { limits } from "./thread.ts";

const docs = join(import.meta.dirname, "../../../docs");
/** A bundle of a module, built by OPA as anyone would. */
function bundle(rego: string, entrypoints?: readonly string[], data?: object) {
  return {
    path: "own.tar.gz",
    bytes: buildBundle(rego, { ...(entrypoints && { entrypoints }), ...(data && { data }) }),
  };
}

const RULE = '{"id": "acme/a", "title": "A", "severity": "error", "subject": "job_definition"}';
const policy = (report: string, rules = `[${RULE}]`, more = "") =>
  `package batch_secrets_check\n\nrules := ${rules}\n\nreport := ${report}\n${more}`;

const input = {
  subject: { kind: "job_definition", id: "a#job", unit: "a", at: 0 },
  holes: {},
} as unknown as Case;
const nothing = { findings: [], unverified: [], proofs: [] };

/** What a bundle says of one case. */
function judged(file: ReturnType<typeof bundle>, limit = limits) {
  const own = openOwnPolicies([file], limit);
  try {
    return own.beside(input, nothing);
  } finally {
    own.end();
  }
}

const job = (image: string) =>
  JSON.stringify({
    jobDefinitionName: "nightly",
    type: "container",
    containerProperties: {
      image,
      command: ["run"],
      executionRoleArn: "arn:aws:iam::111122223333:role/batch",
      secrets: [{ name: "TOKEN", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token-AbCdEf" }],
    },
  });

test("the rule of the documentation finds, asks and passes, and the configuration governs it as any other", async () => {
  const rego = readFileSync(join(docs, "own-policy/pinned-image.rego"), "utf8");
  const policies = [bundle(rego)];
  const told = async (image: string, configuration = "{}") => {
    const files = { "job.json": job(image), ".batch-secrets-check.yaml": configuration };
    const { findings, unverified } = (await checkFiles(files, { policies })).report;
    const own = ({ rule }: { rule: string }) => rule === "acme/pinned-image";
    return [
      ...findings
        .filter(own)
        .map(({ severity, message, status, location }) => ({ severity, message, status, line: location.start.line })),
      ...unverified.filter(own).map(({ reason }) => reason),
    ];
  };
  const finding = {
    severity: "warning",
    message: "The image `app:latest` is not pinned by digest, and the job reads secrets.",
    status: "new",
    line: 1,
  };
  expect(await told("app:latest")).toEqual([finding]);
  expect(await told(`app@sha256:${"0".repeat(64)}`)).toEqual([]);
  expect(await told("app:${TAG}")).toEqual([
    "can't tell whether `app:${TAG}` is pinned by digest: `${TAG}` is filled in by another tool",
  ]);
  expect(await told("app:latest", "rules: { acme/pinned-image: error }")).toEqual([{ ...finding, severity: "error" }]);
  expect(await told("app:latest", "rules: { acme/pinned-image: off }")).toEqual([]);
  const suppressed = "suppressions: [{ rule: acme/pinned-image, reason: old }]";
  expect(await told("app:latest", suppressed)).toEqual([{ ...finding, status: "suppressed" }]);
  await expect(told("app:latest", "rules: { acme/pinned: off }")).rejects.toThrow(
    "the configuration names the rule acme/pinned, which no policy has",
  );
});

test("the page shows the rule as it is", () => {
  const page = readFileSync(join(docs, "write-your-own-rule.md"), "utf8");
  const rego = readFileSync(join(docs, "own-policy/pinned-image.rego"), "utf8");
  const blocks = [...page.matchAll(/```rego\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
  expect(blocks.length).toBe(2);
  for (const block of blocks) expect(rego).toContain(block);
});

test("a finding has the defaults of its rule, and data of the bundle counts", () => {
  const report = '{"findings": [{"rule": "acme/a", "message": data.words.message, "at": 0}]}';
  expect(judged(bundle(policy(report), undefined, { words: { message: "it is so" } }))).toEqual({
    ...nothing,
    findings: [
      {
        rule: "acme/a",
        severity: "error",
        confidence: "certain",
        message: "it is so",
        remedy: { text: "Make sure of this: A.", edits: [], add: null },
        at: 0,
        related: [],
        references: [],
        names: [],
        assumes: [],
      },
    ],
  });
});

const finding = (fields: string) => policy(`{"findings": [{"rule": "acme/a", "message": "m", "at": 0, ${fields}}]}`);

test.each([
  ["a report that is no object", policy('"none"'), "report must be an object"],
  ["a report without findings", policy("{}"), "report.findings must be a list"],
  [
    "another key",
    policy('{"findings": [], "violations": []}'),
    "report has violations, which is not one of findings, unverified",
  ],
  ["an undefined report", policy("{} if input.never"), "report is undefined"],
  [
    "a finding without words",
    policy('{"findings": [{"rule": "acme/a", "at": 0, "message": ""}]}'),
    "report.findings[0].message must be a string that is not empty",
  ],
  [
    "a finding without a place",
    policy('{"findings": [{"rule": "acme/a", "message": "m"}]}'),
    "report.findings[0].at must be the `at` of something in the case",
  ],
  [
    "another severity",
    finding('"severity": "high"'),
    "report.findings[0].severity must be one of error, warning, info",
  ],
  [
    "another rule",
    policy('{"findings": [{"rule": "secret-arn-format", "message": "m", "at": 0}]}'),
    "report.findings[0].rule must be the id of one of the policy's own rules",
  ],
  ["no rules", policy('{"findings": []}', "[]"), "rules must be a list of at least one rule"],
  [
    "the name of a built-in rule",
    policy('{"findings": []}', `[${RULE.replace("acme/a", "secret-arn-format")}]`),
    "rules[0].id must be a namespace and a name, such as acme/pinned-image, not secret-arn-format",
  ],
  [
    "another subject",
    policy('{"findings": []}', `[${RULE.replace("job_definition", "job")}]`),
    "rules[0].subject must be one of job_definition, policy, secret, network, compute_environment",
  ],
])("%s fails closed", (_, rego, message) => {
  expect(() => judged(bundle(rego))).toThrow(/^the policy own\.tar\.gz answered wrongly/);
  expect(() => judged(bundle(rego))).toThrow(message);
});

test("a missing entrypoint and an unknown function are named", () => {
  expect(() => judged(bundle(policy('{"findings": []}'), ["report"]))).toThrow(
    "the policy own.tar.gz failed: it has no entrypoint batch_secrets_check/rules: build it with `--entrypoint batch_secrets_check/rules`",
  );
  const sends = policy('{"findings": [http.send({"method": "GET", "url": "https://example.com"})]}');
  expect(() => judged(bundle(sends))).toThrow(
    "the policy own.tar.gz failed: it needs http.send, which policies can't use here",
  );
});

test("what is no bundle is refused", () => {
  const open = (bytes: Uint8Array) => () => openOwnPolicies([{ path: "own.tar.gz", bytes }]);
  expect(open(Buffer.from("package a"))).toThrow("the policy own.tar.gz is no bundle");
  expect(open(gzipSync(Buffer.alloc(1024)))).toThrow("the policy own.tar.gz has no compiled module in it");
  const { bytes } = bundle(policy('{"findings": []}'));
  expect(open(bytes.subarray(0, 10_000))).toThrow("the policy own.tar.gz is no bundle");
});

test("two bundles can't have one rule", () => {
  const one = bundle(policy('{"findings": []}'));
  expect(() => openOwnPolicies([one, { ...one, path: "other.tar.gz" }])).toThrow(
    "the policy other.tar.gz has the rule acme/a, which own.tar.gz has too",
  );
});

const product =
  "count([1 | some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); a * b == 0; some c in numbers.range(1, 3000); c > b])";

test("a policy that does not end is ended", () => {
  const file = bundle(policy(`{"findings": [x | x := ${product}]}`));
  expect(() => judged(file, { ...limits, time: 300 })).toThrow(
    "the policy own.tar.gz failed: it gave no answer within 0.3 seconds, with 256 MB of memory",
  );
});

test("a policy that needs too much memory is ended", () => {
  const large = "count([a | some a in numbers.range(1, 2000000)])";
  expect(() => judged(bundle(policy(`{"findings": [x | x := ${large}]}`)), { ...limits, memory: 16 })).toThrow(
    /^the policy own\.tar\.gz failed: /,
  );
});
