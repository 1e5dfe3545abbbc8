/** Pages as GitHub shows them, and pictures of them. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Tab } from "../../test/support/chromium.ts";

export const root = join(import.meta.dirname, "../..");
export const IMAGES = join(root, "docs/images");

export type Theme = "light" | "dark";

export interface Colours {
  readonly page: string;
  readonly head: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  readonly added: string;
  readonly addedNumber: string;
  readonly removed: string;
}

/** Those of GitHub's own pages. */
export const COLOURS: Readonly<Record<Theme, Colours>> = {
  light: {
    page: "#ffffff",
    head: "#f6f8fa",
    border: "#d1d9e0",
    text: "#1f2328",
    muted: "#59636e",
    added: "#dafbe1",
    addedNumber: "#aceebb",
    removed: "#ffebe9",
  },
  dark: {
    page: "#0d1117",
    head: "#151b23",
    border: "#3d444d",
    text: "#f0f6fc",
    muted: "#9198a1",
    added: "#12261e",
    addedNumber: "#1c4428",
    removed: "#25171c",
  },
};

/** What a page is after it was laid out, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const need = createRequire(join(process.env["PICTURE_PACKAGES"] ?? root, "package.json"));
/** The packages are not dependencies of the project, so the type is written here, as far as it is used. */
const { marked } = need("marked") as { readonly marked: { parse(markdown: string): string } };

/** GitHub's own style sheet for Markdown. */
export function markdownCss(theme: Theme): string {
  const folder = dirname(need.resolve("github-markdown-css/package.json"));
  return readFileSync(join(folder, `github-markdown-${theme}.css`), "utf8");
}

const drawn = (colour: string, path: string) =>
  `<svg width="16" height="16" viewBox="0 0 16 16" style="vertical-align:-2px"><path d="${path}" fill="none" stroke="${colour}" stroke-width="3" stroke-linecap="round"/></svg>`;

/** Signs as GitHub draws them, since few machines that run this have a font with emoji. */
const SIGNS: Readonly<Record<string, string>> = {
  "❌": drawn("#dd2e44", "M2.5 2.5 13.5 13.5M13.5 2.5 2.5 13.5"),
  "✅": drawn("#1a7f37", "M2.5 8.5 6.5 12.5 13.5 3.5"),
  "⚠️": drawn("#bf8700", "M8 2.5V9M8 13V13.2"),
  ℹ️: drawn("#0969da", "M8 7V13M8 3V3.2"),
};

/** Markdown as HTML, a suggested change drawn as GitHub does: `before` are the lines that it replaces. */
export function html(markdown: string, before = ""): string {
  const text = Object.entries(SIGNS).reduce((all, [sign, svg]) => all.replaceAll(sign, svg), markdown);
  return marked
    .parse(text)
    .replace(/<pre><code class="language-suggestion">([\s\S]*?)\n<\/code><\/pre>/, (_, after) => {
      const rows = [row("removed", "-", escaped(before)), row("added", "+", String(after))].join("");
      return `<div class="suggested"><div class="title">Suggested change</div><table class="diff">${rows}</table>
      <div class="commit"><span>Commit suggestion</span></div></div>`;
    });
}

function row(kind: string, sign: string, line: string): string {
  return `<tr><td class="line ${kind}">${sign} ${line}</td></tr>`;
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** Lays out a page of a width, takes a picture of its element `.frame`, which begins at the top, and measures it. */
export async function picture(tab: Tab, page: string, width: number, path: string): Promise<Size> {
  await tab.screen({ width, height: 600, scale: 2 });
  await tab.show(page);
  const size = await tab.evaluate<Size>(
    "({ width: document.documentElement.scrollWidth, height: document.querySelector('.frame').scrollHeight })",
  );
  // The last line of pixels may be one in part.
  const height = await tab.evaluate<number>(
    "Math.ceil(document.querySelector('.frame').getBoundingClientRect().height)",
  );
  await tab.screen({ width, height, scale: 2 });
  await tab.save(path);
  return size;
}
