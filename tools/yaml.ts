/**
 * The parser of the yaml package as the build takes it: with lists in place of generators.
 *
 * Each of its tokens goes through up to six generators that wait for one another. Lists are 2.7 times as fast, and the
 * tokens are the same, since nobody looks at them before a method has ended. A test compares the two.
 */

/** The lexer, whose pieces are handed on after each of its steps. */
export function listsOfLexer(code: string): string {
  const step = "next = this.parseNext(next);";
  return checked(withLists(code, []).replace(step, `{ ${step} yield* this.taken(); }`), 1);
}

/** The parser, which gives the tokens that a piece has completed. */
export function listsOfParser(code: string): string {
  const entries = ["next", "end"];
  const renamed = entries.reduce((text, name) => text.replace(`    *${name}(`, `    *${name}Token(`), code);
  const given = entries.map((name) => `    ${name}(piece) { this.${name}Token(piece); return this.taken(); }\n`);
  return checked(
    withLists(renamed, ["parse", ...entries]).replace("    peek(n) {", `${given.join("")}    peek(n) {`),
    2,
  );
}

/** A class whose methods note what they would yield. Those that are called by `kept` names stay as they are. */
function withLists(code: string, kept: readonly string[]): string {
  const taken = "    taken() { const out = this.out; if (out.length > 0) this.out = []; return out; }\n";
  return code
    .replace(/^ {4}\*(\w+)\(/gm, (all, name: string) => (name === "lex" || kept.includes(name) ? all : `    ${name}(`))
    .replace(/yield\* this\.(\w+)\(/g, (all, name: string) => (kept.includes(name) ? all : `this.${name}(`))
    .replace(/\byield (?!\*)([^;*]+);/g, "this.out.push($1);")
    .replace(/^ {4}constructor\(.*\) \{\n/m, (all) => `${taken}${all}        this.out = [];\n`);
}

/** Throws when another version of the package has changed so much that this does not fit. */
function checked(code: string, yields: number): string {
  const left = code.match(/^(?! *\*| *\/\/).*\byield\b/gm) ?? [];
  if (left.length !== yields || !code.includes("taken()")) {
    throw new Error(`the parser of the yaml package is another one than tools/yaml.ts knows:\n${left.join("\n")}`);
  }
  return code;
}
