/** The estate in the stand-in of AWS and in files, and programs of the sources that are run beside it. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACCOUNT, type StandIn, startAws } from "../aws-stand-in/proxy.ts";
import { build } from "./build.ts";
import { ESTATE, GONE } from "./estate.ts";
import { terraform } from "./terraform.ts";

const cli = join(import.meta.dirname, "../../src/cli.ts");

/** Where programs run, and what is in it: `terraform/REGION/`, the files that say what was made, and `jobs/REGION/`. */
export const folder = mkdtempSync(join(tmpdir(), "collect-"));

/** A folder of nothing but job definitions, as the account has them. */
export const jobs = join(folder, "jobs");

/** Makes all of it. */
export async function startEstate(): Promise<StandIn> {
  const aws = await startAws();
  for (const one of ESTATE) write(`terraform/${one.region}/main.tf.json`, terraform(one, ACCOUNT));
  for (const [region, all] of await build(ESTATE, aws.url, ACCOUNT)) {
    for (const one of all) write(`jobs/${region}/${one.jobDefinitionName}.json`, JSON.stringify(one, null, 2));
  }
  await build([GONE], aws.url, ACCOUNT);
  return aws;
}

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

type Environment = Readonly<Record<string, string>>;

/** Runs the command with the credentials and the Region of the stand-in. */
export function runCommand(aws: StandIn, args: readonly string[], environment: Environment = {}): Promise<Ran> {
  return start(aws, cli, args, environment);
}

/** Runs a program of the sources. */
export function start(aws: StandIn, program: string, args: readonly string[], given: Environment): Promise<Ran> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: "collector",
    AWS_SECRET_ACCESS_KEY: "collector",
    AWS_REGION: "eu-west-1",
    AWS_EC2_METADATA_DISABLED: "true",
    ...given,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env, cwd: folder, maxBuffer: 1 << 26 }, (error, out, said) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, out, said });
    });
  });
}
