/**
 * The calls of the AWS CLI that are read: those that make what is checked, or say who may read it. Each has the options
 * that count; other options say nothing of that.
 * https://docs.aws.amazon.com/cli/latest/reference/
 */

/** Options by service and operation. One that takes several words has a star, one in shorthand syntax a percent sign. */
const OPTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  batch: {
    "register-job-definition":
      "job-definition-name type platform-capabilities* container-properties% ecs-properties% node-properties% eks-properties%",
    "create-compute-environment": "compute-environment-name type compute-resources% eks-configuration%",
    "create-job-queue": "job-queue-name compute-environment-order*%",
  },
  ec2: { "create-launch-template": "launch-template-name launch-template-data" },
  iam: {
    "create-role": "role-name path assume-role-policy-document permissions-boundary tags*%",
    "update-assume-role-policy": "role-name policy-document",
    "put-role-policy": "role-name policy-name policy-document",
    "create-policy": "policy-name path policy-document",
    "attach-role-policy": "role-name policy-arn",
    "put-role-permissions-boundary": "role-name permissions-boundary",
    "delete-role-policy": "role-name policy-name",
    "detach-role-policy": "role-name policy-arn",
    "delete-role-permissions-boundary": "role-name",
  },
  kms: {
    "create-key": "policy key-spec customer-master-key-spec key-usage tags*%",
    "create-alias": "alias-name target-key-id",
    "put-key-policy": "key-id policy-name policy",
  },
  secretsmanager: {
    "create-secret": "name kms-key-id secret-string secret-binary tags*%",
    "put-secret-value": "secret-id secret-string secret-binary",
    "update-secret": "secret-id kms-key-id secret-string secret-binary",
    "put-resource-policy": "secret-id resource-policy",
    "delete-resource-policy": "secret-id",
    "rotate-secret": "secret-id rotation-lambda-arn rotation-rules",
  },
  ssm: { "put-parameter": "name type value key-id tags*%" },
};

/** The services whose calls are read. */
export const SERVICES = Object.keys(OPTIONS);

/** What a text with such a call has, as the source of a regular expression: a service with one of its operations. */
export const CALL_WORDS = Object.entries(OPTIONS)
  .map(([service, operations]) => `\\b${service}[\\s\\\\"']+(?:${Object.keys(operations).join("|")})\\b`)
  .join("|");

const CALLS = new RegExp(CALL_WORDS);

/** Whether a text may hold such a call. */
export function mayCall(text: string): boolean {
  return /\baws\b/.test(text) && CALLS.test(text);
}

/** An option with the key that the API has for it. */
export interface Option {
  readonly key: string;
  readonly several: boolean;
  /** Whether it may be given as `key=value,…`. */
  readonly shorthand: boolean;
}

/** The options of an operation that count, by name; undefined for one that is not read. */
export function optionsOf(service: string, operation: string): ReadonlyMap<string, Option> | undefined {
  const listed = Object.hasOwn(OPTIONS, service) ? OPTIONS[service] : undefined;
  const names = listed && Object.hasOwn(listed, operation) ? listed[operation] : undefined;
  if (names === undefined) return undefined;
  const options = names.split(" ").map((written): [string, Option] => {
    const name = written.replace(/(?<![*%])[*%]+$/, "");
    return [name, { key: keyOf(service, name), several: written.includes("*"), shorthand: written.endsWith("%") }];
  });
  return new Map(options);
}

/** The API of AWS Batch begins its keys in lower case, the others in upper case. */
function keyOf(service: string, option: string): string {
  const key = option.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return service === "batch" ? key : key.charAt(0).toUpperCase() + key.slice(1);
}

/** Global options that take a value: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html */
export const GLOBAL_WITH_VALUE: ReadonlySet<string> = new Set([
  "region",
  "profile",
  "output",
  "endpoint-url",
  "query",
  "color",
  "ca-bundle",
  "cli-read-timeout",
  "cli-connect-timeout",
  "cli-binary-format",
]);
