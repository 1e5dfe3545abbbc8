import { beforeAll, expect, test } from "vitest";
import { loadAllLibraries } from "../libraries.ts";
import { attributes } from "./testing.ts";

beforeAll(loadAllLibraries);

/** A value that is made of the one before, so many times. */
function chain(times: number, first: string, next: (previous: string) => string): string {
  const lines = Array.from({ length: times }, (_, index) => `v${index + 1} = ${next(`local.v${index}`)}\n`);
  return `v0 = ${first}\n${lines.join("")}x = local.v${times}\n`;
}

const LARGE = "a value would be too large";
const STEPS = "evaluating the module takes too many steps";
const aliases = [..."abcdefgh"].map((name, index, names) => {
  const items = Array(9).fill(index === 0 ? "1" : `*${names[index - 1]}`);
  return `${name}: &${name} [${items.join(",")}]`;
});

const BOMBS: Readonly<Record<string, readonly [text: string, limit: string]>> = {
  "a range of a billion": ["x = range(1000000000)\n", "a number is out of range"],
  "loops in loops": ["x = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]\n", STEPS],
  "loops in loops, flattened": ["x = flatten([for a in range(1000) : [for b in range(1000) : b]])\n", STEPS],
  "loops in a template": [
    'x = "%{for a in range(1000)}%{for b in range(1000)}%{for c in range(1000)}x%{endfor}%{endfor}%{endfor}"\n',
    STEPS,
  ],
  "a text doubled again and again": [chain(40, '"xxxxxxxx"', (it) => `"\${${it}}\${${it}}"`), LARGE],
  "a text joined again and again": [chain(40, '"xxxxxxxx"', (it) => `join("", [${it}, ${it}, ${it}])`), LARGE],
  "a text formatted again and again": [chain(40, '"xxxxxxxx"', (it) => `format("%s%s%s", ${it}, ${it}, ${it})`), LARGE],
  "a text replaced again and again": [chain(40, '"aaaaaaaa"', (it) => `replace(${it}, "a", "aaaaaaaa")`), STEPS],
  "a list doubled again and again": [chain(40, "[1, 2]", (it) => `[${it}, ${it}]`), LARGE],
  "an object doubled again and again": [chain(40, "{}", (it) => `{ a = ${it}, b = ${it} }`), LARGE],
  "an unknown doubled again and again": [chain(40, "[var.x]", (it) => `[${it}, ${it}]`), LARGE],
  "a list that is longer with every step": [chain(40, "[1, 2]", (it) => `concat(${it}, ${it})`), LARGE],
  "a list within a list, and so on": [chain(3000, "[1]", (it) => `[${it}]`), "references are nested too deeply"],
  "products of sets": ["x = setproduct(range(1000), range(1000), range(1000))\n", LARGE],
  "lists of formatted texts": [
    `x = formatlist("%s%s%s", range(1000), range(1000), join("", [for i in range(1000) : "${"a".repeat(80)}"]))\n`,
    STEPS,
  ],
  "a width of a billion": ['x = format("%1000000000d", 1)\n', "it would take too much time or memory"],
  "long divisions": ["x = [for a in range(1000) : [for b in range(1000) : tostring((a + 0.5) / (b + 0.5))]]\n", STEPS],
  "a pattern of repetitions in repetitions": ['x = regex("((a{100}){100}){100}", "aaa")\n', "an argument is not valid"],
  "a pattern that other engines never end": [
    'x = regex("(a*)*b", join("", [for i in range(1000) : join("", [for j in range(50) : "a"])]))\n',
    "an argument is not valid",
  ],
  "aliases of aliases": [`x = yamldecode("${aliases.join("\\n")}\\n")\n`, "its aliases repeat too many values"],
  "brackets without end in JSON": [`x = jsondecode("${"[".repeat(50_000)}")\n`, "it nests deeper than 500 levels"],
};

for (const [name, [text, limit]] of Object.entries(BOMBS)) {
  test(`${name}: stopped, with a clear reason`, () => {
    const { of, faults } = attributes(text);
    of("x");
    expect(faults()[0]).toContain(limit);
  });
}

test("a value that nobody nests so deeply by hand is refused, however it is reached", () => {
  const { of, faults } = attributes(chain(500, "[1]", (it) => `[${it}]`));
  for (let index = 0; index <= 500; index++) of(`v${index}`);
  expect(faults()[0]).toBe("a value would be too large");
});
