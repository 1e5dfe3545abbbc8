/** The value of a variable: given by the caller or a variables file, its default if that is one, or unknown. */

import type { Cause } from "../../../facts/causes.ts";
import { type About, hasWideHole } from "../../../facts/text.ts";
import type { Place } from "../../../source.ts";
import { fillPlaceholders } from "../../../syntax/fill-placeholders.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import type { Block } from "../../../syntax/hcl/tree.ts";
import { unknownOf, type Value } from "../../../syntax/value.ts";
import { givesReference } from "../../elsewhere.ts";
import { meansNotGiven } from "../../not-given.ts";
import { asDefault } from "../default-places.ts";
import type { Setting } from "../language/evaluate/context.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import type { Type } from "../language/evaluate/types.ts";
import { holeIn, inside, type PartStep, partOf } from "../language/evaluate/unknown.ts";
import type { TerraformValue } from "../language/evaluate/values.ts";
import { type Home, keyOf } from "../unknowns.ts";
import { type Constraint, conform, readConstraint } from "./constraint.ts";
import { type Elsewhere, withOthers } from "./elsewhere.ts";
import { headOf } from "./source.ts";

/** What the names of variables end in whose value has no colon: part of a name, a Region, an account. */
const WITHOUT_COLON = [
  ..."region account account_id partition env environment stage project application app service".split(" "),
  ..."project_name app_name service_name name prefix suffix workspace namespace tenant team owner".split(" "),
];

function hasNoColon(name: string): boolean {
  return WITHOUT_COLON.some((word) => name === word || name.endsWith(`_${word}`));
}

/**
 * The value of a variable. The environment is never read. A default is one of the values that it may have where files
 * that nothing uses, though a deployment may, give it others: `elsewhere`.
 */
export function variableValue(
  block: Block,
  given: Value | undefined,
  home: Home,
  setting: Setting,
  elsewhere: readonly Elsewhere[] = [],
): Value {
  const { body } = block;
  const constraint = readConstraint(attributeOf(body, "type")?.value, setting);
  const fallback = attributeOf(body, "default");
  const nullable = flag(block, "nullable", setting) !== false;
  const chosen = given && (given.kind !== "null" || nullable || !fallback) ? given : undefined;
  const name = block.labels[0]?.name ?? "";
  const others = given === undefined && home.prefix === "" ? elsewhere.filter(({ values }) => values.has(name)) : [];
  // What says where a secret is may be marked, too.
  const isPlace = isHidden(block, setting) && givesReference(others, name);
  const sensitive = isHidden(block, setting) && !isPlace;
  const kind = fallback && others.length > 0 ? "default" : "variable";
  const token = () => variableHole(block, home, constraint.type, { sensitive, kind });
  const own = () => fallback && defaultValue(constraint.fill, evaluate(fallback.value, setting), home, block, token);
  const value = chosen ?? (isPlace ? undefined : own());
  const known = value ? conform(value, constraint) : unknown(token(), constraint.type, headOf(block));
  if (sensitive) return { ...known, sensitive: token() };
  if (!value || others.length === 0) return known;
  return withOthers(known, name, elsewhere, { unit: home.unit, token: token(), constraint });
}

/** The default, undefined if it means "not given" and the module is not called. */
function defaultValue(
  fill: Constraint["fill"],
  value: TerraformValue,
  { prefix, unit }: Home,
  { labels }: Block,
  token: () => string,
): TerraformValue | undefined {
  if (prefix !== "") return value;
  if (meansNotGiven(value)) return undefined;
  const cause = { kind: "default", name: `var.${labels[0]?.name ?? ""}`, unit } as const;
  return asDefault(
    withoutEmpty(fill(value), () => inside(token()), unit),
    cause,
  );
}

/**
 * The default, with what means "not given" as holes, parts of the value whose key is `whole`. An item of a list that is
 * no text is a value: `[0, 1]`.
 */
function withoutEmpty(value: TerraformValue, whole: () => string, unit: string): TerraformValue {
  const part = (value: TerraformValue, step: PartStep): TerraformValue => {
    const name = () => partOf(whole(), step);
    const mayBeEmpty = step.key !== null || value.kind === "text" || value.kind === "null";
    const isEmpty = mayBeEmpty && meansNotGiven(value);
    return isEmpty ? { kind: "unknown", name: name(), at: value.at } : withoutEmpty(value, name, unit);
  };
  switch (value.kind) {
    case "text":
      return value.value.includes("\n") ? value : fillPlaceholders(value, unit, new Map());
    case "list":
      return { ...value, items: value.items.map((item, index) => part(item, { spelled: `[${index}]`, key: null })) };
    case "object":
      return {
        ...value,
        entries: value.entries.map((one) => ({
          ...one,
          value: part(one.value, { spelled: `.${one.key}`, key: one.key }),
        })),
      };
    default:
      return value;
  }
}

/** Whether a variable or an output is never shown: what is ephemeral is not even kept in a state. */
export function isHidden(block: Block, setting: Setting): boolean {
  return flag(block, "sensitive", setting) === true || flag(block, "ephemeral", setting) === true;
}

function flag({ body }: Block, name: string, setting: Setting): boolean | undefined {
  const given = attributeOf(body, name);
  const value = given && evaluate(given.value, setting);
  return value?.kind === "boolean" ? value.value : undefined;
}

function variableHole(
  block: Block,
  home: Home,
  type: Type,
  { sensitive, kind }: { readonly sensitive: boolean; readonly kind: Cause["kind"] },
): string {
  const name = block.labels[0]?.name ?? "";
  const words = `var.${name}`;
  const { unit, prefix } = home;
  const about: About = {
    words,
    term: name,
    unit,
    origin: { kind: "variable" },
    sensitive,
    cause: { kind, name: `${prefix}${words}`, unit },
  };
  const isNarrow = (type.is === "string" || type.is === "any") && hasNoColon(name);
  return holeIn(prefix, keyOf(home, words), isNarrow ? "narrow" : "wide", about);
}

function unknown(token: string, type: Type, at: Place): Value {
  if (!hasWideHole(token)) return { kind: "text", value: token, at };
  const unknown = unknownOf(token, at);
  return type.is === "any" ? unknown : Object.assign({ type }, unknown);
}
