/**
 * `Ref` and `Fn::GetAtt`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-ref.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getatt.html
 */
import type { Place } from "../../../source.ts";
import type { Value } from "../../../syntax/value.ts";
import { pseudoParameter } from "../pseudo.ts";
import { doubt, refuse, type Scope, unknown } from "../scope.ts";
import { textOf } from "../text.ts";
import { type Intrinsic, malformed } from "./call.ts";

export const ref: Intrinsic = (argument, call) => {
  const { scope, at } = call;
  const evaluated = argument.kind === "text" ? argument : scope.evaluate(argument);
  if (evaluated?.kind !== "text") return malformed(argument, call, "Ref expects a name");
  return referenced(evaluated.value, scope, at);
};

export const getAtt: Intrinsic = (argument, call) => {
  const { scope, at } = call;
  const parts =
    argument.kind === "list" ? argument.items.map((item) => evaluatedText(item, scope)) : [textOf(argument)];
  if (parts.length === 0 || !parts.every((part) => part !== undefined)) {
    return malformed(argument, call, "Fn::GetAtt expects a logical id and the name of an attribute");
  }
  return attributeOf(parts.join("."), scope, at);
};

/** What `Ref: name` gives; undefined when that removes the value. */
export function referenced(name: string, scope: Scope, at: Place): Value | undefined {
  const pseudo = pseudoParameter(scope, name, at);
  if (pseudo) return pseudo.value;
  const parameter = scope.parameter(name, at);
  if (parameter) return parameter;
  const resource = scope.resources().get(name);
  return resource ? scope.attribute(resource, null, at) : nothing(name, name, scope, at);
}

/** What `Fn::GetAtt: path` gives: a logical id, a dot, and the attribute, which may have dots too. */
export function attributeOf(path: string, scope: Scope, at: Place): Value {
  const dot = path.indexOf(".");
  const id = dot === -1 ? path : path.slice(0, dot);
  const resource = scope.resources().get(id);
  if (!resource) return nothing(id, path, scope, at);
  if (dot !== -1) return scope.attribute(resource, path.slice(dot + 1), at);
  refuse(scope, at, `Fn::GetAtt of ${id} names no attribute.`);
  return unknown(scope, `${id}.`, doubt(scope, "refused", `Fn::GetAtt of ${id}`), at);
}

function nothing(id: string, path: string, scope: Scope, at: Place): Value {
  refuse(
    scope,
    at,
    `${id} is neither a parameter nor a resource of this template, so CloudFormation refuses the template.`,
  );
  return unknown(scope, path, doubt(scope, "undeclared", id), at, {}, { term: path, spelled: `\${${path}}` });
}

function evaluatedText(value: Value, scope: Scope): string | undefined {
  const evaluated = scope.evaluate(value);
  return evaluated?.kind === "unknown" ? undefined : evaluated && textOf(evaluated);
}
