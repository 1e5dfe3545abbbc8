import { expect, test } from "vitest";
import { judge } from "../../test/support/judged.ts";
import { at, container, job, reference, text, unit } from "../../test/support/units.ts";
import { link } from "../facts/link.ts";
import type { Case } from "../facts/schema.ts";
import { BEYOND } from "../facts/text.ts";

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

/** A job whose case weighs 19,600. */
const heavy = (name: string) => {
  const at = { file: { path: "a", text: "" }, start: 0, end: 0 };
  const value = { value: "x".repeat(200 + 20 * 19_500), at };
  return job("a", name, container({ environment: [{ name: { value: "A", at }, value, at }] }));
};

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

test("of more than a run can afford some are judged, and the rest is counted", async () => {
  const jobs = Array.from({ length: 60 }, (_, index) => heavy(`Job${index}`));
  const { seen, said } = await judged(jobs, 0);
  expect(seen.length).toBe(15);
  expect(said).toEqual([expect.stringContaining("Job15 and 44 others depend on too much to be judged in one run")]);
});

test("a job whose values are longer than AWS Batch takes is named, and not judged", async () => {
  const long = job("a", "Long", container({ secrets: [reference("A", `${SECRET}${":a".repeat(1_000_000)}`)] }));
  expect((await judged([long, withSecrets("Small", 1)], 0)).seen).toEqual(["a#Small"]);
});

/** A job whose variables have these values. */
const withValues = (name: string, values: readonly string[]) =>
  job(
    "a",
    name,
    container({ environment: values.map((value, index) => ({ name: text(`V${index}`), value: text(value), at })) }),
  );

test("a job with more unknown values than anybody writes is named, and not judged", async () => {
  const values = (count: number) => Array.from({ length: count }, (_, index) => `⟨*value ${index}@a⟩`);
  const { seen, said } = await judged([withValues("Large", values(5_000)), withValues("Small", values(50))]);
  expect([seen, said.length]).toEqual([["a#Small"], 1]);
});

test("a job with a value that represents many others is named, and not judged", async () => {
  const { seen, said } = await judged([withValues("One", [`⟨*${BEYOND}⟩`]), withValues("Other", ["a"])]);
  expect([seen, said]).toEqual([["a#Other"], [expect.stringContaining("One depends on too much to be judged")]]);
});

test("a job with more of anything than anybody writes is named, and not judged", async () => {
  const note = { kind: "misplaced-key", key: "secrets", expected: null, means: null, at } as const;
  const withNotes = (name: string, length: number) => ({
    ...withSecrets(name, 1),
    shape: Array.from({ length }, () => note),
  });
  const jobs = [withNotes("Large", 110_000), withNotes("Wrong", 1_000), withNotes("Usual", 50)];
  expect((await judged([...jobs, withSecrets("Small", 1)])).seen).toEqual(["a#Usual", "a#Small"]);
});

test("ten thousand small jobs are judged, if the characters that they need are there", async () => {
  const jobs = Array.from({ length: 10_000 }, (_, index) => withSecrets(`Job${index}`, 1));
  expect((await judged(jobs, 210 * jobs.length)).said).toEqual([]);
  expect((await judged(jobs, 0)).seen.length).toBe(2_500);
});

test("what is written pays for itself", async () => {
  const jobs = Array.from({ length: 60 }, (_, index) => heavy(`Job${index}`));
  expect((await judged(jobs, 3_000_000)).said).toEqual([]);
  expect((await judged(jobs)).said).toEqual([]);
});
