/**
 * `collect` against the stand-in of AWS: what it asks, what it writes, and what it says when AWS does not answer.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openAws } from "../../src/aws/open.ts";
import { checkAccount } from "../../src/collect/account.ts";
import { call, operationNames, permissionOf } from "../../src/collect/calls.ts";
import { operationsFor } from "../../src/collect/policy.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { type Evidence, evidenceSchema } from "../../src/evidence/schema.ts";
import { json as jsonReport } from "../../src/report/json.ts";
import { DEFAULT_WIDTH, renderText } from "../../src/report/text.ts";
import { ACCOUNT, type StandIn } from "../aws-stand-in/proxy.ts";
import type { Fault } from "../aws-stand-in/refusals.ts";
import { answersIn } from "./answers.ts";
import { ESTATE, GONE, PLANTED } from "./estate.ts";
import { folder, jobs, runCommand, start, startEstate } from "./harness.ts";
import { buildShared, SHARED_REGION } from "./shared.ts";

/** On a loaded machine of two cores a program takes ten times as long as it should. */

let aws: StandIn;

beforeAll(async () => {
  aws = await startEstate();
});

afterAll(() => aws[Symbol.asyncDispose]());

beforeEach(() => {
  aws.fault = {};
  aws.pageSize = 100;
  aws.calls.length = 0;
});

const run = (args: readonly string[], environment?: Readonly<Record<string, string>>) =>
  runCommand(aws, args, environment);

function evidenceIn(path: string): readonly Evidence[] {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => evidenceSchema.parse(JSON.parse(readFileSync(join(path, name), "utf8"))));
}

