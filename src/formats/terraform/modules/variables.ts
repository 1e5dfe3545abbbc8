/** The value of a variable: given, from a variables file, its default, or not known. */

import { hole } from "../../../facts/text.ts";
import type { Place } from "../../../source.ts";
import { attributeOf } from "../../../syntax/hcl/body.ts";
import type { Block } from "../../../syntax/hcl/tree.ts";
import type { Value } from "../../../syntax/value.ts";
import type { Setting } from "../language/evaluate/context.ts";
import { evaluate } from "../language/evaluate/evaluate.ts";
import type { Type } from "../language/evaluate/types.ts";
import { conform, readConstraint } from "./constraint.ts";
import { headOf } from "./source.ts";

/** Names of what holds no colon by its nature: part of a name, a region, an account. */
const WITHOUT_COLON =
  /(?:^|_)(?:region|account|account_id|partition|env|environment|stage|project|project_name|application|app|app_name|service|service_name|prefix|name_prefix|suffix|name|workspace|namespace|tenant|team|owner)$/;

/**
 * The value of a variable. `name` is that of its hole. `root` tells that nobody calls the module: what has no value then is asked of
 * the person who runs Terraform. The environment is never read.
 */
export function variableValue(
  block: Block,
  given: Value | undefined,
  name: string,
  root: boolean,
  setting: Setting,
): Value {
  const { body } = block;
  const constraint = readConstraint(attributeOf(body, "type")?.value, setting);
  const fallback = attributeOf(body, "default");
  const nullable = flag(block, "nullable", setting) !== false;
  const chosen = given && (given.kind !== "null" || nullable || !fallback) ? given : undefined;
  const value = chosen ?? (fallback ? evaluate(fallback.value, setting) : undefined);
  const known = value ? conform(value, constraint) : unknown(name, constraint.type, headOf(block), root);
  return flag(block, "sensitive", setting) === true ? { ...known, sensitive: name } : known;
}

function flag({ body }: Block, name: string, setting: Setting): boolean | undefined {
  const given = attributeOf(body, name);
  const value = given && evaluate(given.value, setting);
  return value?.kind === "boolean" ? value.value : undefined;
}

function unknown(name: string, type: Type, at: Place, root: boolean): Value {
  const plain = name.replace(/@.*$/, "");
  if ((type.is === "string" || type.is === "any") && WITHOUT_COLON.test(plain)) {
    return { kind: "text", value: hole(name, "narrow"), at };
  }
  const why = root ? `${plain} has no default and no value in these files` : `nothing is given for ${plain}`;
  const unknown = { kind: "unknown", name, why, at } as const;
  return type.is === "any" ? unknown : Object.assign({ type }, unknown);
}
