import fc from "fast-check";
import { expect, test } from "vitest";
import { type Link, links } from "../policy/rules.ts";
import { type Answer, judges, type LinkState, linksOf, stateOf } from "./chains.ts";

/** Two rules for each link but the last, which has none. */
const RULES = links
  .filter((link) => link !== "agent")
  .flatMap((link) => ["first", "second"].map((which) => ({ id: `${link}-${which}`, link })));
const ALL = judges([...RULES, { id: "linkless", link: null }], new Set());

const answer = (rule: string, says: Answer["says"], assumes: Answer["assumes"] = []): Answer => ({
  says,
  rule,
  because: `${rule} says so`,
  at: { file: { path: "a.json", text: "x" }, start: 0, end: 1 },
  assumes,
});
const proofs = (...these: readonly Link[]) => these.map((link) => answer(`${link}-first`, "proven"));

const states = (answers: readonly Answer[], outside = {}, asked = ALL): Record<string, LinkState> =>
  Object.fromEntries(Object.entries(linksOf(answers, outside, asked)).map(([link, { state }]) => [link, state]));
const become = (answers: readonly Answer[], outside = {}, asked = ALL) =>
  stateOf(linksOf(answers, outside, asked), asked);

test("a link is broken, else open, else proven, else outside, else not applicable; without a rule, or silent in the core, it is not checked", () => {
  const answers = [
    answer("reference-first", "broken"),
    answer("reference-second", "open"),
    answer("role-first", "open"),
    answer("role-second", "proven"),
    answer("trust-first", "proven"),
    answer("decrypt-first", "proven"),
    answer("linkless", "broken"),
  ];
  expect(states(answers, { decrypt: "it is elsewhere", content: "it is elsewhere" })).toEqual({
    reference: "broken",
    role: "open",
    trust: "proven",
    read: "not checked",
    decrypt: "proven",
    content: "outside",
    network: "not applicable",
    agent: "not checked",
  });
});

test("the evidence is that of the answers that decide, and so are the assumptions", () => {
  const answers = [
    answer("read-first", "proven", ["no-unseen-deny", "default-value"]),
    answer("read-second", "proven", ["default-value"]),
    answer("role-first", "broken"),
    answer("role-second", "proven", ["one-deployment"]),
  ];
  const { read, role, content } = linksOf(answers, { content: "it is elsewhere" }, ALL);
  const location = { path: "a.json", start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
  expect(read).toEqual({
    state: "proven",
    because: "read-first says so",
    location,
    rule: "read-first",
    assumes: ["no-unseen-deny", "default-value"],
    also: [{ rule: "read-second", because: "read-second says so", location, assumes: ["default-value"] }],
  });
  expect([role.rule, role.assumes, role.also]).toEqual(["role-first", [], undefined]);
  expect(content).toEqual({ state: "outside", because: "it is elsewhere", location: null, rule: null, assumes: [] });
});

test("a reference is proven when its core is and the rest is proven, outside or not applicable", () => {
  const core = proofs("reference", "role", "trust", "read");
  expect(become(core)).toBe("proven");
  expect(become(core, { network: "there is none" })).toBe("proven");
  expect(become([...core, answer("content-first", "open")])).toBe("unverified");
  expect(become([...core, answer("content-first", "broken")])).toBe("with findings");
});

test("silence about a link of the core proves nothing", () => {
  expect(become([])).toBe("unverified");
  for (const link of ["reference", "role", "trust", "read"] as const) {
    const others = (["reference", "role", "trust", "read"] as const).filter((one) => one !== link);
    expect(become(proofs(...others))).toBe("unverified");
    expect(become(proofs(...others), { [link]: "it is elsewhere" })).toBe("unverified");
  }
});

test("fully proven means that nothing is outside or not checked", () => {
  const agent = judges([...RULES, { id: "agent-first", link: "agent" }], new Set());
  const core = proofs("reference", "role", "trust", "read");
  expect(become(core, {}, agent)).toBe("fully proven");
  expect(become(core, { network: "there is none" }, agent)).toBe("proven");
  expect(become(core)).toBe("proven");
});

test("switching a rule off never proves anything", () => {
  const said = fc.constantFrom<Answer["says"] | "nothing">("broken", "open", "proven", "nothing");
  const isProven = (state: string) => state === "proven" || state === "fully proven";
  fc.assert(
    fc.property(fc.tuple(...RULES.map(() => said)), fc.nat(RULES.length - 1), (says, index) => {
      const answers = RULES.flatMap(({ id }, at) => {
        const one = says[at];
        return one === undefined || one === "nothing" ? [] : [answer(id, one)];
      });
      const off = new Set(RULES.slice(index, index + 1).map(({ id }) => id));
      const left = answers.filter(({ rule }) => !off.has(rule));
      if (isProven(become(left, {}, judges(RULES, off)))) expect(isProven(become(answers))).toBe(true);
    }),
  );
});
