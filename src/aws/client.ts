/**
 * Asks AWS with its SDK. Only `collect` and `account` load this, and only on a Node that the SDK supports.
 *
 * Credentials come from wherever the AWS CLI finds them: the environment, a profile, SSO, a web identity such as that of
 * GitHub Actions, a container, an instance.
 */
import { BatchClient } from "@aws-sdk/client-batch";
import { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { Route53Client } from "@aws-sdk/client-route-53";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { type Call, type Output, operationOf } from "../collect/calls.ts";
import type { Ask } from "../collect/gather.ts";
import type { Identity } from "../collect/plan.ts";
import { COMMANDS } from "./commands.ts";
import { answerOf, stopped } from "./errors.ts";
import { plainOutput } from "./output.ts";

export interface AwsOptions {
  readonly profile: string | undefined;
  readonly region: string | undefined;
  /** A role to assume with the credentials that are found. */
  readonly role?: string | undefined;
}

export interface Aws {
  readonly who: Identity;
  readonly ask: Ask;
}

/** What is used of a client of the SDK. */
interface Client {
  readonly send: (command: object) => Promise<object>;
}

const CLIENTS = {
  secretsmanager: SecretsManagerClient,
  ssm: SSMClient,
  kms: KMSClient,
  iam: IAMClient,
  batch: BatchClient,
  ec2: EC2Client,
  route53: Route53Client,
  sts: STSClient,
} as const;

/** The SDK waits longer before each attempt, up to 20 s, a minute in all. `AWS_MAX_ATTEMPTS` counts where it is set. */
const ATTEMPTS = 8;
/** Milliseconds. No endpoint that is reachable needs as long. */
const CONNECT = 5_000;
const ANSWER = 30_000;

/** Looks for credentials, and asks whose they are. Throws a sentence when there are none, or none that AWS accepts. */
export async function openAws({ profile, region, role }: AwsOptions): Promise<Aws> {
  const clientConfig = { maxAttempts: 3, requestHandler: { connectionTimeout: CONNECT, requestTimeout: ANSWER } };
  const found = fromNodeProviderChain({ ...(profile === undefined ? {} : { profile }), clientConfig });
  const params = { RoleArn: role, RoleSessionName: "batch-secrets-check" };
  const inRegion = region === undefined ? {} : { region };
  const credentials =
    role === undefined
      ? found
      : fromTemporaryCredentials({ masterCredentials: found, params, clientConfig: { ...clientConfig, ...inRegion } });
  const shared = {
    credentials,
    ...(process.env["AWS_MAX_ATTEMPTS"] === undefined ? { maxAttempts: ATTEMPTS } : {}),
    ...(profile === undefined ? {} : { profile }),
    requestHandler: { connectionTimeout: CONNECT, requestTimeout: ANSWER },
  };
  const sts = new STSClient({ ...shared, ...inRegion });
  const own = await ownRegion(sts);
  const clients = new Map<string, Client>();
  const clientFor = ({ service, region: wanted }: Call): Client => {
    const key = `${service} ${wanted}`;
    const known = clients.get(key);
    if (known) return known;
    const made = new CLIENTS[service]({ ...shared, region: wanted ?? own }) as unknown as Client;
    clients.set(key, made);
    return made;
  };
  return { who: await identityOf(sts, own), ask: (one) => ask(clientFor(one), one) };
}

async function ownRegion(sts: STSClient): Promise<string> {
  try {
    return await sts.config.region();
  } catch {
    throw new Error("No Region is configured. Give one with --region, in AWS_REGION, or in the profile.");
  }
}

async function identityOf(sts: STSClient, region: string): Promise<Identity> {
  try {
    const { Account = "", Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
    return { account: Account, partition: Arn.split(":")[1] ?? "aws", region };
  } catch (error) {
    throw stopped(error, { service: "sts", operation: "GetCallerIdentity", region, input: {} });
  }
}

/** All pages of an answer in one. */
async function ask(client: Client, one: Call): ReturnType<Ask> {
  const Command = COMMANDS[one.operation as keyof typeof COMMANDS];
  const pages = operationOf(one.operation)?.pages;
  try {
    let all: Output | undefined;
    let token: unknown;
    do {
      const input = { ...one.input, ...(token === undefined || !pages ? {} : { [pages.next]: token }) };
      const page = plainOutput(one, await client.send(new (Command as new (input: object) => object)(input)));
      const next = pages && page[pages.token];
      if (next !== undefined && next === token) throw new Error(`${one.operation} gives the same page again and again`);
      all = pages ? joined(all, page, pages.lists) : page;
      token = next === "" ? undefined : next;
    } while (token !== undefined);
    return { output: withoutPages(all ?? {}, pages?.token) };
  } catch (error) {
    const refusal = answerOf(error);
    if (refusal) return { error: refusal };
    throw stopped(error, one);
  }
}

function joined(all: Output | undefined, page: Output, lists: readonly string[]): Output {
  if (!all) return page;
  const both = lists.map((name) => [name, [...listOf(all[name]), ...listOf(page[name])]] as const);
  return { ...page, ...Object.fromEntries(both) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An answer that holds all pages says so of none. */
function withoutPages(output: Output, token: string | undefined): Output {
  const pages: ReadonlySet<string | undefined> = new Set([token, "IsTruncated", "Truncated"]);
  return Object.fromEntries(Object.entries(output).filter(([name]) => !pages.has(name)));
}
