/**
 * What the calls say beyond their answers: what was not asked, or refused, may add to a thing, and what its own account
 * does not have is not there. Answers without their calls, as people paste them, say none of it.
 */
import type { Cause } from "../../facts/causes.ts";
import type { Unseen } from "../../facts/located.ts";
import { afterLastSlash } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { type FoundResource, withParts } from "../raw/found.ts";
import { nameOf } from "../raw/keys.ts";
import { type Filed, only } from "../raw/neighbours.ts";
import { secretFact, secretName } from "../raw/secrets.ts";
import type { Call, Deployment } from "./asked.ts";
import type { Subject } from "./calls.ts";
import { withCoverage } from "./networks.ts";
import { causeOfRefusal, refused } from "./refused.ts";
import { withoutAliases } from "./unshown.ts";

/** Everything that a unit has by its calls, `filed` being what their answers hold. */
export function settled(calls: readonly Call[], filed: readonly Filed[], deployment: Deployment): readonly Filed[] {
  const parts = partsOf(calls);
  const unseen = (kind: Subject["kind"], part: Subject["part"], name: string, notAsked: Cause, at: Place): Unseen[] => {
    const known = parts.get(partKey({ kind, part, name: { value: name, at } }));
    return known === "answered" ? [] : [{ part, cause: known ?? notAsked, at }];
  };
  const ofKey = (found: FoundResource): readonly Unseen[] => {
    const name = found.name ?? "";
    const notAsked: Cause = { kind: "key-policy", name, unit: null };
    return (["policy", "grants"] as const).flatMap((part) => unseen("key", part, name, notAsked, found.at));
  };
  const completed = filed.flatMap(({ found, path }): Filed[] => {
    if (found.about === "resource" && found.kind === "keys") {
      return [{ found: withParts(found, { unseen: ofKey(found) }), path }];
    }
    if (found.about !== "secret" || !found.declared) return [{ found, path }];
    const name = secretName(found.secret.value);
    const more = unseen("secret", "resource policy", name, { kind: "secret-policy", name, unit: null }, found.at);
    return [
      { found, path },
      ...more.map((one) => ({ found: { ...secretFact(found.secret, found.at), unseen: [one] }, path })),
    ];
  });
  const refusals = calls.flatMap((call) => refused(call, deployment).map((found) => ({ found, path: call.path })));
  return withHiddenAliases(calls, [...withCoverage(calls, completed), ...refusals]);
}

/** With the keys unknown that are named by aliases which the account refused to list. */
function withHiddenAliases(calls: readonly Call[], filed: readonly Filed[]): readonly Filed[] {
  const refusal = calls.find(({ call, error }) => call === "kms ListAliases" && error);
  if (!refusal) return filed;
  const listed = new Set(
    only(filed, "resource").flatMap(({ found }) => (found.kind === "aliases" ? [found.name] : [])),
  );
  const cause = causeOfRefusal(refusal);
  return filed.map(({ found, path }) => ({ found: withoutAliases(found, listed, cause), path }));
}

/** What came of each part that was asked: an answer, or why there is none. */
function partsOf(calls: readonly Call[]): ReadonlyMap<string, Cause | "answered"> {
  const parts = new Map<string, Cause | "answered">();
  for (const call of calls) {
    for (const subject of call.about) {
      if (call.isOpen) continue;
      parts.set(partKey(subject), call.error ? causeOfRefusal(call) : "answered");
    }
  }
  return parts;
}

function partKey({ kind, part, name: { value } }: Subject): string {
  const names = {
    role: nameOf,
    policy: (arn: string) => arn,
    secret: secretName,
    parameter: nameOf,
    key: afterLastSlash,
  };
  return `${kind} ${part} ${names[kind](value)}`;
}
