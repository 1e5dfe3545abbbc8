#!/usr/bin/env bash
# shard.sh CLI OWNER REPORTS REPOSITORY...: checks the default branch of each repository and writes REPORTS/NAME.json for
# those with AWS Batch jobs, or with something that could not be read. Nothing of a repository is run.
# SERVER is where they are cloned from (default: https://github.com).
set -uo pipefail
cli=$1 owner=$2 reports=$3
shift 3
server=${SERVER:-https://github.com}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$reports"
export GIT_TERMINAL_PROMPT=0 GIT_LFS_SKIP_SMUDGE=1

# lost NAME: a report that says that a repository was not checked, so that it is missed by nobody.
lost() {
  printf '{"version":1,"verdict":"fail","findings":[],"unverified":[],"references":[],"summary":{},"problems":[%s]}\n' \
    '{"path":".","message":"The repository could not be cloned, so it was not checked."}' >"$reports/$1.json"
}

for name in "$@"; do
  rm -rf "$work/files"
  if ! git -c core.hooksPath=/dev/null clone --quiet --depth 1 --single-branch --no-tags \
    "$server/$owner/$name" "$work/files"; then
    echo "::warning::$owner/$name could not be cloned"
    lost "$name"
    continue
  fi
  (cd "$work/files" && node "$cli" check --format json --output "$work/report.json")
  status=$?
  if ! [[ -f $work/report.json ]]; then
    lost "$name"
  elif ((status != 0)) || ! grep -q '"jobDefinitions": 0,' "$work/report.json"; then
    mv "$work/report.json" "$reports/$name.json"
  fi
  rm -f "$work/report.json"
done
