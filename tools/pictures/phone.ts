/**
 * The summary comment on a phone, for a few, some and very many findings. Nothing may be wider than the comment, and it
 * may not take many screens.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../src/check.ts";
import { defaultConfig } from "../../src/config/config.ts";
import { renderSummary } from "../../src/report/markdown.ts";
import type { Report } from "../../src/report/report.ts";
import type { Tab } from "../../test/support/chromium.ts";
import { COLOURS, html, IMAGES, markdownCss, picture, type Theme } from "./page.ts";

/** The width of a comment on a phone, and the height of its screen, in CSS pixels. */
const WIDTH = 340;
const SCREEN = 740;

/** How many findings there are, and the most screens that their summary may take. */
const sizes = [
  { findings: 9, screens: 1 },
  { findings: 45, screens: 1.5 },
  { findings: 400, screens: 2 },
] as const;

const names = ["settle", "payments", "nightly-report", "invoice-mailer", "ledger-export", "fraud-score"];

/** A job with four mistakes; a part of the mistakes of all jobs is made, so that there are as many as wanted. */
function job(index: number, mistakes: number): object {
  const secret = `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${names[index % names.length]}-a1b2c3`;
  return {
    jobDefinitionName: `${names[index % names.length]}${index < names.length ? "" : `-${Math.floor(index / names.length)}`}`,
    type: "container",
    platformCapabilities: ["FARGATE"],
    containerProperties: {
      image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/batch:1",
      ...(mistakes > 1 ? {} : { executionRoleArn: "arn:aws:iam::111122223333:role/batch-execution" }),
      secrets: [{ name: "DATABASE_PASSWORD", valueFrom: mistakes > 0 ? `${secret}:password` : `${secret}:password::` }],
      fargatePlatformConfiguration: { platformVersion: mistakes > 2 ? "1.3.0" : "1.4.0" },
    },
  };
}

async function reportOf(findings: number): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  try {
    mkdirSync(join(folder, "batch"));
    for (let left = findings, index = 0; left > 0; left -= 3, index++) {
      const text = `${JSON.stringify(job(index, Math.min(left, 3)), null, 2)}\n`;
      writeFileSync(join(folder, "batch", `job-${String(index).padStart(3, "0")}.json`), text);
    }
    return (await check({ root: folder, paths: [], ignore: [], config: defaultConfig, failOn: "error" })).report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function page(report: Report, theme: Theme): string {
  const colours = COLOURS[theme];
  const commit = { sha: "0123456789abcdef0123456789abcdef01234567", address: "https://github.com/" };
  const given = {
    address: () => "https://github.com/",
    commit,
    checks: "https://github.com/",
    commented: new Set(report.findings),
    notes: [],
  };
  const body = renderSummary(report, { ...given, limit: 60_000, measure: (text) => text.length });
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${markdownCss(theme)}
    body { margin: 0; background: ${colours.page}; font: 14px/1.5 "Liberation Sans", "DejaVu Sans", sans-serif; }
    .frame { box-sizing: border-box; width: ${WIDTH}px; padding: 12px; background: ${colours.page}; }
    .markdown-body { font-size: 14px; background: transparent; font-family: inherit; }
  </style><div class="frame"><div class="markdown-body">${html(body)}</div></div>`;
}

/** Makes the pictures. Throws when a summary is too wide or too long. */
export async function phone(tab: Tab): Promise<void> {
  const failed: string[] = [];
  for (const { findings, screens } of sizes) {
    const report = await reportOf(findings);
    if (report.findings.length !== findings) throw new Error(`${report.findings.length} findings, not ${findings}`);
    const path = join(IMAGES, `phone-${findings}.png`);
    const { width, height } = await picture(tab, page(report, findings === 9 ? "light" : "dark"), WIDTH, path);
    const taken = height / SCREEN;
    process.stdout.write(`${findings} findings: ${width} px wide, ${taken.toFixed(2)} screens\n`);
    if (width > WIDTH || taken > screens) failed.push(`${findings}: more than ${WIDTH} px or ${screens} screens`);
  }
  if (failed.length > 0) throw new Error(failed.join("\n"));
}
