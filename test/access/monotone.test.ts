/**
 * What holds of any policies: an Allow more never takes access away, a Deny or a boundary never gives it, and a wider
 * pattern changes it in one direction only. Over some of the vectors, through the readers of all formats.
 */
import { expect, test } from "vitest";
import { type Checked, checker } from "./checked.ts";
import { chanceOf, conditional, plain, unreferring } from "./generate.ts";
import { PARTS } from "./parts.ts";
import { recorded, SEED } from "./record.ts";
import type { Statement, Vector } from "./vector.ts";

const check = checker();

/** Of the vectors, in turn: enough of each theme. */
const EVERY = 17;

const RANK = { no: 0, open: 1, yes: 2 } as const;
type Direction = "never less" | "never more";

const chance = chanceOf(SEED);
const more = (vector: Vector, effect: Statement["Effect"]): Statement => {
  const parts = PARTS[vector.reads];
  return chance.percent(50) ? plain(chance, parts, effect) : conditional(chance, parts, effect);
};

/** A statement about everything, if its conditions hold. */
const wider = (effect: Statement["Effect"]) => (statement: Statement) => {
  if (statement.Effect !== effect) return statement;
  const { NotAction: _, NotResource: __, ...rest } = statement;
  return { ...rest, Action: "*", Resource: "*" };
};

const CHANGES: Readonly<Record<string, readonly [Direction, (vector: Vector) => Vector]>> = {
  "an Allow more": ["never less", (vector) => ({ ...vector, role: [...vector.role, more(vector, "Allow")] })],
  "a Deny more": ["never more", (vector) => ({ ...vector, role: [...vector.role, more(vector, "Deny")] })],
  "a Deny in the secret's policy": [
    "never more",
    (vector) => ({ ...vector, policy: [...vector.policy, { ...more(vector, "Deny"), Principal: "*" }] }),
  ],
  "a boundary": [
    "never more",
    (vector) => ({ ...vector, boundary: vector.boundary ?? [unreferring(plain(chance, PARTS[vector.reads]))] }),
  ],
  "a wider Allow": ["never less", (vector) => ({ ...vector, role: vector.role.map(wider("Allow")) })],
  "a wider Deny": ["never more", (vector) => ({ ...vector, role: vector.role.map(wider("Deny")) })],
};

/** Where an answer moved against the direction. */
function against(before: Checked, after: Checked, direction: Direction): string[] {
  return (["read", "decrypt"] as const).flatMap((what) => {
    const [was, is] = [before[what].verdict, after[what].verdict];
    if (was === undefined || is === undefined) return [];
    const moved = RANK[is] - RANK[was];
    const wrong = direction === "never less" ? moved < 0 : moved > 0;
    return wrong ? [`${what}: ${before[what].because}; then ${after[what].because}`] : [];
  });
}

test.each(Object.entries(CHANGES))(
  "%s changes access in one direction only",
  async (_, [direction, change]) => {
    let moved = 0;
    for (const [index, vector] of recorded().entries()) {
      if (index % EVERY !== 0) continue;
      const changed = change(vector);
      // A change may need other formats; both are written in one.
      const [before, after] = [await check(vector, index, changed), await check(changed, index, vector)];
      expect([changed, against(before, after, direction)]).toEqual([changed, []]);
      if (before.read.verdict !== after.read.verdict) moved++;
    }
    expect(moved).toBeGreaterThan(3);
  },
  300_000,
);
