/** The report for people at a terminal. */
import type { Location, Problem } from "../source.ts";
import type { Finding, Remedy, Unverified } from "../verdict/finding.ts";
import { countLevels, type Level, level } from "../verdict/rank.ts";
import { quantity } from "../words.ts";
import { bar, type FrameOptions, gutterOf, renderFrame } from "./frame.ts";
import { type Paint, painter, type Style } from "./paint.ts";
import { redactReport } from "./redact.ts";
import { codeOf, type Excerpts, type Report, type Summary } from "./report.ts";
import { clean, cleanLines, clip } from "./visible.ts";
import { PROSE_WIDTH, wrap } from "./width.ts";

export { DEFAULT_WIDTH } from "./width.ts";

export interface TextOptions {
  readonly colour: boolean;
  /** Columns: prose is wrapped and long lines of code are cut to them. Messages stay on one line, so they can be searched for. */
  readonly width: number;
}

/** So many reasons, and places of a reason, are listed; the rest is counted. The JSON report lists all. */
const MOST_REASONS = 10;
const MOST_PLACES = 3;

/** What begins a command to the runner of a workflow, which no code that we tell to write begins with. */
const COMMAND = /^\s*(?:::|##\[)/;

/** Longer texts only come from values that nobody reads to their end. In UTF-16 units: an ARN has at most 2,048. */
const LONGEST_TEXT = 4_000;
const LONGEST_REMEDY = 20_000;

const STYLE: Readonly<Record<Level, Style>> = { error: "red", warning: "yellow", notice: "cyan" };
const WORD: Readonly<Record<Level, string>> = { error: "error", warning: "warning", notice: "info" };

/** The whole report, ending with a line end: findings with code frames, what is unverified and why, problems, and the counts. */
export function renderText(report: Report, excerpts: Excerpts, { colour, width }: TextOptions): string {
  const paint = painter(colour);
  const { findings, unverified, problems, summary, verdict } = redactReport(report);
  const told = findings.filter(({ status }) => status !== "suppressed");
  const explained = new Set<string>();
  const blocks = told.map((finding) => {
    const help = explained.has(finding.rule) ? undefined : finding.help;
    explained.add(finding.rule);
    return renderFinding(finding, help, excerpts, paint, width);
  });
  return [
    ...blocks,
    renderUnverified(unverified, paint, width),
    problems.map((problem) => renderProblem(problem, paint)),
    renderClosing(findings, problems, verdict, summary, paint),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

/** A text of others on one line. */
function say(text: string): string {
  return clean(clip(text, LONGEST_TEXT));
}

function renderFinding(
  finding: Finding,
  help: string | undefined,
  excerpts: Excerpts,
  paint: Paint,
  width: number,
): string[] {
  const { rule, message, location, related, remedy } = finding;
  const loudness = level(finding);
  const style = STYLE[loudness];
  const marks = [
    ...(finding.confidence === "likely" ? ["likely"] : []),
    ...(finding.status === "existing" ? ["existing"] : []),
  ];
  const head = paint(style, `${WORD[loudness]}[${say(rule)}]`) + (marks.length > 0 ? ` (${marks.join(", ")})` : "");
  const gutter = gutterOf([location, ...related.map((one) => one.location)]);
  const options: FrameOptions = { excerpts, paint, width, gutter };
  return [
    `${head}: ${paint("bold", say(message))}`,
    ...renderFrame({ location, arrow: "-->", mark: "^", style, label: "" }, options),
    ...related.flatMap((one) => [
      bar(options),
      ...renderFrame(
        { location: one.location, arrow: ":::", mark: "-", style: "blue", label: say(one.message) },
        options,
      ),
    ]),
    bar(options),
    ...renderRemedy(remedy, options),
    ...(help === undefined ? [] : [...(codeOf(remedy) === "" ? [] : [""]), ...note("help", help, options)]),
  ];
}

/** A remedy: its sentence, then the code to paste. */
function renderRemedy(remedy: Remedy, options: FrameOptions): string[] {
  const indent = " ".repeat(options.gutter + 5);
  const code = cleanLines(clip(codeOf(remedy), LONGEST_REMEDY));
  const lines = code.split("\n").map((line) => `${indent}${line.replace(COMMAND, "\u{fffd}")}`.trimEnd());
  return [...note("fix", say(clip(remedy.text, LONGEST_REMEDY)), options), ...(code === "" ? [] : ["", ...lines])];
}

/** `= fix: …`, wrapped below its own beginning. */
function note(name: string, text: string, { paint, gutter, width }: FrameOptions): string[] {
  const indent = " ".repeat(gutter + 1);
  const lines = wrap(text, Math.min(width, PROSE_WIDTH) - gutter - name.length - 5);
  return lines.map((line, index) =>
    index === 0
      ? `${indent}${paint("blue", "=")} ${paint("bold", `${name}:`)} ${line}`
      : `${indent}${" ".repeat(name.length + 4)}${line}`,
  );
}

function renderUnverified(unverified: readonly Unverified[], paint: Paint, width: number): string[] {
  if (unverified.length === 0) return [];
  const reasons = new Map<string, Unverified[]>();
  for (const one of unverified) {
    const same = reasons.get(one.reason);
    if (same) same.push(one);
    else reasons.set(one.reason, [one]);
  }
  const groups = [...reasons].sort(([, a], [, b]) => b.length - a.length);
  const left = groups.length - MOST_REASONS;
  return [
    `${paint("yellow", "unverified")}: ${paint("bold", `${quantity(unverified.length, "question")} the files do not answer`)}`,
    ...groups.slice(0, MOST_REASONS).flatMap(([reason, entries]) => renderReason(reason, entries, paint, width)),
    ...(left > 0 ? ["", `  and ${quantity(left, "more reason")}`] : []),
  ];
}

function renderReason(reason: string, entries: readonly Unverified[], paint: Paint, columns: number): string[] {
  const width = Math.min(columns, PROSE_WIDTH);
  const count = `  ${entries.length} × `;
  const indent = " ".repeat(count.length);
  const places = [...new Set(entries.map(({ location }) => place(location)))];
  const rules = [...new Set(entries.map(({ rule }) => say(rule)))];
  const left = places.length - MOST_PLACES;
  return [
    "",
    ...wrap(say(reason), width - count.length).map((line, index) => (index === 0 ? count : indent) + line),
    ...wrap(`(${rules.join(", ")})`, width - count.length).map((line) => paint("dim", indent + line)),
    ...places.slice(0, MOST_PLACES).map((one) => `${indent}${paint("blue", "-->")} ${one}`),
    ...(left > 0 ? [`${indent}and ${quantity(left, "more place")}`] : []),
  ];
}

function place({ path, start }: Location): string {
  return `${say(path)}:${start.line}:${start.column}`;
}

function renderProblem({ path, line, message }: Problem, paint: Paint): string {
  const where = line === undefined ? say(path) : `${say(path)}:${line}`;
  return `${paint("red", "problem")}: ${where}: ${say(message)}`;
}

/** The verdict with what led to it, then what was looked at and what became of every reference. */
function renderClosing(
  findings: readonly Finding[],
  problems: readonly Problem[],
  verdict: Report["verdict"],
  summary: Summary,
  paint: Paint,
): string[] {
  const { error, warning, notice } = countLevels(findings);
  const counts = [
    [error, "error"],
    [warning, "warning"],
    [notice, "info"],
    [problems.length, "problem"],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, noun]) => quantity(count, noun));
  const suppressed = summary.suppressed > 0 ? [`${summary.suppressed} suppressed`] : [];
  const word = verdict === "fail" ? paint("red", "failed") : paint("green", "passed");
  return [`${word}: ${[...(said.length > 0 ? said : ["no findings"]), ...suppressed].join(", ")}`, accounting(summary)];
}

function accounting({ files, jobDefinitions, references, proven, unverified }: Summary): string {
  const looked = quantity(files, "file");
  if (jobDefinitions === 0) return `${looked}, 0 job definitions found`;
  const states = [`${proven} proven`, `${references - proven - unverified} with findings`, `${unverified} unverified`];
  const told = references === 0 ? "" : `: ${states.join(", ")}`;
  return `${looked}, ${quantity(jobDefinitions, "job definition")}, ${quantity(references, "secret reference")}${told}`;
}
