/** Each format of the table is told from all others, and each kind of credential is found by its form or by its name. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { credentialNamed, credentialsIn } from "../../src/facts/credentials/find.ts";
import { FORMATS } from "../../src/facts/credentials/formats.ts";
import { kindsFor, plainFor } from "./kinds.ts";

test.each(FORMATS.map(([what, pattern]) => ({ what, pattern })))(
  "$what is found as what it is",
  ({ what, pattern }) => {
    const tokens = fc.stringMatching(new RegExp(`^(?:${pattern.replaceAll(/\(\?![^)]*\)/g, "")})$`));
    fc.assert(
      fc.property(tokens, (token) => {
        const found = credentialsIn(`X ${token} Y`);
        // What reads like a placeholder is none, and what may be a word has to look random.
        fc.pre(found.length > 0);
        expect(found[0]?.what).toBe(what);
      }),
      { numRuns: 20, maxSkipsPerRun: 1_000 },
    );
  },
);

test("each kind is found by its form or by its name", () => {
  const missed = kindsFor(77).filter(({ name, value }, index) =>
    value === null
      ? !credentialNamed(name, plainFor(77, index))
      : !credentialsIn(value).some(({ form }) => form !== "name"),
  );
  expect(missed.map(({ what }) => what)).toEqual([]);
});