describe("collect", () => {
  test("asks what the files leave open and what the answers lead to, each once, and writes evidence of each", async () => {
    const output = join(folder, "evidence-all");
    const { code, out, said } = await run(["collect", "jobs/eu-west-1", "--output", output]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    const evidence = evidenceIn(output);
    expect(said).toContain(`Account ${ACCOUNT}, eu-west-1: ${evidence.length} calls`);
    expect(said).toContain(`${evidence.length} files written to ${output}.`);
    const asked = new Set(evidence.map(({ call }) => call.operation));
    expect([...asked].sort()).toEqual(
      operationNames
        .filter(
          (name) => !["DescribeJobDefinitions", "DescribeLaunchTemplateVersions", "DescribeImages"].includes(name),
        )
        .sort(),
    );
    expect(aws.calls.filter((one) => !one.startsWith("sts:"))).toHaveLength(evidence.length);
    expect(JSON.stringify(evidence)).not.toContain("correct-horse");
  });

  test("asks each thing in the Region of its ARN", async () => {
    const { code } = await run(["collect", "jobs", "--output", "evidence-regions", "--region", "sa-east-1"]);
    expect(code).toBe(0);
    const described = aws.calls.filter((one) => one.startsWith("secretsmanager:DescribeSecret"));
    expect(new Set(described)).toEqual(new Set(ESTATE.map(({ region }) => `secretsmanager:DescribeSecret ${region}`)));
  });

  test("prints its first commands without asking", async () => {
    const { code, out } = await run(["collect", "jobs/eu-west-2", "--dry-run", "--profile", "prod"]);
    expect(code).toBe(0);
    expect(out.split("\n").slice(0, 3)).toEqual([
      "aws iam get-role --role-name net-eu-west-2 --profile prod",
      "aws iam list-role-policies --role-name net-eu-west-2 --profile prod",
      "aws iam list-attached-role-policies --role-name net-eu-west-2 --profile prod",
    ]);
    expect(out).toContain("# The answers lead to:");
    expect(aws.calls).toEqual([]);
  });

  test("prints a policy without an action that reads a value, by which everything can be asked", async () => {
    const { out } = await run(["collect", "jobs/eu-west-1", "--print-policy"]);
    const { Statement } = JSON.parse(out) as { Statement: readonly { readonly Action: readonly string[] }[] };
    const actions = Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((one) => /GetSecretValue|GetParameter|Decrypt|Create|Put|Delete|\*/.test(one))).toEqual([]);
    aws.fault = { allowed: new Set(actions) };
    const { said } = await run(["collect", "jobs/eu-west-1", "--output", "evidence-least"]);
    expect(said).not.toContain("denied");
  });

  test("waits when AWS throttles", async () => {
    aws.fault = { throttled: 1 };
    const { code } = await run(["collect", "jobs/eu-central-1", "--output", "evidence-throttled"]);
    expect(code).toBe(0);
  });

  test.each<[string, Fault, Readonly<Record<string, string>>, string]>([
    [
      "AWS throttles all the time",
      { throttled: 1000 },
      { AWS_MAX_ATTEMPTS: "2" },
      "AWS still throttles sts GetCallerIdentity in eu-west-1 after several attempts. Try again later.\n",
    ],
    [
      "the credentials expire on the way",
      { expiresAfter: 20 },
      {},
      "The AWS credentials have expired. Sign in again, for example with `aws sso login`.\n",
    ],
    [
      "AWS does not know the credentials",
      { unknown: true },
      {},
      "AWS does not accept the credentials in eu-west-1 (The stand-in says so: unknown sts:GetCallerIdentity). Check the profile, and whether the account has enabled this Region.\n",
    ],
    [
      "there are no credentials",
      {},
      { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
      "No AWS credentials were found (Could not load credentials from any providers). Set AWS_PROFILE, give --profile, or sign in.\n",
    ],
    [
      "no Region is configured",
      {},
      { AWS_REGION: "" },
      "No Region is configured. Give one with --region, in AWS_REGION, or in the profile.\n",
    ],
    [
      "nothing is there to answer",
      {},
      { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_MAX_ATTEMPTS: "1" },
      "sts in eu-west-1 can't be reached. Check the network, and try again.\n",
    ],
  ])("says in a sentence that %s, and writes nothing", async (_, fault, environment, sentence) => {
    aws.fault = fault;
    const output = join(folder, "evidence-none");
    const { code, out, said } = await run(["collect", "jobs/eu-west-1", "--output", output], environment);
    expect({ code, out, said }).toEqual({ code: 2, out: "", said: sentence });
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith("evidence-none"))).toEqual([]);
  });

  test("a permission that is missing is named, and all else is asked", async () => {
    aws.fault = { denied: new Set(["iam:GetRolePolicy", "ec2:DescribeSubnets"]) };
    const { code, said } = await run(["collect", "jobs/eu-west-1", "--output", "evidence-denied"]);
    expect(code).toBe(0);
    expect(said).toContain("ec2:DescribeSubnets is denied; still open: the subnets of a compute environment.");
    expect(said).toContain("iam:GetRolePolicy is denied; still open: an inline policy of a role.");
  });
});

describe("the action with `evidence: collect`", () => {
  const action = join(import.meta.dirname, "../../src/action.ts");
  const push = { GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/main" };
  const inputs = { INPUT_EVIDENCE: "collect", "INPUT_FAIL-ON": "never" };

  test("asks what the files of its run leave open, and counts the answers", async () => {
    const report = join(folder, "report.json");
    const { code, out } = await start(aws, action, [], {
      ...push,
      ...inputs,
      GITHUB_WORKSPACE: join(jobs, "eu-west-1"),
      RUNNER_TEMP: folder,
      "INPUT_REPORT-FILE": report,
    });
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`::notice title=Batch secrets check::Account ${ACCOUNT}, eu-west-1: \\d+ calls`));
    const byFiles = (await run(["check", "terraform/eu-west-1", "--format", "json", "--fail-on", "never"])).out;
    expect(answersIn(readFileSync(report, "utf8"))).toEqual(answersIn(byFiles));
    expect(readdirSync(jobs)).not.toContain(".batch-secrets-check");
  });
});

