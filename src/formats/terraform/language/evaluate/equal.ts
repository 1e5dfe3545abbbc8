import { differAt, holeOf, insides, isHole, isLiteral, knownEnds, knownOf } from "../../../../facts/text.ts";
import { compareNumbers } from "./arithmetic.ts";
import { areInOneOrder, isOrdered, setKey } from "./sets.ts";
import { hasAny, sameType } from "./types.ts";
import {
  isSeveral,
  sortedEntries,
  type TerraformList,
  type TerraformObject,
  type TerraformValue,
  typeOf,
} from "./values.ts";

/** Undefined when it is unknown. */
export function equal(a: TerraformValue, b: TerraformValue): boolean | undefined {
  if (a.kind === "unknown" || b.kind === "unknown") {
    if (isAbove(a, b) || isAbove(b, a)) return false;
    return a.kind === "unknown" && b.kind === "unknown" && a.name === b.name && !a.fault ? true : undefined;
  }
  if (a.kind === "null" || b.kind === "null") return a.kind === b.kind;
  if (a.kind !== b.kind) return false;
  if (a.kind === "text" && b.kind === "text") return equalText(a.value, b.value);
  if (a.kind === "number" && b.kind === "number") return compareNumbers(a, b) === 0;
  if (a.kind === "boolean" && b.kind === "boolean") return a.value === b.value;
  if (a.kind === "list" && b.kind === "list") return equalLists(a, b);
  return a.kind === "object" && b.kind === "object" ? equalObjects(a, b) : false;
}

/** Whether a number that is unknown is surely larger. */
function isAbove(one: TerraformValue, other: TerraformValue): boolean {
  return one.kind === "unknown" && other.kind === "number" && one.atLeast !== undefined && one.atLeast > other.value;
}

/**
 * Texts with holes are equal when they look equal, and unequal when what is literal excludes it: at the end, or where
 * they begin to differ.
 */
function equalText(a: string, b: string): boolean | undefined {
  if (a === b) return true;
  if (isLiteral(a) && isLiteral(b)) return false;
  const at = differAt(a, b);
  const excluded = !agree(startOf(a.slice(at)), startOf(b.slice(at))) || !agree(endOf(a), endOf(b));
  return excluded || tooLong(a, b) || tooLong(b, a) ? false : undefined;
}

/**
 * Whether two strings that are not known are surely not the same. Each zone has a name of its own:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html
 */
export function areDifferent(a: string, b: string): boolean {
  if (equalText(a, b) === false) return true;
  const [zone, other] = [zoneOf(a), zoneOf(b)];
  return zone !== undefined && other !== undefined && zone[1] === other[1] && zone[2] !== other[2];
}

/** The list of zones that a string is from, and its index there. */
function zoneOf(text: string): RegExpExecArray | undefined {
  if (!isHole(text)) return undefined;
  const { words, origin } = holeOf(insides(text)[0] ?? "");
  const isZone = origin.kind === "lookup" && origin.resource_kind === "availability_zones";
  return (isZone && /^(.*)\[(\d+)\]$/.exec(words)) || undefined;
}

/** What is literal at the start, and whether that is all. */
function startOf(text: string): readonly [string, boolean] {
  return [knownEnds(text)[0], isLiteral(text)];
}

function endOf(text: string): readonly [string, boolean] {
  const end = [...knownEnds(text)[1]].reverse().join("");
  return [end, isLiteral(text)];
}

function agree([a, allOfA]: readonly [string, boolean], [b, allOfB]: readonly [string, boolean]): boolean {
  if (a.length > b.length) return a.startsWith(b) && !allOfB;
  return b.startsWith(a) && (a.length === b.length || !allOfA);
}

/** Whether a literal text is shorter than the literal characters of one with holes. */
function tooLong(holed: string, literal: string): boolean {
  return isLiteral(literal) && knownOf(holed).length > literal.length;
}

function equalLists(a: TerraformList, b: TerraformList): boolean | undefined {
  if ((a.collection ?? "tuple") !== (b.collection ?? "tuple")) return false;
  if (isSeveral(a) || isSeveral(b)) return undefined;
  if (a.items.length !== b.items.length) return a.collection === "set" ? unlessUnknown(a, b) : false;
  if (!sameKnownType(a, b)) return false;
  if (!isOrdered(a) || !isOrdered(b)) {
    const alike = a.collection === "set" || areInOneOrder([a, b]);
    return alike && setKey(a) === setKey(b) ? true : undefined;
  }
  return everyEqual(a.items.map((item, index) => [item, b.items[index]]));
}

/** Sets of unknown items may turn out smaller than they look. */
function unlessUnknown(a: TerraformList, b: TerraformList): boolean | undefined {
  const unsure = (set: TerraformList) =>
    set.items.some((item) => item.kind === "unknown" || (item.kind === "text" && !isLiteral(item.value)));
  return unsure(a) || unsure(b) ? undefined : false;
}

function equalObjects(a: TerraformObject, b: TerraformObject): boolean | undefined {
  if ((a.element === undefined) !== (b.element === undefined)) return false;
  if (a.open !== undefined || b.open !== undefined) return undefined;
  const left = sortedEntries(a);
  const right = sortedEntries(b);
  if (left.length !== right.length || left.some((entry, index) => entry.key !== right[index]?.key)) return false;
  if (!sameKnownType(a, b)) return false;
  return everyEqual(left.map((entry, index) => [entry.value, right[index]?.value]));
}

/** Values of different types are never equal; an `any` in a type may turn out to be anything. */
function sameKnownType(a: TerraformValue, b: TerraformValue): boolean {
  const left = typeOf(a);
  const right = typeOf(b);
  return sameType(left, right) || hasAny(left) || hasAny(right);
}

function everyEqual(pairs: readonly (readonly [TerraformValue, TerraformValue | undefined])[]): boolean | undefined {
  let answer: boolean | undefined = true;
  for (const [a, b] of pairs) {
    const same = b === undefined ? false : equal(a, b);
    if (same === false) return false;
    if (same === undefined) answer = undefined;
  }
  return answer;
}
