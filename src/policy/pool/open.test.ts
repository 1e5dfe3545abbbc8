import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { container, job, reference, unit } from "../../../test/support/units.ts";
import { type BuiltCase, buildCases } from "../../facts/cases.ts";
import { link } from "../../facts/link.ts";
import type { Judgement } from "../../facts/schema/judgement.ts";
import { evaluator, type Policy } from "../evaluate.ts";
import { openPolicy } from "../load.ts";
import { openPool } from "./open.ts";

const folder = mkdtempSync(join(tmpdir(), "pool-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function casesOf(count: number): Promise<readonly BuiltCase[]> {
  const jobs = Array.from({ length: count }, (_, index) => {
    const arn = `arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-${index}-AbCdEf`;
    return job(
      "a",
      `Job${index}`,
      container({ secrets: [reference(`${index}`, index % 3 === 0 ? `${arn}:a:` : arn)] }),
    );
  });
  return [...buildCases(await link([unit("a", { job_definitions: jobs })]), new Set(["job_definition"]))];
}

const policy = await openPolicy();

/** The policy, which counts what it judges. */
function counting(): Policy & { readonly judged: () => number } {
  let judged = 0;
  return {
    evaluate: (json) => {
      judged++;
      return policy.evaluate(json);
    },
    judged: () => judged,
  };
}

/** What a pool of two threads says of cases, by their subjects; the threads run a program in place of the policy. */
async function judged(cases: Iterable<BuiltCase>, program?: string, own: Policy = policy) {
  const path = program && join(folder, `${program.length}.mjs`);
  if (path) writeFileSync(path, `import { parentPort } from "node:worker_threads";\n${program}`);
  const pool = openPool(2, own, path);
  const said: [string, Judgement][] = [];
  try {
    await pool.judge(cases, ({ input }, judgement) => said.push([input.subject.id, judgement]));
    return said;
  } finally {
    await pool.end();
  }
}

test("several threads say what one says, in the order of the cases", async () => {
  const cases = await casesOf(100);
  const evaluate = evaluator(policy);
  const alone = cases.map(({ input }) => [input.subject.id, evaluate(input)] as const);
  expect(alone.filter(([, { findings }]) => findings.length > 0).length).toBeGreaterThan(30);
  expect(await judged(cases)).toEqual(alone);
});

test("what the threads have no room for is judged here", async () => {
  const cases = await casesOf(200);
  const own = counting();
  const slow = `parentPort.on("message", (cases) => setTimeout(() => parentPort.postMessage(
    cases.map(() => ({ json: '[{"result": "by a thread"}]' }))), 50));`;
  const said = await judged(cases, slow, own);
  expect(said.map(([id]) => id)).toEqual(cases.map(({ input }) => input.subject.id));
  expect(own.judged()).toBeGreaterThan(0);
  expect(said.filter(([, judgement]) => `${judgement}` === "by a thread").length).toBe(200 - own.judged());
});

test("no case has no answer", async () => {
  expect(await judged([])).toEqual([]);
});

test("cases are built no further ahead than threads need", async () => {
  const cases = await casesOf(200);
  let built = 0;
  let most = 0;
  function* counted() {
    for (const one of cases) {
      built++;
      yield one;
    }
  }
  const pool = openPool(2, policy);
  let taken = 0;
  await pool.judge(counted(), () => {
    most = Math.max(most, built - taken++);
  });
  await pool.end();
  expect([built, taken]).toEqual([200, 200]);
  expect(most).toBeLessThan(100);
});

test("a failure names the first case that failed", async () => {
  const failing = `parentPort.on("message", (cases) => parentPort.postMessage(
    cases.map((json) => /"Job(?:33|40)"/.test(json) ? { failure: "it is full" } : { json: '[{"result": {}}]' })));`;
  await expect(judged(await casesOf(60), failing)).rejects.toThrow(
    "the policy failed on the job definition a#Job33: it is full",
  );
});

test("a thread that ends is a failure, not a wait for ever", async () => {
  await expect(judged(await casesOf(60), `parentPort.once("message", () => process.exit(7));`)).rejects.toThrow(
    "the policy failed: a thread ended: exit code 7",
  );
  await expect(judged(await casesOf(60), `throw new Error("no policy");`)).rejects.toThrow(
    "the policy failed: a thread ended: no policy",
  );
});
