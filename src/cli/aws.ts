/** What the commands that ask AWS have in common. */
import type { AwsOptions } from "../aws/open.ts";
import type { Identity } from "../collect/plan.ts";
import type { Config } from "../config/config.ts";
import { enumeration } from "../words.ts";
import type { Mistake } from "./arguments.ts";
import { stream } from "./output.ts";

/** The oldest Node that the AWS SDK keeps working on. */
const OLDEST_NODE = 22;

/** What to say on a Node that is too old for the AWS SDK; everything else runs on Node 20.11. */
export function nodeTooOld(command: string, version: string): Mistake | undefined {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return undefined;
  return {
    name: "mistake",
    message: `The command ${command} needs Node ${OLDEST_NODE} or later, and this is Node ${version}.`,
    hint: "All other commands run on it.",
  };
}

/** With which credentials a deployment is read, and where the answers belong. */
export interface Target extends AwsOptions {
  /** The account that it must be; undefined: whichever it is. */
  readonly account: string | undefined;
  /** The folder of evidence, relative to the checked one. */
  readonly evidence: string | undefined;
}

/** What the command line and the configured deployment say; the command line comes first. */
export function targetOf(
  { deployments }: Pick<Config, "deployments">,
  asked: { readonly deployment: string | undefined; readonly profile: string | undefined },
  region: string | undefined,
): Target | Mistake {
  const { deployment, profile } = asked;
  const known = deployments.find(({ name }) => name.value === deployment);
  if (deployment !== undefined && !known) {
    const names = deployments.map(({ name }) => name.value);
    const hint = names.length > 0 ? `There are ${enumeration(names)}.` : "The configuration has no `deployments`.";
    return { name: "mistake", message: `There is no deployment ${deployment}.`, hint };
  }
  return {
    profile: profile ?? known?.profile,
    region: region ?? known?.region,
    role: profile === undefined ? known?.["role-arn"] : undefined,
    account: known?.account,
    evidence: known?.evidence,
  };
}

/** Throws a sentence when the credentials are those of another account than the deployment's. */
export function requireAccount({ account }: Target, who: Identity): void {
  if (account === undefined || account === who.account) return;
  throw new Error(`the credentials belong to the account ${who.account}, but the deployment is in ${account}`);
}

/** Shows on a terminal how far the calls are, in a line that is rewritten; nothing anywhere else. */
export function openProgress(isTerminal: boolean): {
  readonly progress: (made: number, known: number) => void;
  readonly end: () => void;
} {
  const out = stream(2);
  let shown = 0;
  return {
    progress: (made, known) => {
      if (!isTerminal) return;
      shown = made;
      out.write(`\r\u001b[KAsking AWS: ${made} of ${known} calls`);
    },
    end: () => {
      if (shown > 0) out.write("\r\u001b[K");
      shown = 0;
    },
  };
}
