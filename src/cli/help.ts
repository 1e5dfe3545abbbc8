import { configNames } from "../config/read.ts";
import { version } from "../product.ts";
import { showValues } from "../report/report.ts";
import { reports } from "../report/table.ts";
import type { CommandName } from "./command.ts";

const PATHS = `PATH is a file, a folder or a glob below the current folder; a single folder outside the current one
becomes the root. Without a PATH, the \`paths\` of the configuration are checked, or everything.`;

/** Columns of an option with its values; a longer one has a line of its own. */
const FLAG_WIDTH = 29;

/** An option with its values, and a line for each thing to say of it. */
function option(flag: string, ...lines: readonly string[]): string {
  const [beside, below] = flag.length > FLAG_WIDTH ? ["", [`  ${flag}`]] : [flag, []];
  return [...below, ...lines.map((line, index) => `  ${(index === 0 ? beside : "").padEnd(FLAG_WIDTH)}  ${line}`)].join(
    "\n",
  );
}

const CONFIG = option(
  "--config FILE",
  `configuration file (default: ${configNames[0]},`,
  ".yml or .json in the checked folder, if there is one)",
);

const OUTPUT = option("--output FILE", "write the report to FILE atomically");

const FORMAT = option(
  `--format ${reports.map(({ name }) => name).join("|")}`,
  ...reports.map(({ name, what }, index) => `${name}: ${what}${index === 0 ? " (default)" : ""}`),
);

const LIST_FORMAT = option("--format text|json", "for people (default) or for programs");

const FAIL_ON = option("--fail-on error|warning|never", "lowest severity that fails the check (default: error)");

const SHOW = option(
  `--show ${showValues.join("|")}`,
  "proven: the chain of every proven reference, as evidence",
  "unverified: every open question in full",
);

const EVIDENCE = option(
  "--evidence DIR",
  "folder of what the account answered (docs/evidence.md); repeatable",
  "(default: .batch-secrets-check/evidence, if it is there)",
);

const FIX = option("--fix", "make the edits of certain findings in the files, then check again");

const BASELINE = option(
  "--write-baseline FILE",
  "write the findings to FILE, which don't fail the check any more",
  "once `baseline` of the configuration names it",
);
const PROFILE = option("--profile NAME", "profile of the AWS CLI (default: AWS_PROFILE)");

const CREDENTIALS = `Nothing is changed, and no value of a secret or parameter is read. Credentials come from where
the AWS CLI finds them. Needs Node 22 or later.`;
const PRINT_POLICY = option("--print-policy", "print the least IAM policy that allows all of it; ask nothing");
const DEPLOYMENT = option("--deployment NAME", "look at one deployment of those in the configuration");

const POLICY = option(
  "--policy BUNDLE",
  "a bundle with rules of your own, see docs/write-your-own-rule.md;",
  "may be given several times",
);

const EXIT_CODES = `Exit codes:
  0  passed
  1  findings fail the check
  2  wrong usage, an unreadable file or a broken policy: the result is incomplete`;

const BASE = option("--base REF", "compare with a branch, tag or commit");
const SCOPE = option("--scope new|all", "which findings count (default: new with --base, else all)");

const GENERAL = `batch-secrets-check ${version}
Proves before a merge that every AWS Batch job will be able to read the secrets it names.

Usage:
  batch-secrets-check [check] [PATH…] [options]
  batch-secrets-check collect [PATH…] [options]
  batch-secrets-check account [options]
  batch-secrets-check facts [PATH…] [options]
  batch-secrets-check rules [options]
  batch-secrets-check explain RULE [options]
  batch-secrets-check merge REPORT… [options]
  batch-secrets-check init
  batch-secrets-check completions bash|zsh|fish

Commands:
  check    check job definitions with the policies, secrets and networks they need (the default)
  collect  ask AWS what the files leave open, read only, and write the answers as evidence
  account  check the job definitions of an AWS account, without files
  facts    print the extracted facts, as JSON lines
  rules    list the rules
  explain  show what a rule requires, how to fix a finding and the rule's limitations
  merge    make one report of several JSON reports
  init     write a workflow and a configuration for this repository
  completions  print what a shell needs to complete commands and options

${PATHS}

Options:
${FORMAT}
${OUTPUT}
${CONFIG}
${FAIL_ON}
${BASE}
${SCOPE}
${DEPLOYMENT}
${SHOW}
${EVIDENCE}
${FIX}
${BASELINE}
${POLICY}
${option("-h, --help", "this help, or the help of a command")}
${option("-V, --version", "the version")}

${EXIT_CODES}

NO_COLOR and FORCE_COLOR are honoured. Values that look like secrets are never printed.

Examples:
  batch-secrets-check
  batch-secrets-check infra jobs/nightly.json --fail-on warning
  batch-secrets-check --base origin/main
  batch-secrets-check --format json --output report.json
  batch-secrets-check explain secret-selector-format
`;

