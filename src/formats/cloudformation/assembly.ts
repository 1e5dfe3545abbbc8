/**
 * Where the templates of a CDK assembly are deployed: `manifest.json` beside them has the environment of each stack.
 * https://github.com/aws/aws-cdk/blob/main/packages/%40aws-cdk/cloud-assembly-schema/README.md
 */
import { ANYWHERE, type Deployment, inRegion, isAccount } from "../../facts/arn.ts";

/** `aws://123456789012/eu-west-1`; `unknown-account` and `unknown-region` where the app leaves them open. */
const ENVIRONMENT = /^aws:\/\/([^/]+)\/([^/]+)$/;

/** The deployments in the text of a manifest, by the names of the templates; none for any other text. */
export function environmentsIn(manifest: string): ReadonlyMap<string, Deployment> {
  const found = new Map<string, Deployment>();
  for (const artifact of Object.values(objectOf(objectOf(parsed(manifest))["artifacts"]))) {
    const { type, environment, properties } = objectOf(artifact);
    const template = objectOf(properties)["templateFile"];
    if (type !== "aws:cloudformation:stack" || typeof template !== "string") continue;
    const [, account = "", region = ""] = ENVIRONMENT.exec(String(environment)) ?? [];
    const made = { ...ANYWHERE, ...inRegion(region), ...(isAccount(account) && { account }) };
    const known = found.get(template);
    const isSame = !known || JSON.stringify(known) === JSON.stringify(made);
    found.set(template, isSame ? made : ANYWHERE);
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
