/** Names of which pieces are not known: whether two of them may be one. */
import { ACCOUNT, hasWideHole, isLiteral, knownEnds, knownOf, knownRuns, PARTITION, REGION } from "./text.ts";

/** Whether two texts are equal; undefined when it depends on their holes. */
export function equalTexts(a: string, b: string): boolean | undefined {
  if (a === b) return true;
  if (isLiteral(a) && isLiteral(b)) return false;
  const [[headA, tailA], [headB, tailB]] = [knownEnds(a), knownEnds(b)];
  const head = Math.min(headA.length, headB.length);
  if (headA.slice(0, head) !== headB.slice(0, head)) return false;
  const tail = Math.min(tailA.length, tailB.length);
  if (tailA.slice(tailA.length - tail) !== tailB.slice(tailB.length - tail)) return false;
  return undefined;
}

/** Whether a field of a string is surely no other: a literal one, or a Region or account with no such form. */
function isOther(field: string, wanted: string): boolean {
  const form = FORMS.get(field);
  return form ? !form.test(wanted) : equalTexts(field, wanted) === false;
}

/** What the texts that AWS gives every deployment look like: no service or type of a resource is called so. */
const FORMS: ReadonlyMap<string, RegExp> = new Map([
  [PARTITION, /^aws/],
  [REGION, /-/],
  [ACCOUNT, /^\d+$/],
]);

/**
 * Whether a string has another one in it, `at` its start or anywhere; undefined when it depends on its holes. Narrow
 * holes have no colon, so what is between colons can be compared.
 */
export function holdsText(text: string, part: string, at: "start" | "anywhere"): boolean | undefined {
  const runs = at === "start" ? knownRuns(text).slice(0, 1) : knownRuns(text);
  const isThere = runs.some((run) => (at === "start" ? run.startsWith(part) : run.includes(part)));
  if (isThere || isLiteral(text)) return isThere;
  if (hasWideHole(text)) return at === "start" && !mayStart(text, part) ? false : undefined;
  const [fields, wanted] = [text.split(":"), part.split(":")];
  const last = wanted.length - 1;
  const fitsAt = (from: number) =>
    from + last < fields.length &&
    wanted.every((one, index) => {
      const field = fields[from + index] ?? "";
      const isFirst = index === 0 && at === "anywhere";
      if (isFirst && index === last) return !isLiteral(field) || field.includes(one);
      if (isFirst) return mayEnd(field, one);
      return index === last ? mayStart(field, one) : !isOther(field, one);
    });
  const places = at === "start" ? [0] : fields.keys();
  return [...places].some(fitsAt) ? undefined : false;
}

function mayStart(field: string, start: string): boolean {
  const [known] = knownEnds(field);
  const isPlain = isLiteral(field);
  return known.startsWith(start) || (!isPlain && start.startsWith(known));
}

function mayEnd(field: string, end: string): boolean {
  const [, known] = knownEnds(field);
  return known.endsWith(end) || (!isLiteral(field) && end.endsWith(known));
}

/** So many characters of two names must be known. */
const ALIKE = 3;

/** Whether two names are written alike but for what is not known of them, or one of them says what the other's may be. */
export function isAlike(one: string, other: string): boolean {
  if (isLiteral(one) && isLiteral(other)) return false;
  const [known, otherKnown] = [one, other].map(knownOf) as [string, string];
  if (Math.min(known.length, otherKnown.length) < ALIKE) return false;
  if (isLiteral(one) || isLiteral(other)) return equalTexts(one, other) === undefined;
  return knownRuns(one).join("\n") === knownRuns(other).join("\n");
}
