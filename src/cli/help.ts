/** What --help says. */
import { configNames } from "../config.ts";
import { version } from "../product.ts";
import type { CommandName } from "./arguments.ts";

const PATHS = `PATH is a file, a folder or a glob below the current folder; one folder elsewhere is checked as if
it were the current one. Without a PATH the \`paths\` of the configuration are checked, or all.`;

const CONFIG = `  --config FILE                  the configuration; without it ${configNames[0]}
                                 (or .yml, .json) of the checked folder, if there is one`;

const OUTPUT = "  --output FILE                  write to a file, whole or not at all";

const FORMAT = "  --format text|json             for people (the default) or for programs";

const EXIT_CODES = `Exit codes:
  0  passed
  1  there are findings that fail the check
  2  wrong usage, a file that could not be read, a broken policy: the answer is not whole`;

const GENERAL = `batch-secrets-check ${version}
Proves before a merge that every AWS Batch job will be able to read the secrets it names.

Usage:
  batch-secrets-check [check] [PATH…] [options]
  batch-secrets-check facts [PATH…] [options]
  batch-secrets-check rules [options]
  batch-secrets-check explain RULE [options]

Commands:
  check    check job definitions with the policies, secrets and networks they need (the default)
  facts    print what was understood of the files, as JSON lines
  rules    list the rules
  explain  tell what a rule finds, how to fix it and what it does not see

${PATHS}

Options:
${FORMAT}
${OUTPUT}
${CONFIG}
  --fail-on error|warning|never  from what on a finding fails the check (error)
  -h, --help                     this help, or that of a command
  -V, --version                  the version

${EXIT_CODES}

NO_COLOR and FORCE_COLOR are honoured. Values that look like secrets are never printed.

Examples:
  batch-secrets-check
  batch-secrets-check infra jobs/nightly.json --fail-on warning
  batch-secrets-check --format json --output report.json
  batch-secrets-check explain secret-selector-format
`;

const TOPICS: Readonly<Record<CommandName, string>> = {
  check: `Usage: batch-secrets-check [check] [PATH…] [options]

Checks AWS Batch job definitions, raw, in CloudFormation or in Terraform, with the roles, policies,
secrets, keys and networks in the same files. Prints every finding with its place and what to write
instead, then what the files do not tell (unverified), then the counts: every secret reference is
proven, has a finding, or is unverified with the reason.

${PATHS}

Options:
${FORMAT}
${OUTPUT}
${CONFIG}
  --fail-on error|warning|never  error: certain errors fail the check (the default)
                                 warning: warnings and likely findings fail it too
                                 never: nothing does

${EXIT_CODES}
`,
  facts: `Usage: batch-secrets-check facts [PATH…] [options]

Prints the cases that the rules judge, one a line, as JSON: a job definition, policy, secret,
network or compute environment with everything it depends on. Any Rego engine can judge them;
docs/case.schema.json describes them. Values that look like secrets are masked.

${PATHS}

Options:
${OUTPUT}
${CONFIG}

Example:
  batch-secrets-check facts infra | head -1
`,
  rules: `Usage: batch-secrets-check rules [options]

Lists the rules: severity, id, what is judged, title.

Options:
${FORMAT}
${OUTPUT}
`,
  explain: `Usage: batch-secrets-check explain RULE [options]

Tells what a rule finds, how to fix it, what it does not see, and on which pages of AWS it stands.

Options:
${FORMAT}
${OUTPUT}

Example:
  batch-secrets-check explain secret-read-allowed
`,
};

/** The help for a command, or for the program. */
export function help(topic: CommandName | undefined): string {
  return topic === undefined ? GENERAL : TOPICS[topic];
}
