/**
 * Pseudo parameters: what AWS itself gives a template.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */

import { own } from "../../facts/arn.ts";
import { ACCOUNT, PARTITION, pseudo, REGION } from "../../facts/text.ts";
import type { Place } from "../../source.ts";
import type { TextValue, Value } from "../../syntax/value.ts";
import { type Doubt, type Named, narrowText, type Scope, unknown } from "./scope.ts";

type Pseudo = (scope: Scope, at: Place) => Value | undefined;

/** Equal in all stacks of a run, and spelled in all of them, since a remedy may need what the template does not use. */
const SHARED: ReadonlyMap<string, string> = new Map([
  ["AWS::Region", REGION],
  ["AWS::AccountId", ACCOUNT],
  ["AWS::Partition", PARTITION],
  ["AWS::URLSuffix", pseudo("AWS.URLSuffix", "URLSuffix", "the domain of AWS")],
]);

/** Region, account and partition, where the files tell them. */
function known({ run: { deployment } }: Scope, value: string): string {
  const told = new Map([
    [REGION, deployment.region],
    [ACCOUNT, deployment.account],
    [PARTITION, deployment.partition],
  ]);
  return told.get(value) ?? value;
}

/** How the pseudo parameters are spelled that are equal in all stacks. */
export function sharedSpellings(): Map<string, string> {
  return new Map([...SHARED].map(([name, token]) => [token, `\${${name}}`]));
}

/** What AWS tells when the stack is made, a string without a colon. */
function ownText(scope: Scope, term: string, at: Place, spelled?: string): TextValue {
  const named: Named = { words: `AWS::${term}`, term, origin: { kind: "pseudo" }, ...(spelled && { spelled }) };
  return narrowText(scope, `AWS.${term}`, onlyWhenMade(scope, term), at, named);
}

function onlyWhenMade({ unit }: Scope, term: string): Doubt {
  return { cause: { kind: "apply", name: `AWS::${term}`, unit } };
}

const PSEUDO: ReadonlyMap<string, Pseudo> = new Map<string, Pseudo>([
  ...[...SHARED].map(([name, value]): [string, Pseudo] => [
    name,
    (scope, at) => ({ kind: "text", value: known(scope, value), at }),
  ]),
  ["AWS::NoValue", () => undefined],
  ["AWS::StackName", (scope, at) => ownText(scope, "StackName", at, "${AWS::StackName}")],
  ["AWS::StackId", stackId],
  [
    "AWS::NotificationARNs",
    (scope, at) => unknown(scope, "AWS.NotificationARNs", onlyWhenMade(scope, "NotificationARNs"), at),
  ],
]);

/** What a pseudo parameter gives: undefined as value when it removes what it is in. */
export function pseudoParameter(
  scope: Scope,
  name: string,
  at: Place,
): { readonly value: Value | undefined } | undefined {
  const given = PSEUDO.get(name);
  return given && { value: given(scope, at) };
}

/**
 * `arn:…:stack/NAME/UUID`:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
 */
function stackId(scope: Scope, at: Place): Value {
  const [name, id] = ["StackName", "StackId"].map((term) => ownText(scope, term, at).value);
  const value = own("cloudformation", REGION, `stack/${name}/${id}`, scope.run.deployment);
  scope.run.spellings.set(value, "${AWS::StackId}");
  return { kind: "text", value, at };
}
