/** Folders that several root modules share through links, as estates have `envs/dev/modules -> ../../modules`. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../src/check.ts";
import { defaultConfig } from "../src/config/config.ts";
import { writeFiles } from "./support/files.ts";

const ROOT = `module "jobs" {
  source = "./modules/jobs"
}
`;

const FILES = {
  "envs/dev/main.tf": ROOT,
  "envs/prod/main.tf": ROOT,
  "modules/jobs/main.tf": `resource "aws_batch_job_definition" "nightly" {
  name                 = "nightly"
  type                 = "container"
  container_properties = jsonencode(yamldecode(templatefile("\${path.module}/container.yml", { secret = "db" })))
}
`,
  "modules/jobs/container.yml": `image: busybox
command: ["true"]
resourceRequirements:
  - { type: VCPU, value: "1" }
  - { type: MEMORY, value: "512" }
secrets:
  - name: DB
    valueFrom: arn:aws:secretsmanager:eu-west-1:111122223333:secret:\${secret}
`,
};

test("a finding in a linked module is in the file that people change, once for all root modules", async () => {
  const root = mkdtempSync(join(tmpdir(), "linked-"));
  try {
    writeFiles(root, FILES);
    for (const environment of ["dev", "prod"]) {
      const link = join(root, "envs", environment, "modules");
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync("../../modules", link);
    }
    const { report, world } = await check({ root, paths: [], ignore: [], config: defaultConfig, failOn: "error" });
    expect(new Set(report.findings.map(({ location }) => location.path))).toEqual(
      new Set(["modules/jobs/container.yml"]),
    );
    const rules = report.findings.map(({ rule, location }) => `${rule} ${location.path}:${location.start.line}`);
    expect(rules).toEqual([...new Set(rules)]);
    expect(world.jobs.map(({ unit }) => unit).sort()).toEqual(["envs/dev/*.tf", "envs/prod/*.tf"]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
