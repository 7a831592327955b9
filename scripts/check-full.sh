#!/usr/bin/env bash
# The check of a change, then every test on Node 20, 22 and 24 with many runs of each property.
# HEED_RUNS sets how many; HEED_SEED another seed than the usual one.
set -euo pipefail
cd "$(dirname "$0")/.."
export NO_COLOR=1 HEED_RUNS="${HEED_RUNS:-5000}"

env -u HEED_RUNS .ci/run

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for major in 20 22 24; do
  bin="$(scripts/fetch-node.sh "$major" "$work")"
  printf '\n== every test on Node %s, %s runs of each property\n' "$("$bin/node" --version)" "$HEED_RUNS"
  PATH="$bin:$PATH" node node_modules/vitest/vitest.mjs run
done
