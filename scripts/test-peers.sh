#!/usr/bin/env bash
# Runs the tests that need more than Node: each folder of test-peers that has a run.sh, in a copy of its own. Those with a
# package.json get their packages and this project, packed and installed as a user would. A run.sh prints `ok NAME` or
# `not ok NAME` for each of its tests, and finds what it may use in test-peers/lib.sh. What is downloaded is kept in
# ~/.cache/varve-peers (or $VARVE_PEERS). Ends with one line: N passed, N failed.
#
#   scripts/test-peers.sh [NAME ...]
set -uo pipefail
cd "$(dirname "$0")/.."
export VARVE_HOME=$PWD VARVE_PEERS=${VARVE_PEERS:-${XDG_CACHE_HOME:-$HOME/.cache}/varve-peers}
mkdir -p "$VARVE_PEERS"
work=$(mktemp -d)
# A signal ends the part that runs too, and what that has started, before its folder goes.
part=''
end_part() { [ -z "$part" ] || { kill -TERM "$part" 2>/dev/null; wait "$part"; }; }
trap 'end_part; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
passed=0 failed=0
# macOS has none: there a part may take as long as it does.
limit=$(command -v timeout || true)
[ $# -gt 0 ] || set -- $(for script in test-peers/*/run.sh; do basename "$(dirname "$script")"; done)

# The package as npm would publish it; $VARVE_PACKAGE names the file.
package=$(npm pack --silent --ignore-scripts --pack-destination "$work" 2>"$work/pack.log") ||
  { echo 'not ok npm pack'; cat "$work/pack.log"; echo '0 passed, 1 failed'; exit 1; }
export VARVE_PACKAGE=$work/$package

for name in "$@"; do
  [ -x "test-peers/$name/run.sh" ] || { echo "error: there is no test-peers/$name/run.sh" >&2; exit 2; }
  started=$SECONDS
  cp -R "test-peers/$name" "$work/$name"
  if [ -e "$work/$name/package.json" ]; then
    (cd "$work/$name" && npm install --ignore-scripts --no-package-lock --prefer-offline --silent . "$VARVE_PACKAGE" >install.log 2>&1) ||
      { echo "not ok $name: npm install of its packages"; cat "$work/$name/install.log"; failed=$((failed + 1)); continue; }
  fi
  (cd "$work/$name" && exec ${limit:+"$limit" "${VARVE_PEER_TIMEOUT_S:-600}"} ./run.sh) >"$work/out" 2>"$work/err" </dev/null &
  part=$!
  wait "$part"
  code=$? part=''
  ok=$(grep -c '^ok ' "$work/out")
  not_ok=$(grep -c '^not ok ' "$work/out")
  sed -E "s/^((not )?ok )/\1$name: /" "$work/out"
  # A run that breaks off, or tests nothing, has failed.
  if [ "$code" -ne 0 ] || [ $((ok + not_ok)) -eq 0 ]; then
    if [ "$not_ok" -eq 0 ]; then not_ok=1; echo "not ok $name: broke off with exit code $code"; fi
  fi
  [ "$not_ok" -eq 0 ] || { tail -n 100 "$work/err"; tail -n 40 "$work/$name"/*.log 2>/dev/null; }
  echo "# $name took $((SECONDS - started)) s"
  passed=$((passed + ok)) failed=$((failed + not_ok))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
