#!/usr/bin/env bash
# The check of a change, then thousands of runs of each property on this Node, then every test on Node 20, 22 and 24.
# HEED_RUNS sets how many runs; HEED_SEED another seed than the usual one.
set -euo pipefail
cd "$(dirname "$0")/.."
export NO_COLOR=1
export HEED_BROWSER=needed
runs="${HEED_RUNS:-3000}"
unset HEED_RUNS

.ci/run

printf '\n== %s runs of each property on Node %s\n' "$runs" "$(node --version)"
HEED_RUNS="$runs" npx vitest run

printf '\n== 50 kills of a service, its standby and its database, under load\n'
HEED_ROUNDS=50 npm run -s crash 2> /dev/null

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
printf '\n== every test that needs a database, on PostgreSQL 15\n'
url="$(scripts/debian-postgres.sh start "$work")"
HEED_TEST_DATABASE_URL="$url" npx vitest run \
  src/journal src/access src/sources src/api src/engine test/own-history.test.ts
scripts/debian-postgres.sh stop "$work"

for major in 20 22 24; do
  if [[ "$major" == "$(node -p 'process.versions.node.split(".")[0]')" ]]; then continue; fi
  bin="$(scripts/fetch-node.sh "$major" "$work")"
  printf '\n== every test on Node %s\n' "$("$bin/node" --version)"
  PATH="$bin:$PATH" node node_modules/vitest/vitest.mjs run
done