describe("the estate", () => {
  const json = ["--format", "json", "--fail-on", "never"];
  const regions = ESTATE.flatMap(({ region }) => ["--region", region]);
  const judged = async (...args: readonly string[]) => answersIn((await run([...args, ...json])).out);

  test("is judged the same from the files that made it and from the account", async () => {
    const byFiles = await judged("check", "terraform");
    expect(Object.keys(byFiles)).toHaveLength(ESTATE.flatMap((one) => one.jobs).length);
    expect(await judged("account", ...regions)).toEqual(byFiles);
    const broken = Object.keys(byFiles).filter((one) => byFiles[one]?.endsWith("agent broken"));
    expect(broken.map((one) => one.replace(/ec2-| .*/g, "")).sort()).toEqual([
      "af-south-1",
      "ap-northeast-2",
      "ap-southeast-1",
      "eu-central-2",
      "eu-south-1",
      "il-central-1",
    ]);
  });

  test.each(ESTATE.map(({ region }) => region))("is judged the same from evidence of %s", async (region) => {
    const evidence = join("evidence", region);
    await run(["collect", join("jobs", region), "--region", region, "--output", evidence]);
    const byEvidence = await judged("check", join("jobs", region), "--evidence", evidence);
    expect(byEvidence).toEqual(await judged("check", join("terraform", region)));
  });

  test.each(["me-south-1", "ap-east-1"])("shows no credential of user data in evidence of %s", async (region) => {
    const output = join(folder, "planted", region);
    await run(["collect", join("jobs", region), "--region", region, "--output", output]);
    const [{ UserData = "" } = {}] = evidenceIn(output).flatMap((one) =>
      "output" in one ? userDataIn(one.output) : [],
    );
    const decoded = Buffer.from(UserData, "base64").toString("utf8");
    expect(decoded).toContain("multipart/mixed");
    expect(`${decoded}${Buffer.from(decoded.split("\n\n")[2] ?? "", "base64")}`).toMatch(/DB_PASSWORD=\*+\n/);
    expect((await run(["account", "--region", region, "--fail-on", "never"])).out).not.toContain(PLANTED);
  });

  test("is read in pages", async () => {
    aws.pageSize = 3;
    const byPages = await judged("account", "--region", "eu-west-1");
    expect(Object.keys(byPages)).toHaveLength(ESTATE[0]?.jobs.length ?? 0);
  });
});

function userDataIn(answer: object): readonly { readonly UserData?: string }[] {
  const { LaunchTemplateVersions = [] } = answer as {
    readonly LaunchTemplateVersions?: readonly { readonly LaunchTemplateData: { readonly UserData?: string } }[];
  };
  return LaunchTemplateVersions.map((one) => one.LaunchTemplateData);
}

describe("what the account does not have", () => {
  beforeEach(signIn);

  test("is a finding, but in another account it says nothing", async () => {
    const { findings } = JSON.parse((await askAccount([GONE.region])).json) as ReportJson;
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`).sort()).toEqual([
      `execution-role-present: \`PASSWORD\` can't be read: the execution role \`arn:aws:iam::${ACCOUNT}:role/nobody\` does not exist.`,
      "secret-and-key-available: `PASSWORD` refers to `/nowhere`, which does not exist.",
      `secret-and-key-available: \`PASSWORD\` refers to \`arn:aws:secretsmanager:${GONE.region}:${ACCOUNT}:secret:nowhere-AbCdEf\`, which does not exist.`,
    ]);
  });

  test("but may have another account counts as far as that lets it be seen", async () => {
    await buildShared(aws.url, ACCOUNT);
    const { json, said } = await askAccount([SHARED_REGION]);
    const { findings, unverified } = JSON.parse(json) as ReportJson;
    expect(findings.map(({ rule }) => rule)).toEqual(["cross-account-secret-key"]);
    expect(answersIn(json)).toEqual({
      "shared PASSWORD":
        "reference proven, role proven, trust proven, read proven, decrypt broken, network outside, agent proven",
      "unshared PASSWORD":
        "reference proven, role proven, trust proven, read open, decrypt open, network outside, agent proven",
    });
    expect(unverified.filter(({ reason }) => !reason.includes("secretsmanager:DescribeSecret"))).toEqual([]);
    expect(said).toContain(
      "secretsmanager:DescribeSecret is denied; still open: whether a secret exists, and its key.",
    );
  });
});

