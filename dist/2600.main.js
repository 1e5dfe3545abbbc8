export const id=2600;export const ids=[2600];export const modules={2600:((e,t,n)=>{n.r(t),n.d(t,{help:()=>O});var r=n(7053),i=n(9357),a=n(931),o=n(8429);let s="PATH is a file, a folder or a glob below the current folder; a single folder outside the current one\nbecomes the root. Without a PATH, the `paths` of the configuration are checked, or everything.";function c(e,...t){let[n,r]=e.length>29?[``,[`  ${e}`]]:[e,[]];return[...r,...t.map((e,t)=>`  ${(t===0?n:``).padEnd(29)}  ${e}`)].join(`
`)}let l=c(`--config FILE`,`configuration file (default: ${r.FG[0]},`,`.yml or .json in the checked folder, if there is one)`),u=c(`--output FILE`,`write the report to FILE atomically`),d=c(`--format ${o.u.map(({name:e})=>e).join(`|`)}`,...o.u.map(({name:e,what:t},n)=>`${e}: ${t}${n===0?` (default)`:``}`)),f=c(`--format text|json`,`for people (default) or for programs`),p=c(`--fail-on error|warning|never`,`lowest severity that fails the check (default: error)`),m=c(`--show ${a.g.join(`|`)}`,`proven: the chain of every proven reference, as evidence`,`unverified: every open question in full`),h=c(`--evidence DIR`,`folder of what the account answered (docs/evidence.md); repeatable`,`(default: .batch-secrets-check/evidence, if it is there)`),g=c(`--fix`,`make the edits of certain findings in the files, then check again`),_=c(`--write-baseline FILE`,`write the findings to FILE, which don't fail the check any more`,"once `baseline` of the configuration names it"),v=c(`--profile NAME`,`profile of the AWS CLI (default: AWS_PROFILE)`),y=`Nothing is changed, and no value of a secret or parameter is read. Credentials come from where
the AWS CLI finds them. Needs Node 22 or later.`,b=c(`--print-policy`,`print the least IAM policy that allows all of it; ask nothing`),x=c(`--deployment NAME`,`look at one deployment of those in the configuration`),S=c(`--policy BUNDLE`,`a bundle with rules of your own, see docs/write-your-own-rule.md;`,`may be given several times`),C=`Exit codes:
  0  passed
  1  findings fail the check
  2  wrong usage, an unreadable file or a broken policy: the result is incomplete`,w=c(`--base REF`,`compare with a branch, tag or commit`),T=c(`--scope new|all`,`which findings count (default: new with --base, else all)`),E=`batch-secrets-check ${i.version}
Proves before a merge that every AWS Batch job will be able to read the secrets it names.

Usage:
  batch-secrets-check [check] [PATH\u2026] [options]
  batch-secrets-check collect [PATH\u2026] [options]
  batch-secrets-check account [options]
  batch-secrets-check facts [PATH\u2026] [options]
  batch-secrets-check rules [options]
  batch-secrets-check explain RULE [options]
  batch-secrets-check merge REPORT\u2026 [options]
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

${s}

Options:
${d}
${u}
${l}
${p}
${w}
${T}
${x}
${m}
${h}
${g}
${_}
${S}
${c(`-h, --help`,`this help, or the help of a command`)}
${c(`-V, --version`,`the version`)}

${C}

NO_COLOR and FORCE_COLOR are honoured. Values that look like secrets are never printed.

Examples:
  batch-secrets-check
  batch-secrets-check infra jobs/nightly.json --fail-on warning
  batch-secrets-check --base origin/main
  batch-secrets-check --format json --output report.json
  batch-secrets-check explain secret-selector-format
`,D={check:`Usage: batch-secrets-check [check] [PATH\u2026] [options]

Checks AWS Batch job definitions, raw, in CloudFormation or in Terraform, with the roles, policies,
secrets, keys and networks in the same files. Prints every finding with its place and the fix, then
the open questions that the files don't answer, then the counts: every secret reference is proven,
has findings, or is unverified.

${s}

Options:
${d}
${u}
${l}
${c(`--fail-on error|warning|never`,`error: certain errors fail the check (default)`,`warning: warnings and likely findings fail it too`,`never: nothing does`)}
${w}
${T}
${x}
${m}
${h}
${g}
${_}
${S}

${C}
`,collect:`Usage: batch-secrets-check collect [PATH\u2026] [options]

Asks AWS, read only, what the files leave open and what the answers lead to: the policies of a role,
the key of a secret, the network of a job. Writes one file for each call, which \`check\` reads as
evidence. Credentials in the answers are masked. The folder is replaced as a whole, or not at all.

${y}

${s}

Options:
${c(`--output DIR`,`folder to write (default: .batch-secrets-check/evidence`,`in the checked folder)`)}
${x}
${v}
${c(`--region REGION`,`Region of what names no other`,`(default: that of the credentials)`)}
${c(`--dry-run`,`print the first commands of the AWS CLI and what they lead to;`,`ask nothing`)}
${b}
${l}

Exit codes:
  0  written, or nothing was open
  2  wrong usage, no credentials, or AWS can't be asked: nothing was written

Example:
  batch-secrets-check collect --dry-run
`,account:`Usage: batch-secrets-check account [options]

Checks the active job definitions of an AWS account, with their roles, secrets, keys and networks,
without any files: which of the jobs will not start tonight.

${y}

Options:
${x}
${v}
${c(`--region REGION`,`Region to look at, more than once for several`,`(default: that of the credentials)`)}
${c(`--all-revisions`,`all active revisions of a job definition, not only the newest`)}
${b}
${d}
${u}
${l}
${p}
${m}

${C}
`,facts:`Usage: batch-secrets-check facts [PATH\u2026] [options]

Prints the cases that the rules judge, one per line, as JSON: a job definition, policy, secret,
network or compute environment with everything it depends on. Any Rego engine can evaluate them;
docs/case.schema.json describes them. Values that look like secrets are masked.

${s}

Options:
${u}
${l}
${h}

Example:
  batch-secrets-check facts infra | head -1
`,rules:`Usage: batch-secrets-check rules [options]

Lists the rules: severity, id, subject, title.

Options:
${f}
${u}
`,explain:`Usage: batch-secrets-check explain RULE [options]

Shows what a rule requires, how to fix a finding, the rule's limitations and its sources.

Options:
${f}
${u}

Example:
  batch-secrets-check explain secret-read-allowed
`,merge:`Usage: batch-secrets-check merge REPORT\u2026 [options]

Makes one report of several JSON reports, as of the repositories of an organization. The name of a
report's file, without its ending, becomes the first folder of its paths. It fails when one of the
reports failed, or has what --fail-on names.

Options:
${d}
${u}
${m}
${c(`--fail-on error|warning|never`,`lowest severity that fails (default: the verdicts of the reports)`)}

Example:
  batch-secrets-check merge reports/*.json --format html --output organization.html
`,init:`Usage: batch-secrets-check init [--dry-run]

Looks at the current folder and writes .github/workflows/batch-secrets.yml and a commented
.batch-secrets-check.yaml with the deployments that it recognised. Says what it left open. A file
that is there is never changed.

Options:
${c(`--dry-run`,`print what would be written`)}
`,completions:`Usage: batch-secrets-check completions bash|zsh|fish

Prints a script that lets the shell complete commands, options and their values:
  bash  source <(batch-secrets-check completions bash)
  zsh   batch-secrets-check completions zsh > "\${fpath[1]}/_batch-secrets-check"
  fish  batch-secrets-check completions fish > ~/.config/fish/completions/batch-secrets-check.fish
`};function O(e){return e===void 0?E:D[e]}})};