#!/usr/bin/env bash
# Prints `ok NAME` or `not ok NAME` for each test; run by scripts/test-peers.sh in a copy of this folder.
set -euo pipefail
. "$VARVE_HOME/test-peers/lib.sh"

# npm installs of the packages the one of this platform.
other=$(find node_modules -path 'node_modules/node-*/bin/node' | head -n 1)
[ -n "$other" ] || { echo 'npm has no package of another Node for this platform.' >&2; exit 1; }
echo "$(node --version) against $("$other" --version)" >&2

# usage: same_runs NAME ARGUMENT...: both Nodes print the same with these arguments, and not nothing.
same_runs() {
  local name=$1
  shift
  node "$@" | tee "$name.own" >&2
  "$other" "$@" | tee "$name.other" >&2
  [ -s "$name.own" ] && cmp "$name.own" "$name.other"
}

digests() { same_runs package simulate.js; }

# The figures of speed in a line are the machine's; what is in front of them is the run's.
swarm() {
  same_runs swarm "$VARVE_HOME/dist/scripts/sim.js" --seed 1 --count 8 --seconds 3 --jobs 1 >swarm.log 2>&1 || true
  for side in own other; do sed -n 's/^\(seed [0-9]*: [0-9a-f]*, [0-9]* events\).*/\1/p' "swarm.$side" >"seeds.$side"; done
  [ "$(wc -l <seeds.own)" -eq 8 ] && diff seeds.own seeds.other >&2
}

check 'the package simulates a seed to the same digest' digests
check 'whole clusters with all faults run the same on each seed' swarm
