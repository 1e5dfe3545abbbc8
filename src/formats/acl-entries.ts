/** Rules of network ACLs, as all formats read them. */
import type { Cause } from "../facts/causes.ts";
import type { AclEntry } from "../facts/resources.ts";
import type { Place } from "../source.ts";
import type { Value } from "../syntax/value.ts";
import { causeUnread, isAbsent, toNumber, toText } from "./read.ts";

/** What a format gives of a rule. */
export interface GivenEntry {
  readonly number: Value | undefined;
  /** Null when it is unknown. */
  readonly egress: boolean | null;
  readonly action: Value | undefined;
  readonly protocol: Value | undefined;
  readonly block: Value | undefined;
  /** A rule for IPv6 alone decides nothing here. */
  readonly ipv6: Value | undefined;
  readonly from: Value | undefined;
  readonly to: Value | undefined;
}

const ACTIONS: ReadonlyMap<string, boolean> = new Map([
  ["allow", true],
  ["deny", false],
]);

/** A list of one rule, none for one that is not about IPv4. */
export function aclEntry(given: GivenEntry, at: Place, doubt?: Cause | null): readonly AclEntry[] {
  const isFor6 = !isAbsent(given.ipv6) && toText(given.ipv6)?.value !== "";
  if (isFor6 && (isAbsent(given.block) || toText(given.block)?.value === "")) return [];
  const hidden = [given.from, given.to].find((port) => !isAbsent(port) && toNumber(port, null) === null);
  const maybe = doubt ?? (hidden && causeUnread(hidden, "the ports of a rule"));
  return [
    {
      number: toNumber(given.number, null),
      egress: given.egress,
      allow: ACTIONS.get(toText(given.action)?.value.toLowerCase() ?? "") ?? null,
      protocol: toText(given.protocol),
      from_port: toNumber(given.from, null),
      to_port: toNumber(given.to, null),
      block: toText(given.block),
      ...(maybe && { maybe }),
      at,
    },
  ];
}
