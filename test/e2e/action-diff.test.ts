import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePatch } from "../../src/github/diff.ts";
import { makeRepository } from "../fake-github/repository.ts";

const line = fc.constantFrom("", "a", "b", " c", "+d", "-e", "@@ -1 +1 @@", "\\ f", "g\r", "😀");
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, ended]) => `${lines.join("\n")}${ended ? "\n" : ""}`);

test("every line that git's patch has of the new file is that line of the file, and added lines are all there", () => {
  using repository = makeRepository();
  fc.assert(
    fc.property(text, text, (before, after) => {
      const base = repository.commit({ "a.txt": before });
      const head = repository.commit({ "a.txt": after });
      const [file] = repository.between(base, head).files;
      if (file?.patch === undefined) return;
      const lines = after.split("\n").map((line) => line.replace(/\r$/, ""));
      let added = 0;
      for (const { start, lines: right } of parsePatch(file.patch)) {
        for (const [index, { text, added: isNew }] of right.entries()) {
          expect(text).toBe(lines[start - 1 + index]);
          if (isNew) added++;
        }
      }
      expect(added).toBe(file.additions);
    }),
    { numRuns: 40 },
  );
});
