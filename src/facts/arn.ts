/** Amazon Resource Names: splitting them, and the symbolic ARNs of resources that are declared in the files. */
import { ACCOUNT, hasWideHole, hole, PARTITION, REGION } from "./text.ts";

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon; it may hold colons. */
  readonly resource: string;
}

/**
 * The fields of an ARN, undefined when the text isn't one or has a wide hole before its resource.
 * Source of the form: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function splitArn(value: string): Arn | undefined {
  const match = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(value);
  if (!match) return undefined;
  const [, partition = "", service = "", region = "", account = "", resource = ""] = match;
  if (hasWideHole(`${partition}${service}${region}${account}`)) return undefined;
  return { partition, service, region, account, resource };
}

/** The text of an ARN: the inverse of `splitArn`. */
export function joinArn({ partition, service, region, account, resource }: Arn): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

function own(service: string, region: string, resource: string): string {
  return joinArn({ partition: PARTITION, service, region, account: ACCOUNT, resource });
}

/**
 * The symbolic ARN of a secret that is declared in the files: its name when it is known, and always a suffix, which
 * Secrets Manager makes (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html).
 * `address` must be unique in the run: `Secret@stacks/jobs.yaml`.
 */
export function secretArn(address: string, name: string | null): string {
  return own(
    "secretsmanager",
    REGION,
    `secret:${name ?? hole(`${address}.name`, "narrow")}-${hole(address, "suffix")}`,
  );
}

/** The symbolic ARN of an SSM parameter; a leading slash of its name belongs to the name and is not doubled. */
export function parameterArn(address: string, name: string | null): string {
  return own("ssm", REGION, `parameter/${(name ?? hole(`${address}.name`, "narrow")).replace(/^\//, "")}`);
}

/** The symbolic ARN of a key: its id is always made by KMS. */
export function keyArn(address: string): string {
  return own("kms", REGION, `key/${hole(address, "narrow")}`);
}

/** The symbolic ARN of a role. `path` begins and ends with a slash, as IAM has it. */
export function roleArn(address: string, name: string | null, path = "/"): string {
  return own("iam", "", `role${path}${name ?? hole(`${address}.name`, "narrow")}`);
}

/** The symbolic ARN of a customer managed policy. */
export function policyArn(address: string, name: string | null, path = "/"): string {
  return own("iam", "", `policy${path}${name ?? hole(`${address}.name`, "narrow")}`);
}
