/** Which networks the calls of an account show completely. */
import type { Cause } from "../../facts/causes.ts";
import type { Text, Unseen } from "../../facts/resources.ts";
import { groupBy } from "../../maps.ts";
import type { ObjectValue } from "../../syntax/value.ts";
import { type FoundResource, resource } from "../raw/found.ts";
import { textOf, textsOf } from "../raw/keys.ts";
import { type Filed, only } from "../raw/neighbours.ts";
import { DNS_SETTINGS } from "../read.ts";
import { onlyItem } from "./calls.ts";
import { causeOfRefusal } from "./refused.ts";
import { type Call, withParts } from "./settle.ts";

/** The VPCs that a call was asked for; `part`: for something that does not tell what else a VPC has. */
type Scope = "all" | "part" | ReadonlySet<string>;

function scopeOf(input: ObjectValue): Scope {
  const asked = input.entries.filter(
    ({ key, value }) => /(?:Ids|^Filters)$/.test(key) && value.kind === "list" && value.items.length > 0,
  );
  if (asked.length === 0) return "all";
  const one = onlyItem(input, "Filters");
  const isByVpc = asked.length === 1 && textOf(one, "Name")?.value === "vpc-id";
  return isByVpc ? new Set(textsOf(one, "Values").map(({ value }) => value)) : "part";
}

/**
 * What was found, with what may be in a network besides: its endpoints when nobody asked for all of them, its routes when
 * nobody asked for all tables. A VPC that only its subnets name is a network, too.
 */
export function withCoverage(calls: readonly Call[], filed: readonly Filed[]): readonly Filed[] {
  const scopes = groupBy(
    calls.filter(({ error, isOpen }) => !error && !isOpen),
    ({ call }) => call,
  );
  const isCovered = (call: string, vpc: string) =>
    (scopes.get(call) ?? []).some(({ input }) => {
      const scope = scopeOf(input);
      return scope === "all" || (scope !== "part" && scope.has(vpc));
    });
  const settings = new Map(
    calls
      .filter(({ call }) => call === ATTRIBUTE)
      .map((one) => [`${textOf(one.input, "VpcId")?.value} ${settingOf(one)}`, one]),
  );
  const partsOf = (vpc: string, found: FoundResource): object => {
    const notAsked: Cause = { kind: "network", name: vpc, unit: null };
    const unseen = (part: string, refused: Call | undefined): Unseen => {
      return { part, cause: refused?.error ? causeOfRefusal(refused) : notAsked, at: found.at };
    };
    const refused = calls.find(({ call, error }) => call === ENDPOINTS && error);
    const hidden = SETTINGS.map((name) => settings.get(`${vpc} ${name}`)).filter((one) => !one || one.error);
    return {
      unseen: [
        ...(isCovered(ENDPOINTS, vpc) ? [] : [unseen("endpoints", refused)]),
        ...hidden.map((one) => unseen(DNS_SETTINGS, one)),
      ],
      ...(isCovered(TABLES, vpc) ? {} : { declared: false }),
    };
  };
  const named = new Set<string>();
  const known = filed.map(({ found, path }): Filed => {
    if (found.about !== "resource" || found.kind !== "networks" || found.name === null) return { found, path };
    named.add(found.name);
    return { found: withParts(found, partsOf(found.name, found)), path };
  });
  const others = only(filed, "resource").flatMap(({ found, path }): Filed[] => {
    const vpc = found.kind === "subnets" ? found.build(NOBODY).vpc : null;
    if (!vpc || named.has(vpc.value)) return [];
    named.add(vpc.value);
    return [{ found: withParts(network(vpc), partsOf(vpc.value, found)), path }];
  });
  return [...known, ...others];
}

/** Which setting a call asks about: the AWS CLI writes them as the API does, and as the console. */
function settingOf({ input }: Call): string {
  return textOf(input, "Attribute")?.value.toLowerCase() ?? "";
}

const SETTINGS = ["enablednssupport", "enablednshostnames"];
const ATTRIBUTE = "ec2 DescribeVpcAttribute";
const ENDPOINTS = "ec2 DescribeVpcEndpoints";
const TABLES = "ec2 DescribeRouteTables";
const NOBODY = { id: "", address: "", unit: "" };

function network(vpc: Text): FoundResource {
  const unknown = { cidr: null, declared: false, dns_support: null, dns_hostnames: null };
  return resource("networks", { kind: "null", at: vpc.at }, vpc, () => ({ vpc, ...unknown }));
}
