import { expect, test } from "vitest";
import { finding, provenReference, reportOf } from "../testing.ts";
import { write as renderHtml } from "./html.ts";
import { PALETTE } from "./style.ts";

const NO_LINES = { line: () => undefined };

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test.each(Object.entries(PALETTE))("in %s, what is read stands out from what is behind it", (_, colours) => {
  for (const behind of [colours.page, colours.card]) {
    for (const name of ["text", "muted", "link", "good", "bad", "open"] as const) {
      expect(contrast(colours[name], behind), `${name} on ${behind}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  expect(contrast(colours.text, colours.mark)).toBeGreaterThanOrEqual(4.5);
});

test("the page is one file: nothing is loaded, nothing runs", () => {
  const page = renderHtml(reportOf([finding()], { references: [provenReference()] }), NO_LINES);
  expect(page).toContain(
    `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
  );
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=/i);
  expect(page.endsWith("</html>\n")).toBe(true);
});

test("no secret is on the page", () => {
  const secret = "AKIAIOSFODNN7EXAMPLE";
  const page = renderHtml(reportOf([finding({ message: `${secret} is set` })], {}), NO_LINES);
  expect(page).not.toContain(secret);
});

test("each link of a chain has its state in words", () => {
  const page = renderHtml(reportOf([], { references: [provenReference()] }), NO_LINES);
  expect(page).toContain('Key<span class="sr"> outside</span>');
  expect(page).toContain('<dt>Key: <span class="muted">outside</span></dt>');
});
