import type { Problem } from "../source.ts";
import { counted, type Finding, type Remedy } from "../verdict/finding.ts";
import { countLevels, type Level, level } from "../verdict/rank.ts";
import { quantity } from "../words.ts";
import { causeWords } from "./cause.ts";
import { bar, type FrameOptions, gutterOf, renderFrame } from "./frame.ts";
import { type Paint, painter, type Style } from "./paint.ts";
import { redactReport } from "./redact.ts";
import {
  assumptions,
  codeOf,
  type Excerpts,
  olderIn,
  type Report,
  type ReportFormat,
  type Summary,
  type WriteOptions,
} from "./report.ts";
import { renderProven } from "./text-chains.ts";
import { renderQuestions } from "./text-questions.ts";
import { cleanLines, clip, say } from "./visible.ts";
import { PROSE_WIDTH, wrap } from "./width.ts";

export { DEFAULT_WIDTH } from "./width.ts";

export const text: ReportFormat = { name: "text", what: "for people", chains: false, write: renderText };

/** The beginning of a command to the runner of a workflow; no code of a remedy begins so. */
const COMMAND = /^\s*(?:::|##\[)/;

/** Longer code only comes from values that nobody reads to their end. In UTF-16 units. */
const LONGEST_REMEDY = 20_000;

const STYLE: Readonly<Record<Level, Style>> = { error: "red", warning: "yellow", notice: "cyan" };
const WORD: Readonly<Record<Level, string>> = { error: "error", warning: "warning", notice: "info" };

/** The complete report, ending with a line end. */
export function renderText(report: Report, excerpts: Excerpts, { colour, width, show }: WriteOptions): string {
  const paint = painter(colour);
  const references = show === "proven" ? report.references : [];
  const { scope, fixed, unverified, problems, notes, summary, verdict, ...redacted } = redactReport({
    ...report,
    references,
  });
  const shown = counted(redacted.findings, scope);
  const older = olderIn({ findings: redacted.findings, scope }).length;
  const explained = new Set<string>();
  const blocks = shown.map((finding) => {
    const help = explained.has(finding.rule) ? undefined : finding.help;
    explained.add(finding.rule);
    return renderFinding(finding, help, excerpts, paint, width);
  });
  return [
    ...blocks,
    ...(show === "proven" ? renderProven(redacted.references, paint, Math.min(width, PROSE_WIDTH)) : []),
    renderQuestions(unverified, paint, width, show === "unverified"),
    problems.map((problem) => renderProblem(problem, paint("red", "problem"))),
    notes.map((one) => renderProblem(one, paint("cyan", "note"))),
    renderClosing(shown, { older, fixed: fixed.length }, problems, verdict, summary, paint),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function renderFinding(
  finding: Finding,
  help: string | undefined,
  excerpts: Excerpts,
  paint: Paint,
  width: number,
): string[] {
  const { rule, message, location, related, remedy, assumes } = finding;
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
    ...(finding.cause === undefined
      ? []
      : note("cause", `new ${causeWords(finding.cause, (place) => place)}`, options)),
    ...(assumes.length === 0 ? [] : note("assumes", assumptions(assumes), options)),
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

function renderProblem({ path, line, message }: Problem, kind: string): string {
  const where = line === undefined ? say(path) : `${say(path)}:${line}`;
  return `${kind}: ${where}: ${say(message)}`;
}

/** The verdict with what led to it, then what was looked at and what became of every reference. */
function renderClosing(
  findings: readonly Finding[],
  compared: { readonly older: number; readonly fixed: number },
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
  const besides = [
    ...(compared.older > 0 ? [quantity(compared.older, "older finding")] : []),
    ...(compared.fixed > 0 ? [`${compared.fixed} fixed`] : []),
    ...(summary.suppressed > 0 ? [`${summary.suppressed} suppressed`] : []),
  ];
  const word = verdict === "fail" ? paint("red", "failed") : paint("green", "passed");
  return [
    `${word}: ${[...(said.length > 0 ? said : [compared.older > 0 ? "no new findings" : "no findings"]), ...besides].join(", ")}`,
    accounting(summary),
  ];
}

function accounting({ files, jobDefinitions, references, proven, fullyProven, unverified }: Summary): string {
  if (jobDefinitions === 0) return `${quantity(files, "file")}, 0 job definitions found`;
  const read = [
    quantity(files, "file"),
    quantity(jobDefinitions, "job definition"),
    quantity(references, "secret reference"),
  ].join(", ");
  if (references === 0) return read;
  const fully = fullyProven > 0 ? ` (${fullyProven} fully)` : "";
  const withFindings = references - proven - unverified;
  return `${read}: ${proven} proven${fully}, ${withFindings} with findings, ${unverified} unverified`;
}
