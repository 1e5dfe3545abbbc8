/** What `collect --dry-run` prints: the commands of the first round, and in words what their answers lead to. */
import { quantity } from "../words.ts";
import { awsCommand } from "./commands.ts";
import type { Open } from "./open.ts";
import { callsAbout } from "./plan.ts";
import { reachedFrom } from "./policy.ts";
import { inRegion, type ThingKind } from "./things.ts";

/** What is asked next of a kind of thing, behind the commands of the first round. */
const NEXT: Partial<Record<ThingKind, string>> = {
  secret: "For each secret: `get-resource-policy`.",
  role: "For each role: `get-role-policy` of every inline policy.",
  policy:
    "For each attached policy and permissions boundary: `get-policy`, and `get-policy-version` of its default version.",
  key: "For each customer managed key: `describe-key`, `get-key-policy`, `list-grants` and `list-aliases`.",
  subnets: "For each compute environment and NAT gateway: `describe-subnets`.",
  groups: "For each compute environment, launch template and endpoint: `describe-security-groups`.",
  template: "For each launch template: `describe-launch-template-versions`.",
  image: "For each machine image that is named: `describe-images`.",
  vpc: "For each VPC: `describe-vpc-attribute`, `describe-route-tables`, `describe-network-acls`, `describe-nat-gateways`, `describe-vpc-endpoints` and `list-hosted-zones-by-vpc`.",
};

/** A script for a POSIX shell, with the words in comments. */
export function dryRun({ things, others }: Open, profile: string | undefined, region: string | undefined): string {
  const commands = things
    .flatMap((thing) => callsAbout(inRegion(thing, region ?? null)))
    .map((one) => awsCommand(one, profile));
  const next = reachedFrom(things.map(({ kind }) => kind)).flatMap((kind) => NEXT[kind] ?? []);
  const lines = [
    ...(commands.length === 0 ? ["# Nothing is open that an account could answer."] : new Set(commands)),
    ...(next.length === 0 ? [] : ["", "# The answers lead to:", ...next.map((line) => `# - ${line}`)]),
    ...(others.length === 0
      ? []
      : [
          "",
          `# No account can answer ${quantity(others.length, "other open question")}: see \`check --show unverified\`.`,
        ]),
  ];
  return `${lines.join("\n")}\n`;
}
