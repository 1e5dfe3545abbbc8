import type { Unverified } from "../verdict/finding.ts";
import { openQuestions, type Question } from "../verdict/questions.ts";
import { quantity } from "../words.ts";
import { assumptionLines } from "./assume.ts";
import type { Paint } from "./paint.ts";
import { settledBy, waiting } from "./questions.ts";
import { place, say } from "./visible.ts";
import { PROSE_WIDTH, wrap } from "./width.ts";

/** This many open questions, and places of one, are listed; the rest is counted, unless all are requested. */
const MOST_QUESTIONS = 10;
const MOST_PLACES = 3;
const INDENT = " ".repeat(6);

/** The open questions: the first few, or all of them with everything that depends on each. */
export function renderQuestions(
  unverified: readonly Unverified[],
  paint: Paint,
  columns: number,
  all: boolean,
): string[] {
  const questions = openQuestions(unverified);
  if (questions.length === 0) return [];
  const width = Math.min(columns, PROSE_WIDTH);
  const shown = all ? questions : questions.slice(0, MOST_QUESTIONS);
  const left = questions.length - shown.length;
  return [
    `${paint("yellow", "unverified")}: ${paint("bold", quantity(questions.length, "open question"))}`,
    ...shown.flatMap((question) => renderQuestion(question, paint, width, all)),
    ...(left > 0 ? ["", `  and ${left} more; --show unverified lists all`] : []),
  ];
}

/** The unknown thing, who depends on it, what would settle it, and where. */
function renderQuestion(question: Question, paint: Paint, width: number, all: boolean): string[] {
  const { because, entries } = question;
  const rules = [...new Set(entries.map(({ rule }) => say(rule)))].join(", ");
  const settle = settledBy(question);
  const indented = (text: string) => wrap(text, width - INDENT.length).map((line) => INDENT + line);
  return [
    "",
    ...hanging("  - ", say(because), width),
    ...indented(`(${[waiting(question), rules].filter((part) => part !== "").join(": ")})`).map((line) =>
      paint("dim", line),
    ),
    ...(settle === undefined ? [] : indented(say(settle))),
    ...(all ? told(question) : []),
    ...(all ? renderEntries(question, paint, width) : renderPlaces(entries, paint)),
  ];
}

/** What to write into the configuration instead. */
function told(question: Question): string[] {
  const lines = assumptionLines(question);
  if (lines.length === 0) return [];
  return [
    "Or tell it in the configuration, when it exists elsewhere:",
    "  assume:",
    ...lines.map((line) => `    ${say(line)}`),
  ].map((line) => INDENT + line);
}

function renderPlaces(entries: readonly Unverified[], paint: Paint): string[] {
  const places = [...new Set(entries.map(({ location }) => place(location)))];
  const left = places.length - MOST_PLACES;
  return [
    ...places.slice(0, MOST_PLACES).map((one) => `${INDENT}${paint("blue", "-->")} ${one}`),
    ...(left > 0 ? [`${INDENT}and ${quantity(left, "more place")}`] : []),
  ];
}

/** Every answer that depends on a question, without the words that they share. */
function renderEntries({ because, entries }: Question, paint: Paint, width: number): string[] {
  const arrow = `${INDENT}--> `;
  return entries.flatMap(({ reason, rule, location }) => {
    const own = reason.endsWith(`: ${because}`) ? reason.slice(0, -because.length - 2) : reason;
    const said = own === because ? "" : `: ${say(own)} (${say(rule)})`;
    return hanging(arrow, `${place(location)}${said}`, width).map((line) =>
      line.replace(arrow, `${INDENT}${paint("blue", "-->")} `),
    );
  });
}

/** Wrapped text behind a mark, the further lines indented below the first. */
function hanging(mark: string, text: string, width: number): string[] {
  return wrap(text, width - mark.length).map((line, index) => (index === 0 ? mark : " ".repeat(mark.length)) + line);
}
