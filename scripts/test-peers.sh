#!/usr/bin/env bash
# Runs the tests that need more than Node: each folder of test-peers, in a copy with its own packages (npm install) and a
# link to this project. A folder's run.sh prints `ok NAME` or `not ok NAME` for each of its tests. Ends with one line:
# N passed, N failed.
#
#   scripts/test-peers.sh [NAME ...]
set -uo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
[ $# -gt 0 ] || set -- $(ls test-peers)
for name in "$@"; do
  [ -x "test-peers/$name/run.sh" ] || { echo "error: there is no test-peers/$name/run.sh" >&2; exit 2; }
  cp -R "test-peers/$name" "$work/$name"
  if [ -e "$work/$name/package.json" ]; then
    (cd "$work/$name" && npm install --ignore-scripts --no-package-lock --silent >install.log 2>&1) ||
      { echo "not ok $name: npm install"; cat "$work/$name/install.log"; failed=$((failed + 1)); continue; }
    mkdir -p "$work/$name/node_modules"
    ln -s "$PWD" "$work/$name/node_modules/varve"
  fi
  (cd "$work/$name" && VARVE_HOME="$OLDPWD" ./run.sh) >"$work/out" 2>"$work/err"
  code=$?
  ok=$(grep -c '^ok ' "$work/out")
  not_ok=$(grep -c '^not ok ' "$work/out")
  # A run that breaks off, or tests nothing, has failed.
  [ "$code" -eq 0 ] && [ $((ok + not_ok)) -gt 0 ] || { [ "$not_ok" -gt 0 ] || not_ok=1; }
  sed "s/^\(not \)\{0,1\}ok /&$name: /" "$work/out"
  [ "$not_ok" -eq 0 ] || cat "$work/err"
  passed=$((passed + ok)) failed=$((failed + not_ok))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
