import { expect, test } from "vitest";
import { container, job, reference, unit } from "../../test/support/units.ts";
import { link } from "../facts/link.ts";
import type { Case } from "../facts/schema.ts";
import { judge } from "./judge.ts";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
const rules = [
  {
    id: "any",
    title: "",
    description: "",
    severity: "error",
    subject: "job_definition",
    link: null,
    remedy: "",
    references: [],
    notes: "",
    enabled: true,
  },
] as const;

const withSecrets = (name: string, count: number) =>
  job("a", name, container({ secrets: Array.from({ length: count }, (_, index) => reference(`${index}`, SECRET)) }));

/** The jobs that were judged, and what is said of the others. */
async function judged(jobs: readonly ReturnType<typeof job>[], characters?: number) {
  const units = [unit("a", { job_definitions: [...jobs] })];
  const seen: string[] = [];
  const evaluate = ({ subject }: Case) => {
    seen.push(subject.id);
    return { findings: [], unverified: [], proofs: [] };
  };
  const { problems } = judge(await link(units), units, evaluate, rules, { characters });
  return { seen, said: problems.map(({ message }) => message) };
}

test("a job with more secrets than AWS Batch takes is named, and not judged", async () => {
  expect(await judged([withSecrets("Large", 2_000), withSecrets("Small", 1)], 0)).toEqual({
    seen: ["a#Small"],
    said: [
      "Large depends on too much to be judged in one run, so it was not judged. Fix the file, or exclude it with `paths-ignore`.",
    ],
  });
});

test("many that cost more than they are long are judged as far as a run can afford, and the rest is counted", async () => {
  const jobs = Array.from({ length: 30 }, (_, index) => withSecrets(`Job${index}`, 1_000));
  const { seen, said } = await judged(jobs, 0);
  expect(seen.length).toBe(12);
  expect(said).toEqual([expect.stringContaining("Job12 and 17 others depend on too much to be judged in one run")]);
});

test("what is written pays for itself", async () => {
  const jobs = Array.from({ length: 30 }, (_, index) => withSecrets(`Job${index}`, 1_000));
  expect((await judged(jobs, 3_000_000)).said).toEqual([]);
  expect((await judged(jobs)).said).toEqual([]);
});