const TOPICS: Readonly<Record<CommandName, string>> = {
  check: `Usage: batch-secrets-check [check] [PATH…] [options]

Checks AWS Batch job definitions, raw, in CloudFormation or in Terraform, with the roles, policies,
secrets, keys and networks in the same files. Prints every finding with its place and the fix, then
the open questions that the files don't answer, then the counts: every secret reference is proven,
has findings, or is unverified.

${PATHS}

Options:
${FORMAT}
${OUTPUT}
${CONFIG}
${option(
  "--fail-on error|warning|never",
  "error: certain errors fail the check (default)",
  "warning: warnings and likely findings fail it too",
  "never: nothing does",
)}
${BASE}
${SCOPE}
${DEPLOYMENT}
${SHOW}
${EVIDENCE}
${FIX}
${BASELINE}
${POLICY}

${EXIT_CODES}
`,
  collect: `Usage: batch-secrets-check collect [PATH…] [options]

Asks AWS, read only, what the files leave open and what the answers lead to: the policies of a role,
the key of a secret, the network of a job. Writes one file for each call, which \`check\` reads as
evidence. Credentials in the answers are masked. The folder is replaced as a whole, or not at all.

${CREDENTIALS}

${PATHS}

Options:
${option("--output DIR", "folder to write (default: .batch-secrets-check/evidence", "in the checked folder)")}
${DEPLOYMENT}
${PROFILE}
${option("--region REGION", "Region of what names no other", "(default: that of the credentials)")}
${option("--dry-run", "print the first commands of the AWS CLI and what they lead to;", "ask nothing")}
${PRINT_POLICY}
${CONFIG}

Exit codes:
  0  written, or nothing was open
  2  wrong usage, no credentials, or AWS can't be asked: nothing was written

Example:
  batch-secrets-check collect --dry-run
`,
  account: `Usage: batch-secrets-check account [options]

Checks the active job definitions of an AWS account, with their roles, secrets, keys and networks,
without any files: which of the jobs will not start tonight.

${CREDENTIALS}

Options:
${DEPLOYMENT}
${PROFILE}
${option("--region REGION", "Region to look at, more than once for several", "(default: that of the credentials)")}
${option("--all-revisions", "all active revisions of a job definition, not only the newest")}
${PRINT_POLICY}
${FORMAT}
${OUTPUT}
${CONFIG}
${FAIL_ON}
${SHOW}

${EXIT_CODES}
`,
  facts: `Usage: batch-secrets-check facts [PATH…] [options]

Prints the cases that the rules judge, one per line, as JSON: a job definition, policy, secret,
network or compute environment with everything it depends on. Any Rego engine can evaluate them;
docs/case.schema.json describes them. Values that look like secrets are masked.

${PATHS}

Options:
${OUTPUT}
${CONFIG}
${EVIDENCE}

Example:
  batch-secrets-check facts infra | head -1
`,
  rules: `Usage: batch-secrets-check rules [options]

Lists the rules: severity, id, subject, title.

Options:
${LIST_FORMAT}
${OUTPUT}
`,
  explain: `Usage: batch-secrets-check explain RULE [options]

Shows what a rule requires, how to fix a finding, the rule's limitations and its sources.

Options:
${LIST_FORMAT}
${OUTPUT}

Example:
  batch-secrets-check explain secret-read-allowed
`,
  merge: `Usage: batch-secrets-check merge REPORT… [options]

Makes one report of several JSON reports, as of the repositories of an organization. The name of a
report's file, without its ending, becomes the first folder of its paths. It fails when one of the
reports failed, or has what --fail-on names.

Options:
${FORMAT}
${OUTPUT}
${SHOW}
${option("--fail-on error|warning|never", "lowest severity that fails (default: the verdicts of the reports)")}

Example:
  batch-secrets-check merge reports/*.json --format html --output organization.html
`,
  init: `Usage: batch-secrets-check init [--dry-run]

Looks at the current folder and writes .github/workflows/batch-secrets.yml and a commented
.batch-secrets-check.yaml with the deployments that it recognised. Says what it left open. A file
that is there is never changed.

Options:
${option("--dry-run", "print what would be written")}
`,
  completions: `Usage: batch-secrets-check completions bash|zsh|fish

Prints a script that lets the shell complete commands, options and their values:
  bash  source <(batch-secrets-check completions bash)
  zsh   batch-secrets-check completions zsh > "\${fpath[1]}/_batch-secrets-check"
  fish  batch-secrets-check completions fish > ~/.config/fish/completions/batch-secrets-check.fish
`,
};

export function help(topic: CommandName | undefined): string {
  return topic === undefined ? GENERAL : TOPICS[topic];
}
