#!/usr/bin/env bash
# Prints `ok NAME` or `not ok NAME` for each test; run by scripts/test-peers.sh in a copy of this folder.
set -euo pipefail
. "$VARVE_HOME/test-peers/lib.sh"

# npm installs of the packages those of this platform. The oldest Node that is supported is pinned, so that it is compared whichever
# runs the tests; macOS has no package of it, and there the one that runs them takes its place.
newest=$(find node_modules -path 'node_modules/node-*/bin/node' | head -n 1)
oldest=$(find node_modules -path 'node_modules/oldest-*/bin/node' | head -n 1)
[ -n "$newest" ] || { echo 'npm has no package of another Node for this platform.' >&2; exit 1; }
[ "$(uname)" != Linux ] || case "$("${oldest:-false}" --version)" in
  v20.*) ;;
  *) echo 'npm has not installed Node 20, the oldest that is supported.' >&2; exit 1 ;;
esac
nodes=(node "$newest" ${oldest:+"$oldest"})
for each in "${nodes[@]}"; do "$each" --version >&2; done

# usage: same_runs NAME ARGUMENT...: all Nodes print the same with these arguments, and not nothing.
same_runs() {
  local name=$1 at
  shift
  for at in "${!nodes[@]}"; do "${nodes[$at]}" "$@" | tee "$name.$at" >&2; done
  [ -s "$name.0" ] || return 1
  for at in "${!nodes[@]}"; do cmp "$name.0" "$name.$at" || return 1; done
}

digests() { same_runs package simulate.js; }

# The figures of speed in a line are the machine's; what is in front of them is the run's.
swarm() {
  local at
  same_runs swarm "$VARVE_HOME/dist/scripts/sim.js" --seed 1 --count 8 --seconds 3 --jobs 1 >swarm.log 2>&1 || true
  for at in "${!nodes[@]}"; do sed -n 's/^\(seed [0-9]*: [0-9a-f]*, [0-9]* events\).*/\1/p' "swarm.$at" >"seeds.$at"; done
  [ "$(wc -l <seeds.0)" -eq 8 ] || return 1
  for at in "${!nodes[@]}"; do diff seeds.0 "seeds.$at" >&2 || return 1; done
}

check 'the package simulates a seed to the same digest' digests
check 'whole clusters with all faults run the same on each seed' swarm
