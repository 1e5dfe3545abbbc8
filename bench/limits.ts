/** Inputs that are short and mean a lot, or are long and mean little: what each costs until it is refused by name. */
import type { Files } from "./generate.ts";
import type { Program } from "./measure.ts";
import { run } from "./measure.ts";
import { head, ms, row } from "./print.ts";

const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf";

/** A job definition with so many secrets. */
function jobOf(secrets: number): string {
  return JSON.stringify({
    jobDefinitionName: "many",
    type: "container",
    containerProperties: {
      image: "busybox",
      executionRoleArn: "arn:aws:iam::111122223333:role/r",
      secrets: Array.from({ length: secrets }, (_, index) => ({ name: `S${index}`, valueFrom: SECRET })),
    },
  });
}

/** Root modules that each make so many jobs of one block. */
function counted(modules: number, jobs: number): Files {
  const text = `resource "aws_batch_job_definition" "j" {
  count                = ${jobs}
  name                 = "j"
  type                 = "container"
  container_properties = jsonencode({ image = "i", secrets = [{ name = "A", valueFrom = "${SECRET}" }] })
}
`;
  return new Map(Array.from({ length: modules }, (_, index) => [`m${index}/main.tf`, text]));
}

/** A template whose loops make so many jobs, squared. */
function looped(times: number): string {
  const items = Array.from({ length: times }, (_, index) => `${index}`);
  const job = { Type: "AWS::Batch::JobDefinition", Properties: { Type: "container" } };
  const inner = { "Fn::ForEach::B": ["B", items, { "Job${A}x${B}": job }] };
  return JSON.stringify({
    Transform: "AWS::LanguageExtensions",
    Resources: { "Fn::ForEach::A": ["A", items, inner] },
  });
}

const INPUTS: readonly (readonly [name: string, files: () => Files])[] = [
  ["one job with 20,000 secrets", () => new Map([["job.json", jobOf(20_000)]])],
  ["eight root modules of a million jobs each", () => counted(8, 1_000_000)],
  ["loops in a template for 90,000 jobs", () => new Map([["template.json", looped(300)]])],
  [
    "JSON of 60 million characters",
    () => new Map([["job.json", `{"jobDefinitionName": "x", "z": [${"1,".repeat(30_000_000)}1]}`]]),
  ],
  [
    "YAML of 4 million characters",
    () => new Map([["template.yaml", `Resources: # AWS::Batch\n  X: [${"a,".repeat(1_950_000)}a]\n`]]),
  ],
];

export function limits(check: () => Program, within: <T>(files: Files, use: (root: string) => T) => T): void {
  head("Inputs that are refused", "input", "time", "peak memory", "budget");
  for (const [name, files] of INPUTS) {
    within(files(), (root) => {
      const { milliseconds, peak } = run(check(), { cwd: root, peak: true });
      row(name, ms(milliseconds), `${peak.toFixed(0)} MB`, "10 s, 1,000 MB");
    });
  }
}
