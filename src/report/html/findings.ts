/** What the page says of findings, open questions and problems. */
import { type Problem, problemPlace } from "../../source.ts";
import { type Finding, said, type Unverified } from "../../verdict/finding.ts";
import { openQuestions, type Question } from "../../verdict/questions.ts";
import { level, worstFirst } from "../../verdict/rank.ts";
import { quantity } from "../../words.ts";
import { settledBy, waiting } from "../questions.ts";
import { assumptions, codeOf, type Excerpts } from "../report.ts";
import { clip } from "../visible.ts";
import { escaped, escapedLines, list, type Markup, placed, section, sentence } from "./markup.ts";

const WORD = { error: "error", warning: "warning", notice: "info" } as const;

/** Lines above and below a range, and the most of a range and of a line that are shown. */
const AROUND = 1;
const MOST_LINES = 8;
const LONGEST_LINE = 400;

/** The findings that count, worst first. */
export function findingsSection(findings: readonly Finding[], excerpts: Excerpts): Markup {
  const sorted = worstFirst(findings);
  return section("findings", "Findings", sorted.map((one, index) => article(one, index, excerpts)).join("\n"));
}

function article(finding: Finding, index: number, excerpts: Excerpts): Markup {
  const { rule, location, related, remedy, assumes, help, deployments = [], status } = finding;
  const word = WORD[level(finding)];
  const code = codeOf(remedy);
  const rows: readonly (readonly [Markup, Markup])[] = [
    ["Where", placed(location) + frame(finding, excerpts)],
    ["Also", list(related.map((one) => `${sentence(one.message)} ${placed(one.location)}`))],
    ["Deployments", deployments.map(escaped).join(", ")],
    ["Assumes", assumes.length === 0 ? "" : escaped(assumptions(assumes))],
    ["Fix", sentence(remedy.text) + (code === "" ? "" : `<pre tabindex="0"><code>${escapedLines(code)}</code></pre>`)],
    ["Rule", /^https?:/.test(help) ? `<a href="${escaped(help)}">${escaped(rule)}</a>` : escaped(rule)],
  ];
  return `<article class="${word}" aria-labelledby="f${index}">
<h3 id="f${index}"><span class="${word === "error" ? "bad" : "open"}">${word}${status === "existing" ? " (existing)" : ""}:</span> ${sentence(said(finding))}</h3>
<dl>${rows
    .filter(([, body]) => body !== "")
    .map(([head, body]) => `<dt>${head}</dt><dd>${body}</dd>`)
    .join("")}</dl></article>`;
}

/** The lines of a finding with its range marked. A range of many lines is shown by its first ones. */
function frame({ location: { path, start, end } }: Finding, excerpts: Excerpts): Markup {
  const last = Math.min(end.line, start.line + MOST_LINES - 1);
  const rows: string[] = [];
  for (let number = Math.max(1, start.line - AROUND); number <= last + AROUND; number++) {
    const line = excerpts.line(path, number);
    if (line === undefined) continue;
    const isIn = number >= start.line && number <= last;
    const from = number === start.line ? start.column - 1 : line.search(/\S|$/);
    const to = number === end.line ? end.column - 1 : line.length;
    // A minified file has one line: what is around the range is enough of it.
    const left = Math.max(0, from - LONGEST_LINE / 4);
    const shown = clip(line.slice(left), LONGEST_LINE);
    const [a, b] = isIn ? [from - left, Math.max(from, to) - left] : [shown.length, shown.length];
    const marked = a === b ? "" : `<mark>${escapedLines(shown.slice(a, b))}</mark>`;
    rows.push(
      `<span class="n">${String(number).padStart(String(last + AROUND).length)}</span> ${escapedLines(shown.slice(0, a))}${marked}${escapedLines(shown.slice(b))}`,
    );
  }
  return rows.length === 0 ? "" : `<pre tabindex="0"><code>${rows.join("\n")}</code></pre>`;
}

/** So many places of one question are shown. */
const MOST_PLACES = 20;

/** What the files don't answer, by its cause. */
export function questionsSection(unverified: readonly Unverified[]): Markup {
  const questions = openQuestions(unverified);
  return section("questions", "Open questions", list(questions.map(questionItem)));
}

function questionItem(question: Question): Markup {
  const { because, entries } = question;
  const places = [...new Set(entries.map(({ location }) => placed(location)))];
  const more = places.length - MOST_PLACES;
  const all = [...places.slice(0, MOST_PLACES), ...(more > 0 ? [`and ${more} more`] : [])];
  const rules = [...new Set(entries.map(({ rule }) => escaped(rule)))].join(", ");
  const settle = settledBy(question);
  const who = [waiting(question), rules].filter((part) => part !== "").join(": ");
  return `<p>${sentence(because)} <span class="muted">(${who})</span></p>${
    settle === undefined ? "" : `<p>${sentence(settle)}</p>`
  }<details><summary>${quantity(places.length, "place")}</summary>${list(all)}</details>`;
}

export function problemsSection(problems: readonly Problem[], notes: readonly Problem[]): Markup {
  const item = (one: Problem) => `<code class="at">${escaped(problemPlace(one))}</code> ${sentence(one.message)}`;
  return section("problems", "Problems", list(problems.map(item))) + section("notes", "Notes", list(notes.map(item)));
}
