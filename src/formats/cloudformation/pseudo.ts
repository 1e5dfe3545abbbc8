/**
 * Pseudo parameters: what AWS itself gives a template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */

import { ACCOUNT, PARTITION, pseudo, REGION } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { Value } from "../../syntax/value.ts";
import { holeText, type Scope, unknown } from "./scope.ts";

type Pseudo = (scope: Scope, at: Place) => Value | undefined;

/** Equal in all stacks of a run, and spelled in all of them, since a remedy may need what the template does not use. */
const SHARED: ReadonlyMap<string, string> = new Map([
  ["AWS::Region", REGION],
  ["AWS::AccountId", ACCOUNT],
  ["AWS::Partition", PARTITION],
  ["AWS::URLSuffix", pseudo("AWS.URLSuffix", "URLSuffix")],
]);

/** How the pseudo parameters are spelled that are equal in all stacks. */
export function sharedSpellings(): Map<string, string> {
  return new Map([...SHARED].map(([name, token]) => [token, `\${${name}}`]));
}

/** Of this stack alone. */
const own =
  (name: string, spelled: string): Pseudo =>
  (scope, at) =>
    holeText(scope, name, "narrow", `${spelled} is known only when the stack is made`, at, `\${${spelled}}`, {
      words: spelled,
      term: spelled,
      origin: { kind: "pseudo" },
      cause: { kind: "apply", name: spelled, unit: scope.unit },
    });

const PSEUDO: ReadonlyMap<string, Pseudo> = new Map<string, Pseudo>([
  ...[...SHARED].map(([name, value]): [string, Pseudo] => [name, (_scope, at) => ({ kind: "text", value, at })]),
  ["AWS::NoValue", () => undefined],
  ["AWS::StackName", own("AWS.StackName", "AWS::StackName")],
  ["AWS::StackId", stackId],
  [
    "AWS::NotificationARNs",
    (scope, at) =>
      unknown(scope, "AWS.NotificationARNs", "AWS::NotificationARNs is known only when the stack is made", at),
  ],
]);

/** Whether a name is one of a pseudo parameter, and what it gives: undefined as value when it removes what it stands for. */
export function pseudoParameter(
  scope: Scope,
  name: string,
  at: Place,
): { readonly value: Value | undefined } | undefined {
  const given = PSEUDO.get(name);
  return given && { value: given(scope, at) };
}

/** `arn:…:stack/NAME/UUID`: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html */
function stackId(scope: Scope, at: Place): Value {
  const why = "AWS::StackId is known only when the stack is made";
  const part = (name: string): string => {
    const text = holeText(scope, name, "narrow", why, at);
    return text.value;
  };
  const value = `arn:${PARTITION}:cloudformation:${REGION}:${ACCOUNT}:stack/${part("AWS.StackName")}/${part("AWS.StackId")}`;
  scope.run.spellings.set(value, "${AWS::StackId}");
  return { kind: "text", value, at };
}
