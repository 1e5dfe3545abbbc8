/** Names of which pieces are not known: whether two of them may be one. */
import { isLiteral, knownEnds, knownOf, knownRuns } from "./text.ts";

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
