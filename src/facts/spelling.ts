/** Writing Text for people: holes and symbolic ARNs as the file itself writes them. */

import { into } from "../maps.ts";
import { NOTHING_STORED, type Stored } from "./handed-over.ts";
import { ACCOUNT, canonical, holeOf, holes, isLiteral, PARTITION, REGION, replaceHoles } from "./text.ts";
import type { Unit } from "./unit.ts";
import type { LocalNames, Where } from "./writing.ts";

/** Turns the holes of a string into the spelling of a unit: `⟨#Db@jobs.yaml⟩` → `${Db}`. */
export type Spell = (text: string) => string;

export interface Spelling {
  /** For people: what has no name where they read it is shown by the one that it has elsewhere. */
  readonly say: Spell;
  /** For code: what has no name in the module is written out, with `<…>` for what is not known of it. */
  readonly write: Spell;
}

/** What is written for a hole that no unit spells: the words that AWS's own documentation uses. */
const WORDS: ReadonlyMap<string, string> = new Map([
  [PARTITION, "aws"],
  [REGION, "<region>"],
  [ACCOUNT, "<account-id>"],
]);

/** An ARN in a sentence, without the sign that ends the sentence. */
const ARN = /arn:[^\s"'`,()]*[^\s"'`,().;:]/g;

/**
 * The spelling of each unit of a run. A resource of another unit is spelled as that unit does, but for those whose ARN
 * is known by a name: another unit may have one of that name too. Code names what is handed over to its unit as that
 * does: `holeFor` has the hole.
 */
export function spelling(
  units: readonly Unit[],
  holeFor: Stored["holeFor"] = NOTHING_STORED.holeFor,
): (unit: string, where?: Where) => Spelling {
  let indexOfAll: Names | undefined;
  // Most runs of many units have nothing to say of them.
  const ofAll = () => (indexOfAll ??= indexed(units.flatMap(({ spellings }) => [...spellings])));
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const indexes = new Map<LocalNames, Names>();
  const ofUnits = new Map<Unit, Names>();
  return (id, where) => {
    const unit = byId.get(id);
    const local = where && unit?.namesAt?.(where);
    const own = local ? into(indexes, local, () => indexed([...local.names].map(quoted))) : NO_NAMES;
    const ofUnit = unit ? into(ofUnits, unit, () => indexed([...unit.spellings])) : NO_NAMES;
    const say: Spell = (text) => {
      if (isLiteral(text)) return text;
      const all = ofAll();
      return replaceHoles(
        withArns(withArns(canonical(text), own), all).replace(
          ARN,
          (arn) => own.plain.get(arn) ?? ofUnit.plain.get(arn) ?? arn,
        ),
        (token, inside) =>
          own.given.get(token) ??
          ofUnit.given.get(token) ??
          all.shared.get(token) ??
          WORDS.get(token) ??
          unnamed(token, inside, local?.say ?? unspelled),
      );
    };
    if (!local) return { say, write: say };
    const writeHoles: Spell = (text) =>
      replaceHoles(
        text,
        (token, inside) => own.given.get(token) ?? WORDS.get(token) ?? unnamed(token, inside, local.write),
      );
    const write: Spell = (text) => {
      if (isLiteral(text)) return text;
      const handed = writeHoles(canonical(holeFor(id, text) ?? ""));
      if (handed !== "" && !handed.startsWith("<")) return handed;
      return writeHoles(withArns(canonical(text), own).replace(ARN, (arn) => own.plain.get(arn) ?? arn));
    };
    return { say, write };
  };
}

/** The suffix of a secret's ARN is the pattern that matches it, wherever nobody has a name for it. */
function unnamed(token: string, inside: string, spell: (hole: string) => string): string {
  return holes(token)[0]?.width === "suffix" ? "??????" : spell(inside);
}

interface Names {
  readonly given: ReadonlyMap<string, string>;
  /** By ARNs that are known by a name, and mean the same thing in no other unit. */
  readonly plain: ReadonlyMap<string, string>;
  /** By a hole that is a name's whole text. */
  readonly shared: ReadonlyMap<string, string>;
  /** By the last hole of a resource's own: the ARNs that have it there. */
  readonly arns: ReadonlyMap<string, Arns>;
}

/** ARNs with one hole, and how many characters they have before and behind it, the longest first. */
interface Arns {
  readonly spellings: Map<string, string>;
  readonly lengths: (readonly [before: number, behind: number])[];
}

function indexed(spellings: readonly (readonly [text: string, spelling: string])[]): Names {
  const given = new Map<string, string>();
  const plain = new Map<string, string>();
  const shared = new Map<string, string>();
  const arns = new Map<string, Arns>();
  for (const [written, spelled] of spellings) {
    const text = canonical(written);
    given.set(text, spelled);
    const owned = holes(text).findLast(({ name }) => holeOf(name).unit !== null)?.token;
    if (owned === text) shared.set(text, spelled);
    else if (owned) {
      const { spellings, lengths } = into(arns, owned, () => ({ spellings: new Map(), lengths: [] }));
      into(spellings, text, () => spelled);
      const before = text.lastIndexOf(owned);
      const behind = text.length - before - owned.length;
      if (!lengths.some(([one, other]) => one === before && other === behind)) lengths.push([before, behind]);
    } else plain.set(text, spelled);
  }
  for (const { lengths } of arns.values()) lengths.sort((one, two) => two[0] + two[1] - one[0] - one[1]);
  return { given, plain, shared, arns };
}

const NO_NAMES = indexed([]);

function quoted([text, expression]: readonly [string, string]): readonly [string, string] {
  return [text, `\${${expression}}`];
}

function withArns(text: string, { arns }: Names): string {
  if (arns.size === 0) return text;
  let spelled = "";
  let from = 0;
  let at = 0;
  for (const { token } of holes(text)) {
    at = text.indexOf(token, at);
    const { spellings, lengths } = arns.get(token) ?? { lengths: [] };
    for (const [before, behind] of lengths) {
      const [start, end] = [at - before, at + token.length + behind];
      const name = start >= from ? spellings?.get(text.slice(start, end)) : undefined;
      if (name === undefined) continue;
      spelled += text.slice(from, start) + name;
      from = end;
      break;
    }
    at += token.length;
  }
  return spelled + text.slice(from);
}

function unspelled(inside: string): string {
  return `\${${holeOf(inside).words}}`;
}
