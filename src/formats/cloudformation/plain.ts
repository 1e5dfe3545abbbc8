import { literal } from "../../facts/text.ts";
import { fillPlaceholders } from "../../syntax/fill-placeholders.ts";
import type { TextValue } from "../../syntax/value.ts";
import { isFilled } from "./loop.ts";
import type { Scope } from "./scope.ts";
import { withStored } from "./stored.ts";

/**
 * A string as it is written. Templates are often filled in by other tools too (`${self:custom.x}`, `{{ x }}`), and what
 * they fill in is a hole. But when the text names a parameter or resource of this template, it is `Fn::Sub` that was
 * forgotten, and CloudFormation takes it as it is.
 */
export function plainText(text: TextValue, scope: Scope): TextValue {
  if (isFilled(text)) return text;
  const safe = literal(text.value);
  const value: TextValue = safe === text.value ? text : { ...text, value: safe };
  if (isScript(safe) || forgotSub(safe, scope)) return withStored(value, scope);
  const filled = fillPlaceholders(value, scope.unit, scope.run.spellings);
  return withStored(filled.kind === "text" ? filled : value, scope);
}

/** A script or configuration, where `$(x)`, `%X%` and `<x>` have a meaning of their own. */
export function isScript(text: string): boolean {
  return text.includes("\n") && !/^\s*[{[]/.test(text);
}

function forgotSub(text: string, scope: Scope): boolean {
  if (!text.includes("${")) return false;
  return [...text.matchAll(/\$\{([A-Za-z0-9:]+)(?:\.[A-Za-z0-9.]+)?\}/g)].some(
    ([, name = ""]) => name.startsWith("AWS::") || scope.template.parameters.has(name) || scope.resources().has(name),
  );
}
