/** Which networks the calls of an account show completely. */
import type { Cause } from "../../facts/causes.ts";
import type { Text, Unseen } from "../../facts/located.ts";
import { groupBy } from "../../maps.ts";
import type { ObjectValue } from "../../syntax/value.ts";
import { type FoundResource, NOBODY, resource, withParts } from "../raw/found.ts";
import { textOf, textsOf } from "../raw/keys.ts";
import type { Filed } from "../raw/neighbours.ts";
import { DNS_SETTINGS } from "../read.ts";
import type { Call } from "./asked.ts";
import { onlyItem } from "./calls.ts";
import { causeOfRefusal } from "./refused.ts";

/** The VPCs that a call was asked for; `part`: for something that does not tell what else a VPC has. */
type Scope = "all" | "part" | ReadonlySet<string>;

function scopeOf(input: ObjectValue): Scope {
  const only = textOf(input, "VPCId");
  if (only) return new Set([only.value]);
  const asked = input.entries.filter(
    ({ key, value }) => /(?:Ids|^Filters)$/.test(key) && value.kind === "list" && value.items.length > 0,
  );
  if (asked.length === 0) return "all";
  const one = onlyItem(input, "Filters");
  const isByVpc = asked.length === 1 && textOf(one, "Name")?.value === "vpc-id";
  return isByVpc ? new Set(textsOf(one, "Values").map(({ value }) => value)) : "part";
}

interface Coverage {
  /** Whether a call was answered for a VPC, with all that it has. */
  readonly has: (call: string, vpc: string) => boolean;
  /** Why it was not: it was refused, or nobody asked. */
  readonly whyNot: (call: string, vpc: string, kind?: Cause["kind"]) => Cause;
}

function coverageOf(calls: readonly Call[]): Coverage {
  const byCall = groupBy(calls, ({ call }) => call);
  const about = (call: string, vpc: string) =>
    (byCall.get(call) ?? []).filter(({ input }) => {
      const scope = scopeOf(input);
      return scope === "all" || (scope !== "part" && scope.has(vpc));
    });
  return {
    has: (call, vpc) => about(call, vpc).some(({ error, isOpen }) => !error && !isOpen),
    whyNot: (call, vpc, kind = "network") => {
      const refused = about(call, vpc).find(({ error }) => error);
      return refused ? causeOfRefusal(refused) : { kind, name: vpc, unit: null };
    },
  };
}

/**
 * What was found, with what may be in a network besides: its endpoints when nobody asked for all of them, its routes when
 * nobody asked for all tables, private hosted zones when nobody asked for them. A VPC that only its subnets name is a
 * network, too.
 */
export function withCoverage(calls: readonly Call[], filed: readonly Filed[]): readonly Filed[] {
  const { has, whyNot } = coverageOf(calls);
  const unknownSettings = openSettings(calls);
  const partsOf = (vpc: string, { at }: FoundResource): object => {
    const endpoints = { part: "endpoints", cause: whyNot(ENDPOINTS, vpc), at };
    const zones = { part: "hosted zones", cause: whyNot(ZONES, vpc, "hosted-zones"), at };
    const settings = unknownSettings(vpc).map((cause) => ({ part: DNS_SETTINGS, cause, at }));
    return {
      unseen: [
        ...(has(ENDPOINTS, vpc) ? [] : [endpoints]),
        ...(has(ZONES, vpc) ? [] : [zones]),
        ...settings,
      ] satisfies Unseen[],
      ...(has(TABLES, vpc) ? {} : { declared: false }),
    };
  };
  const named = new Set<string>();
  const known = filed.map(({ found, path }): Filed => {
    if (found.about !== "resource" || found.kind !== "networks" || found.name === null) return { found, path };
    named.add(found.name);
    return { found: withParts(found, partsOf(found.name, found)), path };
  });
  const others: Filed[] = [];
  const placed = known.map(({ found, path }): Filed => {
    const vpc = found.about === "resource" && found.kind === "subnets" ? found.build(NOBODY).vpc : null;
    if (!vpc || found.about !== "resource") return { found, path };
    if (!named.has(vpc.value)) others.push({ found: withParts(network(vpc), partsOf(vpc.value, found)), path });
    named.add(vpc.value);
    if (has(TABLES, vpc.value)) return { found, path };
    const unseen: Unseen[] = [{ part: "routes", cause: whyNot(TABLES, vpc.value), at: found.at }];
    return { found: withParts(found, { unseen }), path };
  });
  return [...placed, ...others];
}

/** Why settings of DNS of a VPC are not known, of which each is a call of its own. */
function openSettings(calls: readonly Call[]): (vpc: string) => readonly Cause[] {
  const asked = calls.filter(({ call }) => call === "ec2 DescribeVpcAttribute");
  const keyOf = (vpc: string | undefined, setting: string | undefined) => `${vpc} ${setting?.toLowerCase()}`;
  const byKey = new Map(
    asked.map((one) => [keyOf(textOf(one.input, "VpcId")?.value, textOf(one.input, "Attribute")?.value), one]),
  );
  return (vpc) =>
    ["enableDnsSupport", "enableDnsHostnames"].flatMap((setting): Cause[] => {
      const call = byKey.get(keyOf(vpc, setting));
      if (!call) return [{ kind: "network", name: vpc, unit: null }];
      return call.error ? [causeOfRefusal(call)] : [];
    });
}

const ENDPOINTS = "ec2 DescribeVpcEndpoints";
const TABLES = "ec2 DescribeRouteTables";
const ZONES = "route53 ListHostedZonesByVPC";

function network(vpc: Text): FoundResource {
  const unknown = { cidr: null, declared: false, dns_support: null, dns_hostnames: null };
  return resource("networks", { kind: "null", at: vpc.at }, vpc, () => ({ vpc, ...unknown }));
}
