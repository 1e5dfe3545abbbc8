/** Writing Text for people: holes and symbolic ARNs as the file itself writes them. */
import { into } from "./maps.ts";
import type { Unit } from "./resources.ts";
import { holes, isLiteral, replaceHoles } from "./text.ts";

/** Turns the holes of a text into the spelling of a unit: `⟨#Db@jobs.yaml⟩` → `${Db}`. */
export type Spell = (text: string) => string;

/** What stands for a hole that no unit spells: the words that AWS's own documentation uses. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["⟨AWS.Partition⟩", "aws"],
  ["⟨AWS.Region⟩", "<region>"],
  ["⟨AWS.AccountId⟩", "<account-id>"],
]);

/** An ARN in a sentence, without the sign that ends the sentence. */
const ARN = /arn:[^\s"'`,()]*[^\s"'`,().;:]/g;

/**
 * The spelling of each unit of a run. A resource of another unit is spelled as that unit does, but for those whose ARN is known by a name:
 * another unit may have one of that name too.
 */
export function spelling(units: readonly Unit[]): (unit: string) => Spell {
  const shared = new Map<string, string>();
  const whole = new Map<string, [text: string, spelling: string][]>();
  for (const { spellings } of units) {
    for (const [text, spelled] of spellings) {
      const owned = holes(text).findLast(({ name }) => name.includes("@"))?.token;
      if (owned === text) shared.set(text, spelled);
      else if (owned) into(whole, owned, (): [string, string][] => []).push([text, spelled]);
    }
  }
  const own = new Map(units.map(({ id, spellings }) => [id, spellings]));
  const byName = (unit: string, arn: string) => (arn.includes("@") ? undefined : own.get(unit)?.get(arn));
  return (unit) => (text) => {
    if (isLiteral(text)) return text;
    let spelled = text;
    for (const { token } of holes(text)) {
      for (const [arn, name] of whole.get(token) ?? []) spelled = spelled.replaceAll(arn, name);
    }
    return replaceHoles(
      spelled.replace(ARN, (arn) => byName(unit, arn) ?? arn),
      (token, name) => own.get(unit)?.get(token) ?? shared.get(token) ?? WORDS.get(token) ?? unspelled(token, name),
    );
  };
}

/** The name without its unit, and of something computed only how: what it is computed from says little and is long. */
function unspelled(token: string, name: string): string {
  if (token.startsWith("⟨#")) return "??????";
  const told = name.replace(/@.*$/, "");
  return `\${${told.startsWith("ImportValue(") ? told : told.replace(/\(.*\)(?:~\w+)?$/, "(…)")}}`;
}
