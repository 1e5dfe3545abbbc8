/**
 * The variables of a Makefile that have one value: https://www.gnu.org/software/make/manual/html_node/Flavors.html. What
 * the environment may set (`?=`), what is added to, and what is given twice is not known.
 */
import { isLiteral } from "../../facts/text.ts";

const DEFINITION = /^(?:export[ \t]{1,9}|override[ \t]{1,9})?(\w{1,100})[ \t]{0,40}(\?|\+|:{0,3})=([^\n]*)$/gm;
const VARIABLE = /\$(?:\((\w+)\)|\{(\w+)\})/g;
/** Variables may be made of each other this often, and a value may be so long. */
const [DEEPEST, LONGEST] = [8, 4_000];

/** The values of the variables, by their names. */
export function madeIn(text: string): ReadonlyMap<string, string> {
  const written = new Map<string, string | undefined>();
  for (const [, name = "", flavour, value = ""] of text.matchAll(DEFINITION)) {
    const plain = (value.split(/(?<!\\)#/, 1)[0] ?? "").trim();
    const isKnown = !written.has(name) && flavour !== "?" && flavour !== "+" && !plain.endsWith("\\");
    written.set(name, isKnown ? plain : undefined);
  }
  const known = new Map<string, string | undefined>();
  for (const name of written.keys()) valueNamed(name, written, known);
  return new Map([...known].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

/** The value of a variable, made once: while it is made, it is not known to those that it is made of. */
function valueNamed(
  name: string,
  written: ReadonlyMap<string, string | undefined>,
  known: Map<string, string | undefined>,
  depth = DEEPEST,
): string | undefined {
  if (known.has(name) || depth === 0) return known.get(name);
  known.set(name, undefined);
  const value = written.get(name);
  if (value === undefined || value.length > LONGEST) return undefined;
  let isKnown = true;
  const made = value.replaceAll(VARIABLE, (_, round?: string, braced?: string) => {
    const inner = valueNamed(round ?? braced ?? "", written, known, depth - 1);
    isKnown &&= inner !== undefined;
    return inner ?? "";
  });
  // What is left of `$` is a function of make, or one of its own variables.
  const isPlain = !/\$(?!\$)/.test(value.replaceAll(VARIABLE, "").replaceAll("$$", ""));
  const found =
    isKnown && isPlain && made.length <= LONGEST && isLiteral(made) ? made.replaceAll("$$", "$") : undefined;
  known.set(name, found);
  return found;
}
