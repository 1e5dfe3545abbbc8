#!/usr/bin/env bash
# list.sh OWNER [JOBS]: the repositories of an organization as a matrix of at most JOBS jobs (GitHub allows 256 in one),
# for GITHUB_OUTPUT. Archived, disabled and empty ones and forks are left out. Needs gh and jq.
# https://docs.github.com/en/rest/repos/repos#list-organization-repositories
set -euo pipefail
owner=$1 jobs=${2:-256}

gh api --paginate "orgs/$owner/repos?per_page=100&type=all" \
  --jq '.[] | select((.archived or .disabled or .fork or .size == 0) | not) | .name' |
  sort --unique |
  jq --raw-input --slurp --compact-output --argjson jobs "$jobs" '
    split("\n") | map(select(test("^[A-Za-z0-9._-]+$"))) as $names
    | (($names | length) / $jobs | ceil | if . < 1 then 1 else . end) as $each
    | [range(0; $names | length; $each) as $from
        | {index: ($from / $each | floor), repositories: ($names[$from:$from + $each] | join(" "))}]
    | "shards=\(.)"' --raw-output
