/**
 * Parameters of a template: what a reference to one gives.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */

import type { Cause } from "../../facts/causes.ts";
import { hideVariable } from "../../facts/hidden.ts";
import { type About, hasWideHole, holes } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import { get, type ObjectValue, plainText, type TextValue, type Value } from "../../syntax/value.ts";
import { isEmptyText } from "../not-given.ts";
import { allowedValues, isNoEcho, isStored, LIST, valueType } from "./allowed.ts";
import { doubtOf } from "./condition.ts";
import { type Doubt, doubt, exhausted, type Named, narrowText, type Scope, unknown } from "./scope.ts";
import { aboutStored } from "./stored.ts";
import { moved, textOf } from "./text.ts";

/** A longer pattern is not looked at. CloudFormation takes 4,096 characters. */
const MAX_PATTERN = 4096;

/** Types whose values have no colon. Names of key pairs and security groups may have one. */
const NARROW_TYPE =
  /^(?:Number|AWS::EC2::(?:AvailabilityZone::Name|Image::Id|Instance::Id|SecurityGroup::Id|Subnet::Id|Volume::Id|VPC::Id)|AWS::Route53::HostedZone::Id|AWS::SSM::Parameter::Name)$/;

/** Words in a parameter's name that say that its value is part of a name: no name in AWS has a colon. */
const NARROW_WORDS: ReadonlySet<string> = new Set(
  "account app application branch env environment namespace partition prefix project region service stage suffix team tenant workspace".split(
    " ",
  ),
);
/** Words that say that it may be something longer all the same. */
const WIDE_WORDS: ReadonlySet<string> = new Set("arn arns image key parameter role secret uri url value".split(" "));

/**
 * The value of a parameter where it is referred to: the default when it has one that says something. A default of a
 * NoEcho parameter is a placeholder, and an empty one means "not given". `narrow`: it is known that it has no colon.
 */
export function parameterValue(
  scope: Scope,
  name: string,
  declared: ObjectValue,
  { at, narrow, defaults }: { readonly at: Place; readonly narrow: boolean; readonly defaults: boolean },
): Value {
  const given = get(declared, "Default");
  const text = given && textOf(given);
  if (isStored(declared) && text) return storedValue(scope, name, declared, text, { at, narrow });
  const kind = whyUnknown(declared, text, defaults);
  if (kind === undefined && text !== undefined) {
    const filled = scope.plain({ kind: "text", value: text, at }).value;
    scope.run.defaults.add(filled);
    hideVariable(name, filled);
    return LIST.test(valueType(declared)) ? listOf(scope, name, filled, at) : { kind: "text", value: filled, at };
  }
  const hiddenValue = given && text !== undefined && isNoEcho(declared) ? { default: plainDefault(text, given) } : {};
  const why = doubt(scope, kind ?? "parameter", name);
  return {
    ...unknownParameter(scope, name, declared, { at, narrow, why }),
    ...hidden(declared),
    ...hiddenValue,
  };
}

/** What a parameter gives that reads the parameter of Systems Manager with that name when the stack is made. */
export function storedValue(
  scope: Scope,
  name: string,
  declared: ObjectValue,
  path: string,
  { at, narrow }: { readonly at: Place; readonly narrow: boolean },
): Value {
  const { cause, ...about } = aboutStored(scope, path);
  return {
    ...unknownParameter(scope, name, declared, { at, narrow, why: { cause }, about }),
    ...hidden(declared),
  };
}

function plainDefault(value: string, { at }: Value): TextValue {
  return { kind: "text", value, at };
}

interface Unread {
  readonly at: Place;
  readonly narrow: boolean;
  readonly why: Doubt;
  /** What is known of the value besides. */
  readonly about?: About;
}

function unknownParameter(
  scope: Scope,
  name: string,
  declared: ObjectValue,
  { at, narrow, why, about }: Unread,
): Value {
  const type = valueType(declared);
  const named: Named = {
    term: name,
    origin: { kind: "parameter" },
    ...about,
    words: scope.prefix + name,
    sensitive: isNoEcho(declared),
    spelled: `\${${name}}`,
  };
  const itemType = /^List<(.*)>$/.exec(type)?.[1];
  if (!LIST.test(type) && narrow) return narrowText(scope, name, why, at, named);
  return unknown(scope, name, why, at, NARROW_TYPE.test(itemType ?? "") ? { narrowItems: true } : {}, named);
}

function hidden(declared: ObjectValue): { readonly sensitive?: true } {
  return isNoEcho(declared) ? { sensitive: true } : {};
}

/**
 * The value that was given to a nested stack. A string given to a list is split at its commas; one that is unknown as a
 * whole may have any.
 */
export function givenValue(scope: Scope, name: string, value: Value, declared: ObjectValue, at: Place): Value {
  const isList = LIST.test(plainText(get(declared, "Type")) ?? "String");
  if (!isList || value.kind !== "text") return { ...moved(value, at), ...hidden(declared) };
  if (hasWideHole(value.value)) return unknown(scope, name, doubtOf(value, scope), at);
  if (holes(value.value)[0]?.token === value.value.trim())
    return unknown(scope, name, doubtOf(value, scope), at, { narrowItems: true });
  return listOf(scope, name, value.value, at);
}

function listOf(scope: Scope, name: string, text: string, at: Place): Value {
  const items = text.split(",");
  const why = exhausted(scope, at, items.length);
  if (why !== undefined) return unknown(scope, name, why, at);
  return { kind: "list", items: items.map((item): Value => ({ kind: "text", value: item.trim(), at })), at };
}

function whyUnknown(declared: ObjectValue, text: string | undefined, defaults: boolean): Cause["kind"] | undefined {
  if (isNoEcho(declared) || text === undefined || isEmptyText(text)) return "parameter";
  return defaults ? undefined : "default";
}

/** Whether the value of a parameter surely has no colon, by its type, what it allows, or its name. */
export function isNarrow(name: string, declared: ObjectValue): boolean {
  const type = valueType(declared);
  if (NARROW_TYPE.test(type)) return true;
  const allowed = allowedValues(declared);
  if (allowed) return allowed.every((text) => !text.includes(":"));
  const pattern = plainText(get(declared, "AllowedPattern"));
  if (pattern !== undefined && excludesColon(pattern)) return true;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => NARROW_WORDS.has(word)) && !words.some((word) => WIDE_WORDS.has(word));
}

/**
 * Whether no text that a pattern allows has a colon. A pattern must match the whole value. Sure only of simple ones: no
 * dot, no negated class, no escape that represents more than a word character, a digit, a space or itself, no range
 * around the colon.
 */
export function excludesColon(pattern: string): boolean {
  if (pattern.length > MAX_PATTERN) return false;
  const simple = withoutMemberDots(
    pattern.replace(/\\[wds]/g, "").replace(/\\[^A-Za-z0-9]/g, (escaped) => (escaped === "\\:" ? ":" : "")),
  ).replaceAll("(?:", "(");
  if (/[:.\\]|\[\^|\(\?/.test(simple)) return false;
  return [...simple.matchAll(/(.)-([^\]])/g)].every(([, from = "", to = ""]) => !(from < ":" && to > ":"));
}

/** A pattern without the dots in its classes, which are no wildcards there. */
function withoutMemberDots(pattern: string): string {
  const pieces = pattern.split("]");
  const members = (piece: string) => piece.replace(/\[[^^].*/s, (opened) => opened.replaceAll(".", ""));
  return pieces.map((piece, index) => (index < pieces.length - 1 ? members(piece) : piece)).join("]");
}
