/** What `collect` and `account` say about what was asked, in sentences. */
import { enumeration, quantity } from "../words.ts";
import { type Answer, operationOf, permissionOf } from "./calls.ts";
import { type Identity, notAsked } from "./plan.ts";
import { isDenied, isMissing } from "./refusals.ts";
import type { Thing } from "./things.ts";

/** How many calls there were and what came of them; then what was denied, and what could not be asked. */
export function summaryOf(open: readonly Thing[], answers: readonly Answer[], who: Identity): readonly string[] {
  const regions = [...new Set(answers.flatMap(({ call }) => call.region ?? []))].sort();
  const errors = answers.flatMap(({ error }) => error ?? []);
  const counts = [
    [errors.filter(isMissing).length, "not found"],
    [errors.filter(isDenied).length, "denied"],
    [errors.filter((one) => !isMissing(one) && !isDenied(one)).length, "refused"],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return [
    `Account ${who.account}, ${enumeration(regions)}: ${quantity(answers.length, "call")}${said.length > 0 ? `, ${said.join(", ")}` : ""}.`,
    ...denials(answers),
    ...notAsked(open, answers, who).map(
      ({ thing, why }) => `The ${thing.kind} ${nameOf(thing)} was not asked about: ${why}.`,
    ),
  ];
}

/** The permissions that were missing, each with what it would have told. */
function denials(answers: readonly Answer[]): readonly string[] {
  const denied = answers.filter(({ error }) => error && isDenied(error));
  const said = denied.map(({ call }) => {
    const { tells = "what it tells" } = operationOf(call.operation) ?? {};
    return `${permissionOf(call)} is denied; still open: ${tells}.`;
  });
  return [...new Set(said)].sort();
}

function nameOf(thing: Thing): string {
  if ("name" in thing) return thing.name;
  if ("arn" in thing) return thing.arn;
  return "id" in thing ? thing.id : "";
}
