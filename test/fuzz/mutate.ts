/** Files that went wrong: what a slip, a merge, a template engine or an attacker makes of good ones. */

import { numbersOf } from "../support/numbers.ts";

/** A source of chance: gives an integer from 0 to below `limit`. */
export type Chance = (limit: number) => number;

/** The same choices for the same seed. */
export function chanceOf(seed: number): Chance {
  const number = numbersOf(seed);
  return (limit) => number() % limit;
}

/** What readers stumble over: syntax of the formats, names of JavaScript, odd characters, extreme numbers. */
const pieces = [
  ...[
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    ":",
    ",",
    "\\",
    "\n",
    "\t",
    "  ",
    "- ",
    "#",
    "//",
    "/*",
    "*/",
    "---\n",
    "|",
    ">-\n",
  ],
  ...["null", "true", "{}", "[]", '""', "1e400", "-0", "0x10", "1_000", "99999999999999999999", "~", "!!binary "],
  ...[
    "&a ",
    "*a",
    "<<: *a",
    "!Ref X",
    "!Sub ${X}",
    "!GetAtt A.B",
    "Fn::ForEach::L",
    '{"Ref": "X"}',
    "{{resolve:",
    "{{ x }}",
  ],
  ...[
    "${",
    "%{",
    "%{ for a in b }",
    "${var.x}",
    "<<EOT\n",
    "EOT\n",
    "each.value",
    "count = -1",
    "for_each = null",
    "...",
  ],
  ...[
    "../",
    "/etc/passwd",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "arn:aws:",
    "*",
    "?",
    "⟨1⟩",
    "⟨#2⟩",
    "⟨*",
  ],
  ...[
    "\0",
    "\ufeff",
    "\u2028",
    "\u202e",
    "\ud800",
    "\udfff",
    "\u0085",
    "é",
    "𝒳",
    "\\u0000",
    "\\ud800",
    "\r",
    "\x1b[31m",
    "::error::",
  ],
  "[".repeat(300),
  '{"a":'.repeat(300),
  "(".repeat(300),
  "${".repeat(100),
  "a".repeat(5_000),
];

const mutations: readonly ((text: string, other: string, chance: Chance) => string)[] = [
  (text, _, chance) => text.slice(0, chance(text.length + 1)),
  (text, _, chance) => replaced(text, spanOf(text, chance), ""),
  (text, _, chance) => {
    const [from, to] = spanOf(text, chance);
    return replaced(text, [from, from], text.slice(from, to));
  },
  (text, _, chance) => {
    const at = chance(text.length + 1);
    return replaced(text, [at, at], pieces[chance(pieces.length)] ?? "");
  },
  (text, _, chance) => {
    const at = chance(text.length + 1);
    return replaced(text, [at, at + 1], String.fromCharCode(chance(0x3000)));
  },
  (text, other, chance) => replaced(text, spanOf(text, chance), other.slice(...spanOf(other, chance))),
  (text, other, chance) => replaced(text, wordOf(text, chance), other.slice(...wordOf(other, chance))),
  (text, _, chance) => replaced(text, wordOf(text, chance), pieces[chance(pieces.length)] ?? ""),
  (text, _, chance) => {
    const lines = text.split("\n");
    const [moved = ""] = lines.splice(chance(lines.length), 1);
    lines.splice(chance(lines.length + 1), 0, moved);
    return lines.join("\n");
  },
  (text) => text.replaceAll("\n", "\r\n"),
];

/** One to four mutations of a text; `other` is where foreign parts come from. */
export function mutate(text: string, other: string, chance: Chance): string {
  let result = text;
  for (let left = 1 + chance(4); left > 0; left--) {
    result = mutations[chance(mutations.length)]?.(result, other, chance) ?? result;
  }
  return result;
}

type Span = readonly [number, number];

function replaced(text: string, [from, to]: Span, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function spanOf(text: string, chance: Chance): Span {
  const from = chance(text.length + 1);
  return [from, from + chance(60)];
}

function wordOf(text: string, chance: Chance): Span {
  const words = [...text.matchAll(/[\w.:/*-]+/g)];
  const word = words[chance(Math.max(1, words.length))];
  return word ? [word.index, word.index + word[0].length] : [0, 0];
}
