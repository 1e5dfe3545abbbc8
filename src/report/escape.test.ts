import fc from "fast-check";
import { expect, test } from "vitest";
import { codeSpan, encodePath, fence, link, prose } from "./escape.ts";

/** Text with what could be markup in it, more often than chance gives. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("`", "``", "```", "\n", "\r\n", "|", "\\", "\\|", "<!--", "-->", "<b>", "@octocat", "#1", "GH-1"),
      fc.constantFrom(
        "::error::",
        ":key:",
        "[a](b)",
        "![a](b)",
        "**",
        "_",
        "~~",
        "www.a.b",
        "https://a.b",
        "\u202e",
        "1.",
        " ",
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

/**
 * What is left of Markdown when code spans are taken out as CommonMark does it: a run of backticks to the next equal
 * run.
 */
function withoutCode(markdown: string): string {
  let rest = markdown;
  let outside = "";
  for (;;) {
    const opening = /`+/.exec(rest);
    if (opening === null) return outside + rest;
    const after = rest.slice(opening.index + opening[0].length);
    const closing = [...after.matchAll(/`+/g)].find(([run]) => run.length === opening[0].length);
    if (closing === undefined) return outside + rest;
    outside += `${rest.slice(0, opening.index)}◻`;
    rest = after.slice(closing.index + closing[0].length);
  }
}

test("a sentence keeps plain words and puts ARNs, names and actions into code", () => {
  expect(
    prose("arn:aws:secretsmanager:…:db:password has 3 resource parts (secret, db, password); AWS accepts 2 or 5."),
  ).toBe("`arn:aws:secretsmanager:…:db:password` has 3 resource parts (secret, db, password); AWS accepts 2 or 5.");
  expect(prose("Write x:y:: instead of DB_PASSWORD, e.g. 1,000 times: it's well-known.")).toBe(
    "Write `x:y::` instead of `DB_PASSWORD`, e.g. 1,000 times: it's well-known.",
  );
});

test("what a sentence puts between backticks is code as it stands", () => {
  expect(prose("Use `a b`, not `c`.")).toBe("Use `a b`, not `c`.");
});

test("a pattern keeps its question marks", () => {
  expect(prose("It matches secret:db-??????.")).toBe("It matches `secret:db-??????`.");
  expect(prose("Really?")).toBe("Really?");
});

test("nothing in a sentence becomes a mention, a reference, an emoji, a link, a list or HTML", () => {
  expect(prose("1. @octocat #1 GH-12 :key: www.evil.com <b> [a](b) deadbeef 1. x")).toBe(
    "1\\. `@octocat` `#1` `GH-12` `:key:` `www.evil.com` `<b>` `[a](b)` `deadbeef` 1. x",
  );
});

test("outside of code a sentence has only letters, digits, blanks and punctuation that means nothing", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(withoutCode(prose(text))).toMatch(/^(?:[\p{L}\p{N}\p{M}◻ .,;:!?()"'“”‘’…–—/\uFFFD-]|\\[-.)])*$/u);
      expect(withoutCode(prose(text))).not.toMatch(/:[a-z0-9+-]+:|^\d+[.)]|^- |\n/);
    }),
  );
});

test("a code span is one code span, whatever is in it", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(withoutCode(codeSpan(text))).toMatch(/^(?:◻|\(empty\))$/);
    }),
  );
});

test("a value longer than 200 units is cut", () => {
  expect(codeSpan("a".repeat(300))).toBe(`\`${"a".repeat(199)}…\``);
});

test("a fence is longer than any run of backticks in the code", () => {
  expect(fence("a ```` b\n", "json")).toBe("`````json\na ```` b\n`````");
  expect(fence("{}", "json")).toBe("```json\n{}\n```");
});

test("code that is too long is cut at a line", () => {
  const code = fence(`${"x".repeat(99)}\n`.repeat(100), "yaml");
  expect(code).toBe(`\`\`\`yaml\n${`${"x".repeat(99)}\n`.repeat(60)}…\n\`\`\``);
});

test("only web addresses become links, and they can't end early", () => {
  expect(link("`a`", "https://github.com/o/r/blob/x/a(b).json#L1")).toBe(
    "[`a`](https://github.com/o/r/blob/x/a%28b%29.json#L1)",
  );
  expect(link("a", "javascript:alert(1)")).toBe("a");
  expect(link("a", "not an address")).toBe("a");
  expect(link("a", `https://a.b/${"c".repeat(2_000)}`)).toBe("a");
});

test("a path in an address is percent-encoded by segment", () => {
  expect(encodePath("a b/c#d/(e)'!*.json")).toBe("a%20b/c%23d/%28e%29%27%21%2A.json");
  fc.assert(
    fc.property(hostile, (path) => {
      expect(encodePath(path)).toMatch(/^[A-Za-z0-9%._~/-]*$/);
    }),
  );
});
