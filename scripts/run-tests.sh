#!/usr/bin/env bash
# Runs the compiled tests with tap (all, or the files named) and ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- $(find dist/test -name '*.test.js' | sort)
out=$(mktemp)
trap 'rm -f "$out"' EXIT
node_modules/.bin/tap run --reporter=tap "$@" >"$out" 2>&1
code=$?
# Failures are shown whole, each under the names of the tests that it is in; passes are only counted.
awk '/^ *# Subtest:/ { depth = match($0, /[^ ]/); name[depth] = $0 }
     /^ *not ok/ && !/# (SKIP|TODO)/ { for (d = 1; d < match($0, /[^ ]/); d++) if (d in name && !shown[name[d]]++) print name[d]; printing = 1 }
     printing { print }
     /^ *\.\.\.$/ { printing = 0 }' "$out" | head -n 600
# Which seeds, and which part of the table of mutants, the commit's id chose: a green run says what it ran, too.
grep -oE '# (seeds [0-9]+ to [0-9]+|again), at commit .*' "$out" | sort -u
passed=$(grep -oE '^# \{ total: .*\}' "$out" | grep -oE 'pass: [0-9]+' | tail -1 | grep -oE '[0-9]+' || echo 0)
failed=$(grep -oE '^# \{ total: .*\}' "$out" | grep -oE 'fail: [0-9]+' | tail -1 | grep -oE '[0-9]+' || echo 0)
[ "$code" -eq 0 ] || [ "${failed:-0}" -gt 0 ] || { tail -n 60 "$out"; failed=1; }
echo "${passed:-0} passed, ${failed:-0} failed"
exit "$code"
