/**
 * The report as one page for people who look at it without the tool: chains with their evidence, findings with their
 * fixes, open questions. It loads nothing, runs nothing, and works from a disk, on a phone, in the dark and by keyboard.
 */
import { homepage, version } from "../../product.ts";
import { countLevels } from "../../verdict/rank.ts";
import { grouped, plural } from "../../words.ts";
import { redactReport } from "../redact.ts";
import { countedIn, type Excerpts, type Report } from "../report.ts";
import { findingsSection, problemsSection, questionsSection } from "./findings.ts";
import { escaped, type Markup } from "./markup.ts";
import { referencesSection } from "./references.ts";
import { STYLE } from "./style.ts";

/** Nothing is loaded and nothing runs, whatever a file of the repository holds. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** With more references than these, a browser lays out only what is on the screen. */
const MANY = 300;

/** The page, ending with a line end. */
export function write(report: Report, excerpts: Excerpts): string {
  const redacted = redactReport(report);
  const findings = countedIn(redacted);
  const references = referencesSection(redacted.references);
  const words = redacted.verdict === "fail" ? "failed" : "passed";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>Secrets of AWS Batch jobs: ${words}</title>
<style>${STYLE}${references.style}</style>
</head>
<body${redacted.references.length > MANY ? ' class="many"' : ""}>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>Secrets of AWS Batch jobs: <span class="${redacted.verdict === "fail" ? "bad" : "good"}">${words}</span></h1>
${counts(redacted)}
</header>
<main id="main">
${findingsSection(findings, excerpts)}${questionsSection(redacted.unverified)}${references.body}${problemsSection(redacted.problems, redacted.notes)}</main>
<footer><p class="muted">Made by <a href="${escaped(homepage)}">batch-secrets-check</a> ${escaped(version)}. Proven means that a rule showed a statement or declaration for each link; values of secrets are never read.</p></footer>
</body>
</html>
`;
}

function counts(report: Report): Markup {
  const { jobDefinitions, references, proven, fullyProven, unverified, suppressed } = report.summary;
  const { error, warning, notice } = countLevels(countedIn(report));
  const all: readonly (readonly [number, string, string?])[] = [
    [jobDefinitions, plural(jobDefinitions, "job definition")],
    [references, plural(references, "secret reference")],
    [proven, `proven, ${fullyProven} fully`, "good"],
    [unverified, "unverified", "open"],
    [error, plural(error, "error"), "bad"],
    [warning, plural(warning, "warning"), "open"],
    [notice, "info"],
    [suppressed, "suppressed"],
  ];
  const shown = all.filter(([count], index) => count > 0 || index < 4);
  return `<ul class="counts">${shown
    .map(
      ([count, words, kind = ""]) =>
        `<li><b${count > 0 && kind !== "" ? ` class="${kind}"` : ""}>${grouped(count)}</b> ${words}</li>`,
    )
    .join("")}</ul>`;
}
