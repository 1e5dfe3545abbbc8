/**
 * Makes docs/images/review-comment-light.png and -dark.png for README.md: the review comment that the action writes
 * about examples/bad/colons, as GitHub shows it. The finding and the comment are real; the frame around them is drawn.
 *
 * Needs Chromium (its path in CHROMIUM, else /usr/bin/chromium) and packages that the project itself doesn't use:
 * `npm install --no-save marked github-markdown-css playwright-core`, then `node tools/picture.ts`.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { check } from "../src/check.ts";
import { defaultConfig } from "../src/config/config.ts";
import { renderComment } from "../src/report/comment.ts";
import type { Finding } from "../src/verdict/finding.ts";

const root = dirname(import.meta.dirname);
const EXAMPLE = "examples/bad/colons";
const OUT = "docs/images";
/** In CSS pixels; each is two pixels of the picture. */
const WIDTH = 720;
/** Lines of the file above the commented one. */
const LINES_ABOVE = 3;

type Theme = "light" | "dark";

interface Colours {
  readonly page: string;
  readonly head: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  readonly added: string;
  readonly addedNumber: string;
}

/** Those of GitHub's own pages. */
const COLOURS: Readonly<Record<Theme, Colours>> = {
  light: {
    page: "#ffffff",
    head: "#f6f8fa",
    border: "#d1d9e0",
    text: "#1f2328",
    muted: "#59636e",
    added: "#dafbe1",
    addedNumber: "#aceebb",
  },
  dark: {
    page: "#0d1117",
    head: "#151b23",
    border: "#3d444d",
    text: "#f0f6fc",
    muted: "#9198a1",
    added: "#12261e",
    addedNumber: "#1c4428",
  },
};

/** The packages are not dependencies of the project, so their types are written here, as far as they are used. */
interface Packages {
  readonly marked: { parse(markdown: string): string };
  readonly chromium: {
    launch(options: object): Promise<{
      newPage(options: object): Promise<{
        setContent(html: string): Promise<void>;
        locator(selector: string): { screenshot(options: object): Promise<unknown> };
      }>;
      close(): Promise<void>;
    }>;
  };
  readonly css: (theme: Theme) => string;
}

function packages(): Packages {
  const need = createRequire(join(process.env["PICTURE_PACKAGES"] ?? root, "package.json"));
  const folder = dirname(need.resolve("github-markdown-css/package.json"));
  return {
    marked: need("marked").marked,
    chromium: need("playwright-core").chromium,
    css: (theme) => readFileSync(join(folder, `github-markdown-${theme}.css`), "utf8"),
  };
}

async function example(): Promise<{ finding: Finding; lines: readonly string[] }> {
  const options = { root: join(root, EXAMPLE), paths: [], ignore: [], config: defaultConfig, failOn: "error" } as const;
  const { report } = await check(options);
  const [finding] = report.findings;
  if (!finding) throw new Error(`${EXAMPLE} has no finding`);
  return { finding, lines: readFileSync(join(root, EXAMPLE, finding.location.path), "utf8").split("\n") };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** The cross as GitHub draws it, since few machines that run this have a font with emoji. */
const CROSS = `<svg width="16" height="16" viewBox="0 0 16 16" style="vertical-align:-2px"><path d="M2.5 2.5 13.5 13.5M13.5 2.5
2.5 13.5" stroke="#dd2e44" stroke-width="3.4" stroke-linecap="round"/></svg>`;

/** The page: the head of the file, added lines down to the finding, and the comment below. */
function page(finding: Finding, lines: readonly string[], theme: Theme, { marked, css }: Packages): string {
  const colours = COLOURS[theme];
  const last = finding.location.start.line;
  const rows = lines.slice(last - 1 - LINES_ABOVE, last).map((line, index) => {
    return `<tr><td class="number">${last - LINES_ABOVE + index}</td><td class="line">+ ${escaped(line)}</td></tr>`;
  });
  const comment = renderComment(finding, () => "#");
  const body = marked.parse(comment.replace("❌", CROSS));
  return `<!doctype html><meta charset="utf-8"><style>${css(theme)}
    body { margin: 0; background: ${colours.page}; }
    .file { width: ${WIDTH - 34}px; margin: 16px; border: 1px solid ${colours.border}; border-radius: 6px;
      overflow: hidden; color: ${colours.text}; font: 14px/1.5 "Liberation Sans", "DejaVu Sans", sans-serif; }
    .frame { width: ${WIDTH}px; overflow: hidden; background: ${colours.page}; }
    .head { padding: 8px 16px; background: ${colours.head}; border-bottom: 1px solid ${colours.border};
      font: 600 12px/20px "Liberation Mono", "DejaVu Sans Mono", monospace; }
    table.diff { width: 100%; border-collapse: collapse; font: 12px/20px "Liberation Mono", monospace; }
    .number { width: 1%; min-width: 20px; padding: 0 10px; text-align: right; background: ${colours.addedNumber};
      color: ${colours.muted}; }
    .line { padding: 0 10px; white-space: pre; background: ${colours.added}; }
    .thread { padding: 16px; border-top: 1px solid ${colours.border}; }
    .comment { border: 1px solid ${colours.border}; border-radius: 6px; padding: 12px 16px 14px; }
    .who { display: flex; align-items: center; gap: 8px; margin-bottom: 10px; }
    .avatar { width: 24px; height: 24px; border-radius: 6px; background: ${colours.text}; color: ${colours.page};
      font-weight: 700; font-size: 13px; line-height: 24px; text-align: center; }
    .bot { border: 1px solid ${colours.border}; border-radius: 12px; padding: 0 7px; font-size: 12px;
      line-height: 18px; color: ${colours.muted}; }
    .muted { color: ${colours.muted}; }
    .markdown-body { font-size: 14px; background: transparent; font-family: inherit; }
    .markdown-body pre { margin-bottom: 10px; }
    .markdown-body p:last-child { margin-bottom: 0; }
  </style><div class="frame"><div class="file">
    <div class="head">infra/${escaped(finding.location.path)}</div>
    <table class="diff">${rows.join("")}</table>
    <div class="thread"><div class="comment">
      <div class="who"><span class="avatar">B</span><b>github-actions</b><span class="bot">bot</span>
        <span class="muted">now</span></div>
      <div class="markdown-body">${body}</div>
    </div></div>
  </div></div>`;
}

async function main(): Promise<void> {
  const used = packages();
  const { finding, lines } = await example();
  mkdirSync(join(root, OUT), { recursive: true });
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const browser = await used.chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    for (const theme of ["light", "dark"] as const) {
      const tab = await browser.newPage({ viewport: { width: WIDTH, height: 600 }, deviceScaleFactor: 2 });
      await tab.setContent(page(finding, lines, theme, used));
      await tab.locator(".frame").screenshot({ path: join(root, OUT, `review-comment-${theme}.png`) });
    }
  } finally {
    await browser.close();
  }
}

if (import.meta.main) await main();
