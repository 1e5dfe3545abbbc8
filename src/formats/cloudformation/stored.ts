/**
 * What a template reads from the parameter store of Systems Manager: by a parameter of a type
 * `AWS::SSM::Parameter::Value<…>`, or by a dynamic reference, which CloudFormation replaces in any property.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html
 */
import { parameterArn } from "../../facts/arn.ts";
import type { Cause } from "../../facts/causes.ts";
import { type About, hole } from "../../facts/text.ts";
import { withTokens } from "../../syntax/text.ts";
import type { TextValue, Value } from "../../syntax/value.ts";
import { type Scope, spelled } from "./scope.ts";

/** The name of the parameter, and its version, which is a number. One of a secure parameter is a secret's. */
const REFERENCE = /\{\{resolve:ssm:([^{}:]+)(:\d+)?\}\}/g;

/** The string with its dynamic references to parameters as holes. */
export function withStored(text: TextValue, scope: Scope): TextValue {
  if (!text.value.includes("{{resolve:ssm:")) return text;
  const tokens = [...text.value.matchAll(REFERENCE)].map(({ 0: written, 1: name = "", index }) => {
    const about = { words: written, unit: scope.unit, ...aboutStored(scope, name) };
    const token = hole(`${written}@${scope.unit}`, "wide", about);
    scope.run.spellings.set(token, written);
    return { start: index, end: index + written.length, token };
  });
  return withTokens(text, tokens);
}

/** A dynamic reference to what is secret: the value is not in the files, wherever it is used. */
const SECRET = /\{\{resolve:(?:secretsmanager|ssm-secure):[^{}]*\}\}/g;

/**
 * A value in which the texts that CloudFormation puts in place of dynamic references to secrets are holes: where it is
 * not the reference itself that is looked at.
 */
export function withoutReferences(value: Value, scope: Scope): Value {
  switch (value.kind) {
    case "text": {
      const tokens = [...value.value.matchAll(SECRET)].map(({ 0: written, index }) => {
        const words = spelled(scope, written);
        const token = hole(`${words}@${scope.unit}`, "wide", { words, unit: scope.unit });
        scope.run.spellings.set(token, words);
        return { start: index, end: index + written.length, token };
      });
      return withTokens(value, tokens);
    }
    case "list":
      return { ...value, items: value.items.map((item) => withoutReferences(item, scope)) };
    case "object":
      return {
        ...value,
        entries: value.entries.map((entry) => ({ ...entry, value: withoutReferences(entry.value, scope) })),
      };
    default:
      return value;
  }
}

/** What is known of the value of a parameter of Systems Manager. */
export function aboutStored(scope: Scope, name: string): About & { readonly cause: Cause } {
  const owner = { address: name, unit: scope.unit, id: null, deployment: scope.run.deployment };
  return {
    term: name.slice(name.lastIndexOf("/") + 1),
    origin: { kind: "lookup", resource_kind: "parameter", attribute: "value" },
    arn: parameterArn(owner, name),
    cause: { kind: "stored", name, unit: null },
  };
}
