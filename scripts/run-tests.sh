#!/usr/bin/env bash
# Runs the compiled tests with tap (all, or the files named) and ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.."
if [ $# -gt 0 ]; then files=("$@"); else mapfile -t files < <(find dist/test -name '*.test.js' | sort); fi
out=$(mktemp)
trap 'rm -f "$out"' EXIT
node_modules/.bin/tap run --reporter=tap "${files[@]}" >"$out" 2>&1
code=$?
# Failures are shown whole; passes are only counted.
grep -nE '^ *not ok' "$out" >/dev/null && grep -vE '^ *(ok |# Subtest|1\.\.)' "$out" | head -n 400
passed=$(grep -oE '^# \{ total: .*\}' "$out" | grep -oE 'pass: [0-9]+' | tail -1 | grep -oE '[0-9]+' || echo 0)
failed=$(grep -oE '^# \{ total: .*\}' "$out" | grep -oE 'fail: [0-9]+' | tail -1 | grep -oE '[0-9]+' || echo 0)
[ "$code" -eq 0 ] || [ "${failed:-0}" -gt 0 ] || { tail -n 60 "$out"; failed=1; }
echo "${passed:-0} passed, ${failed:-0} failed"
exit "$code"
