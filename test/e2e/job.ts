/** A job definition, as `aws batch register-job-definition` takes it. */

/** The ARN of a secret. */
export const secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-a1b2c3";
/** Colons are missing: what the documentation's own example once said, and what no container agent takes. */
export const wrong = `${secret}:password`;

/** One that gets secrets, each from a reference. */
export function definition(secrets: Readonly<Record<string, string>>, name = "nightly") {
  return {
    jobDefinitionName: name,
    type: "container",
    containerProperties: {
      image: "example/nightly",
      executionRoleArn: "arn:aws:iam::111122223333:role/BatchExecutionRole",
      secrets: Object.entries(secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
    },
  };
}

/** The same as the text of a file. */
export function jobFile(secrets: Readonly<Record<string, string>>, name?: string): string {
  return `${JSON.stringify(definition(secrets, name), null, 2)}\n`;
}
