/** One finding as Markdown: the comment on a line, and the pieces that summaries are made of. */
import type { Location } from "../source.ts";
import { type Cause, type Finding, said } from "../verdict/finding.ts";
import { type Level, level } from "../verdict/rank.ts";
import { causeWords } from "./cause.ts";
import { codeSpan, fence, link, prose } from "./escape.ts";
import { assumptions, codeOf } from "./report.ts";

/** The address of a place's lines. */
export type Address = (location: Location) => string;

export const icons: Readonly<Record<Level, string>> = { error: "❌", warning: "⚠️", notice: "ℹ️" };

/** Up to this many related places are shown: with the longest texts a comment then stays below what GitHub accepts. */
const relatedPlaces = 5;

/** Code to show in place of that of a remedy. */
export interface Fix {
  readonly language: string;
  readonly text: string;
}

/** The comment on a line: the finding, its fix, and a link to the rule. */
export function renderComment(finding: Finding, address: Address, fix?: Fix): string {
  const blocking = level(finding) === "error" ? "" : " · non-blocking";
  return [
    `${icons[level(finding)]} **${prose(said(finding))}**`,
    because(finding, address),
    remedy(finding, address, fix),
    `<sub>${ruleLink(finding)}${blocking}</sub>`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Where it is, and which line of the change made it so: the comment may be at either. */
function because({ cause, location }: Finding, address: Address): string {
  if (cause === undefined) return "";
  return `At ${place(location, address)}, ${causeLink(cause, address)}.`;
}

/** The line that made a finding; one that is gone has no page. */
export function causeLink(cause: Cause, address: Address): string {
  return causeWords(cause, (name) =>
    cause.side === "base" ? codeSpan(name) : link(codeSpan(name), address(cause.location)),
  );
}

/** The advice, the code to paste and the places that belong to a finding. */
export function remedy(finding: Finding, address: Address, fix?: Fix): string {
  const { text: advice } = finding.remedy;
  const { text: code, language } = fix ?? { text: codeOf(finding.remedy), language: finding.remedy.language };
  const to = fix === undefined ? finding.remedy.add?.location : undefined;
  const related = finding.related.slice(0, relatedPlaces).map((other) => {
    return `- ${prose(other.message)}: ${place(other.location, address)}`;
  });
  return [
    advice === "" ? "" : prose(advice),
    code === "" || !to ? "" : `In ${place(to, address)}:`,
    code === "" ? "" : fence(code, language),
    finding.assumes.length === 0 ? "" : prose(`Assumes: ${assumptions(finding.assumes)}.`),
    related.join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

export function ruleLink(finding: Finding): string {
  return link(codeSpan(finding.rule), finding.help);
}

export function place(location: Location, address: Address): string {
  return link(codeSpan(`${location.path}:${location.start.line}`), address(location));
}
