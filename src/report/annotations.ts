/** Findings as annotations of the workflow run. */

import { type Finding, said } from "../verdict/finding.ts";
import { openQuestions } from "../verdict/questions.ts";
import { type Level, level, worstFirst } from "../verdict/rank.ts";
import { quantity } from "../words.ts";
import { countedIn, type Report, remedyText } from "./report.ts";
import { clean, cleanLines, clip } from "./visible.ts";

export interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly startLine?: number;
  readonly endLine?: number;
  /** Only when start and end are on the same line: GitHub refuses columns otherwise. */
  readonly startColumn?: number;
  readonly endColumn?: number;
}

/**
 * The runner keeps ten annotations of each level per step and silently drops the others
 * (https://github.com/actions/runner/blob/v2.336.0/src/Runner.Worker/ExecutionContext.cs, `_maxCountPerIssueType`).
 */
const annotationLimit = 10;
const product = "Batch secrets check";
/** Kept free for the action's own failure and notices. */
const reserved: Readonly<Record<Level, number>> = { error: 1, warning: 0, notice: 4 };
/** The runner cuts a message at 4096 characters (same file, `_maxIssueMessageLength`). */
const messageLimit = 4_000;

export interface AnnotationOptions {
  /** Findings that a comment on their line says already. */
  readonly commented?: ReadonlySet<Finding>;
  /** Whether a repository without AWS Batch gets no remark. */
  readonly quiet?: boolean;
}

/**
 * The annotations of a report, worst first, within what the runner keeps. When there are more of a level, the last one
 * says how many. Paths of the report are relative to the repository.
 */
export function annotations(report: Report, { commented, quiet = false }: AnnotationOptions = {}): Annotation[] {
  const findings = worstFirst(countedIn(report)).filter((finding) => !commented?.has(finding));
  const all = [...remarks(report, quiet), ...report.problems.map(ofProblem), ...findings.map(ofFinding)];
  return (["error", "warning", "notice"] as const).flatMap((wanted) =>
    within(
      all.filter((annotation) => annotation.level === wanted),
      wanted,
    ),
  );
}

/** The line of the commit that annotations are shown on, for one of the checked files; undefined where it has none. */
export type Place = (path: string, line: number) => number | undefined;

/** The annotations at their lines there. One that has no place says where it is, and stands on no line. */
export function placed(annotations: readonly Annotation[], place: Place): readonly Annotation[] {
  return annotations.map((annotation) => {
    const { file, startLine, endLine, ...words } = annotation;
    if (file === undefined || startLine === undefined) return annotation;
    const start = place(file, startLine);
    if (start === undefined) {
      const { level, title, message } = words;
      const where = `At ${clean(file)}:${startLine} of the merge with the base branch.`;
      return { level, title, message: `${message}\n${where}` };
    }
    const end = endLine === undefined ? undefined : place(file, endLine);
    return { ...words, file, startLine: start, ...(end === undefined ? {} : { endLine: Math.max(start, end) }) };
  });
}

/** Remarks that are no findings and must not be silent. */
function remarks({ summary, unverified }: Report, quiet: boolean): Annotation[] {
  const said = [
    ...(summary.jobDefinitions === 0 && !quiet
      ? [`No AWS Batch job definition was found in ${quantity(summary.files, "file")}.`]
      : []),
    ...(unverified.length > 0
      ? [`${quantity(openQuestions(unverified).length, "open question")}: see "Not verified" in the job summary.`]
      : []),
  ];
  return said.map((message) => ({ level: "notice", title: product, message }));
}

function within(list: readonly Annotation[], of: Level): readonly Annotation[] {
  const room = annotationLimit - reserved[of];
  if (list.length <= room) return list;
  const left = list.length - (room - 1);
  const message = `${quantity(left, `more ${of}`)} not shown here: see the job summary.`;
  return [...list.slice(0, room - 1), { level: of, title: product, message }];
}

function ofProblem(problem: Report["problems"][number]): Annotation {
  return {
    level: "error",
    title: "This file could not be checked",
    message: clip(clean(problem.message), messageLimit),
    file: problem.path,
    ...(problem.line === undefined ? {} : { startLine: problem.line }),
  };
}

function ofFinding(finding: Finding): Annotation {
  const { path, start, end } = finding.location;
  return {
    level: level(finding),
    title: clean(finding.rule),
    message: clip(cleanLines(`${said(finding)}\n${remedyText(finding.remedy)}`).trim(), messageLimit),
    file: path,
    startLine: start.line,
    endLine: end.line,
    ...(start.line === end.line ? { startColumn: start.column, endColumn: end.column } : {}),
  };
}
