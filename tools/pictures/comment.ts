/** The review comment that the action writes about examples/bad/colons, as GitHub shows it. The frame is drawn. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { suggestion } from "../../src/github/suggestion.ts";
import { renderComment } from "../../src/report/comment.ts";
import type { Finding } from "../../src/verdict/finding.ts";
import type { Tab } from "../../test/support/chromium.ts";
import { COLOURS, escaped, html, IMAGES, markdownCss, picture, root, type Theme } from "./page.ts";

const EXAMPLE = "examples/bad/colons";
/** In CSS pixels; each is two pixels of the picture. */
const WIDTH = 720;
/** Lines of the file above the commented one. */
const LINES_ABOVE = 3;

async function example(): Promise<{ finding: Finding; lines: readonly string[] }> {
  const options = { root: join(root, EXAMPLE), paths: [], ignore: [], config: defaultConfig, failOn: "error" } as const;
  const { report } = await check(options);
  const [finding] = report.findings;
  if (!finding) throw new Error(`${EXAMPLE} has no finding`);
  return { finding, lines: readFileSync(join(root, EXAMPLE, finding.location.path), "utf8").split("\n") };
}

/** The page: the head of the file, added lines down to the finding, and the comment below. */
function page(finding: Finding, lines: readonly string[], theme: Theme): string {
  const colours = COLOURS[theme];
  const { path, start } = finding.location;
  const rows = lines.slice(start.line - 1 - LINES_ABOVE, start.line).map((line, index) => {
    const number = start.line - LINES_ABOVE + index;
    return `<tr><td class="number">${number}</td><td class="line added">+ ${escaped(line)}</td></tr>`;
  });
  const text = suggestion(finding, { path, side: "RIGHT", line: start.line }, lines, (_, line) => lines[line - 1]);
  const fix = text === undefined ? undefined : { language: "suggestion", text };
  const body = html(
    renderComment(finding, () => "#", fix),
    lines[start.line - 1],
  );
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${markdownCss(theme)}
    body { margin: 0; background: ${colours.page}; }
    .file { width: ${WIDTH - 34}px; margin: 16px; border: 1px solid ${colours.border}; border-radius: 6px;
      overflow: hidden; color: ${colours.text}; font: 14px/1.5 "Liberation Sans", "DejaVu Sans", sans-serif; }
    .frame { width: ${WIDTH}px; overflow: hidden; background: ${colours.page}; }
    .head { padding: 8px 16px; background: ${colours.head}; border-bottom: 1px solid ${colours.border};
      font: 600 12px/20px "Liberation Mono", "DejaVu Sans Mono", monospace; }
    .file table.diff { display: table; width: 100%; margin: 0; border-collapse: collapse;
      font: 12px/20px "Liberation Mono", monospace; }
    .file .diff tr, .file .diff td { border: 0; background: none; }
    .number { width: 1%; min-width: 20px; padding: 0 10px; text-align: right; color: ${colours.muted}; }
    .file .diff td.number { background: ${colours.addedNumber}; }
    .file .diff td.line { padding: 0 10px; white-space: pre; }
    .file .diff td.added { background: ${colours.added}; }
    .file .diff td.removed { background: ${colours.removed}; }
    .thread { padding: 16px; border-top: 1px solid ${colours.border}; }
    .comment { border: 1px solid ${colours.border}; border-radius: 6px; padding: 12px 16px 14px; }
    .who { display: flex; align-items: center; gap: 8px; margin-bottom: 10px; }
    .avatar { width: 24px; height: 24px; border-radius: 6px; background: ${colours.text}; color: ${colours.page};
      font-weight: 700; font-size: 13px; line-height: 24px; text-align: center; }
    .bot { border: 1px solid ${colours.border}; border-radius: 12px; padding: 0 7px; font-size: 12px;
      line-height: 18px; color: ${colours.muted}; }
    .muted { color: ${colours.muted}; }
    .suggested { border: 1px solid ${colours.border}; border-radius: 6px; margin-bottom: 10px; overflow: hidden; }
    .suggested .title { padding: 6px 12px; font-size: 12px; color: ${colours.muted};
      border-bottom: 1px solid ${colours.border}; }
    .suggested .commit { padding: 8px 12px; text-align: right; border-top: 1px solid ${colours.border}; }
    .suggested .commit span { border: 1px solid ${colours.border}; border-radius: 6px; padding: 3px 12px;
      background: ${colours.head}; font-size: 12px; font-weight: 600; }
    .markdown-body { font-size: 14px; background: transparent; font-family: inherit; }
    .markdown-body pre { margin-bottom: 10px; }
    .markdown-body p:last-child { margin-bottom: 0; }
  </style><div class="frame"><div class="file">
    <div class="head">infra/${escaped(path)}</div>
    <table class="diff">${rows.join("")}</table>
    <div class="thread"><div class="comment">
      <div class="who"><span class="avatar">B</span><b>github-actions</b><span class="bot">bot</span>
        <span class="muted">now</span></div>
      <div class="markdown-body">${body}</div>
    </div></div>
  </div></div>`;
}

export async function comment(tab: Tab): Promise<void> {
  const { finding, lines } = await example();
  for (const theme of ["light", "dark"] as const) {
    await picture(tab, page(finding, lines, theme), WIDTH, join(IMAGES, `review-comment-${theme}.png`));
  }
}
