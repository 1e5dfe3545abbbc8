export const id=49;export const ids=[49];export const modules={5049:((e,t,n)=>{n.r(t),n.d(t,{help:()=>y});var r=n(5906),i=n(3762),a=n(1216),o=n(9516);let s="PATH is a file, a folder or a glob below the current folder; a single folder outside the current one\nbecomes the root. Without a PATH, the `paths` of the configuration are checked, or everything.";function c(e,...t){let[n,r]=e.length>29?[``,[`  ${e}`]]:[e,[]];return[...r,...t.map((e,t)=>`  ${(t===0?n:``).padEnd(29)}  ${e}`)].join(`
`)}let l=c(`--config FILE`,`configuration file (default: ${r.FG[0]},`,`.yml or .json in the checked folder, if there is one)`),u=c(`--output FILE`,`write the report to FILE atomically`),d=c(`--format ${o.u.map(({name:e})=>e).join(`|`)}`,...o.u.map(({name:e,what:t},n)=>`${e}: ${t}${n===0?` (default)`:``}`)),f=c(`--format text|json`,`for people (default) or for programs`),p=c(`--show ${a.g.join(`|`)}`,`proven: the chain of every proven reference, as evidence`,`unverified: every open question in full`),m=c(`--fix`,`make the edits of certain findings in the files, then check again`),h=c(`--write-baseline FILE`,`write the findings to FILE, which don't fail the check any more`,"once `baseline` of the configuration names it"),g=`Exit codes:
  0  passed
  1  findings fail the check
  2  wrong usage, an unreadable file or a broken policy: the result is incomplete`,_=`batch-secrets-check ${i.version}
Proves before a merge that every AWS Batch job will be able to read the secrets it names.

Usage:
  batch-secrets-check [check] [PATH\u2026] [options]
  batch-secrets-check facts [PATH\u2026] [options]
  batch-secrets-check rules [options]
  batch-secrets-check explain RULE [options]

Commands:
  check    check job definitions with the policies, secrets and networks they need (the default)
  facts    print the extracted facts, as JSON lines
  rules    list the rules
  explain  show what a rule requires, how to fix a finding and the rule's limitations

${s}

Options:
${d}
${u}
${l}
${c(`--fail-on error|warning|never`,`lowest severity that fails the check (default: error)`)}
${p}
${m}
${h}
${c(`-h, --help`,`this help, or the help of a command`)}
${c(`-V, --version`,`the version`)}

${g}

NO_COLOR and FORCE_COLOR are honoured. Values that look like secrets are never printed.

Examples:
  batch-secrets-check
  batch-secrets-check infra jobs/nightly.json --fail-on warning
  batch-secrets-check --format json --output report.json
  batch-secrets-check explain secret-selector-format
`,v={check:`Usage: batch-secrets-check [check] [PATH\u2026] [options]

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
${p}
${m}
${h}

${g}
`,facts:`Usage: batch-secrets-check facts [PATH\u2026] [options]

Prints the cases that the rules judge, one per line, as JSON: a job definition, policy, secret,
network or compute environment with everything it depends on. Any Rego engine can evaluate them;
docs/case.schema.json describes them. Values that look like secrets are masked.

${s}

Options:
${u}
${l}

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
`};function y(e){return e===void 0?_:v[e]}})};