/** The credentials of whoever asks within this process. */
function signIn(): void {
  vi.stubEnv("AWS_ENDPOINT_URL", aws.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "collector");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "collector");
}

describe("the least policy", () => {
  /** All is right; jobs leave by a route; private DNS can't work; it is off; and jobs run on instances. */
  const regions = ["eu-central-1", "us-west-2", "ap-northeast-1", "eu-west-3", "us-west-1"];
  const needed = operationsFor(["jobs"]);
  /** A network ACL that lets everything through changes nothing, and there is no NAT gateway. */
  const spare: ReadonlySet<string> = new Set(["DescribeNetworkAcls", "DescribeNatGateways"]);
  let whole: Asked | undefined;

  beforeEach(signIn);

  const askWhole = async () => {
    whole ??= await askAccount(regions);
    return whole;
  };

  test("is what is asked, and decides every link", async () => {
    const { json, permissions } = await askWhole();
    expect(Object.values(answersIn(json)).filter((one) => /open|outside/.test(one))).toEqual([]);
    expect(new Set(permissions)).toEqual(new Set(needed.map((name) => permissionOf(call(name, null)))));
  });

  test.each(needed)("without %s something named is open, and nothing new is found", async (name) => {
    const permission = permissionOf(call(name, null));
    const before = await askWhole();
    aws.fault = { denied: new Set([permission]) };
    const { json, text, said } = await askAccount(regions);
    const { findings, unverified, problems } = JSON.parse(json) as ReportJson;
    const known = (JSON.parse(before.json) as ReportJson).findings.map(({ fingerprint }) => fingerprint);
    expect(findings.filter(({ fingerprint }) => !known.includes(fingerprint))).toEqual([]);
    expect(said.filter((one) => one.startsWith(`${permission} is denied; still open: `))).toHaveLength(1);
    const [now, then] = [answersIn(json), answersIn(before.json)];
    const changed = Object.entries(then).filter(([job, links]) => now[job] !== links);
    expect(changed.length > 0).toBe(!spare.has(name));
    const asks = unverified.filter(({ settles }) => settles?.kind === "permission" && settles.name === permission);
    const named = asks.length > 0 || problems.some(({ message }) => message.includes(permission));
    expect([named, text.includes(permission)]).toEqual([!spare.has(name), !spare.has(name)]);
  });
});

interface ReportJson {
  readonly findings: readonly { readonly rule: string; readonly fingerprint: string; readonly message: string }[];
  readonly unverified: readonly {
    readonly reason: string;
    readonly settles: { readonly kind: string; readonly name: string } | null;
  }[];
  readonly problems: readonly { readonly message: string }[];
}

/** What the account of the stand-in says, asked within this process. */
async function askAccount(regions: readonly string[]): Promise<Asked> {
  const { who, ask } = await openAws({ profile: undefined, region: regions[0] });
  aws.calls.length = 0;
  const options = { config: defaultConfig, failOn: "error", chains: true, regions, allRevisions: false } as const;
  const { report, excerpts, said } = await checkAccount({ who, ask, ...options });
  const permissions = aws.calls.map((one) => one.split(" ")[0] ?? "");
  const text = renderText(report, excerpts, { colour: false, width: DEFAULT_WIDTH });
  return { json: jsonReport.write(report), text, said, permissions };
}

interface Asked {
  readonly json: string;
  readonly text: string;
  readonly said: readonly string[];
  readonly permissions: readonly string[];
}
