export const id=49;export const ids=[49,762];export const modules={5049:((e,t,n)=>{n.r(t),n.d(t,{help:()=>f});var r=n(9555),i=n(3762);let a="PATH is a file, a folder or a glob below the current folder; one folder elsewhere is checked as if\nit were the current one. Without a PATH the `paths` of the configuration are checked, or all.",o=`  --config FILE                  the configuration; without it ${r.FG[0]}
                                 (or .yml, .json) of the checked folder, if there is one`,s=`  --output FILE                  write to a file, whole or not at all`,c=`  --format text|json             for people (the default) or for programs`,l=`Exit codes:
  0  passed
  1  there are findings that fail the check
  2  wrong usage, a file that could not be read, a broken policy: the answer is not whole`,u=`batch-secrets-check ${i.version}
Proves before a merge that every AWS Batch job will be able to read the secrets it names.

Usage:
  batch-secrets-check [check] [PATH\u2026] [options]
  batch-secrets-check facts [PATH\u2026] [options]
  batch-secrets-check rules [options]
  batch-secrets-check explain RULE [options]

Commands:
  check    check job definitions with the policies, secrets and networks they need (the default)
  facts    print what was understood of the files, as JSON lines
  rules    list the rules
  explain  tell what a rule finds, how to fix it and what it does not see

${a}

Options:
${c}
${s}
${o}
  --fail-on error|warning|never  from what on a finding fails the check (error)
  -h, --help                     this help, or that of a command
  -V, --version                  the version

${l}

NO_COLOR and FORCE_COLOR are honoured. Values that look like secrets are never printed.

Examples:
  batch-secrets-check
  batch-secrets-check infra jobs/nightly.json --fail-on warning
  batch-secrets-check --format json --output report.json
  batch-secrets-check explain secret-selector-format
`,d={check:`Usage: batch-secrets-check [check] [PATH\u2026] [options]

Checks AWS Batch job definitions, raw, in CloudFormation or in Terraform, with the roles, policies,
secrets, keys and networks in the same files. Prints every finding with its place and what to write
instead, then what the files do not tell (unverified), then the counts: every secret reference is
proven, has a finding, or is unverified with the reason.

${a}

Options:
${c}
${s}
${o}
  --fail-on error|warning|never  error: certain errors fail the check (the default)
                                 warning: warnings and likely findings fail it too
                                 never: nothing does

${l}
`,facts:`Usage: batch-secrets-check facts [PATH\u2026] [options]

Prints the cases that the rules judge, one a line, as JSON: a job definition, policy, secret,
network or compute environment with everything it depends on. Any Rego engine can judge them;
docs/case.schema.json describes them. Values that look like secrets are masked.

${a}

Options:
${s}
${o}

Example:
  batch-secrets-check facts infra | head -1
`,rules:`Usage: batch-secrets-check rules [options]

Lists the rules: severity, id, what is judged, title.

Options:
${c}
${s}
`,explain:`Usage: batch-secrets-check explain RULE [options]

Tells what a rule finds, how to fix it, what it does not see, and on which pages of AWS it stands.

Options:
${c}
${s}

Example:
  batch-secrets-check explain secret-read-allowed
`};function f(e){return e===void 0?u:d[e]}}),3762:((e,t,n)=>{n.r(t),n.d(t,{homepage:()=>i,rulePage:()=>a,version:()=>r});let r=`1.0.0`,i=`https://github.com/org/batch-secrets-check`;function a(e){return`${i}/blob/v1/docs/rules/${e}.md`}})};