#!/usr/bin/env bash
# The first steps of README.md and the commands of docs/OPERATIONS.md, as they are written there, on the ports that they
# have: in a copy of the project, and in a network of its own where the system gives one.
set -euo pipefail
. "$VARVE_HOME/test-peers/lib.sh"
if [ -z "${VARVE_OWN_NETWORK:-}" ] && unshare --map-root-user --net ip link set lo up 2>/dev/null; then
  export VARVE_OWN_NETWORK=yes
  exec unshare --map-root-user --net bash -c 'ip link set lo up && exec ./run.sh'
fi

readme=$VARVE_HOME/README.md operations=$VARVE_HOME/docs/OPERATIONS.md
mkdir copy
tar -C "$VARVE_HOME" --exclude=./node_modules --exclude=./data --exclude=./.git --exclude=./.tap -cf - . | tar -C copy -xf -
ln -s "$VARVE_HOME/node_modules" copy/node_modules
cd copy
export npm_config_prefix=$PWD/../prefix npm_config_offline=true
mkdir -p "$npm_config_prefix/bin" "$npm_config_prefix/lib"
PATH=$npm_config_prefix/bin:$PATH
# Whatever way this shell ends, what it has started ends too: the nodes in order, or at once where they do not.
end_all() {
  local pid_file
  make -s stop >&2 || for pid_file in data/node-*/varve.pid; do
    [ ! -e "$pid_file" ] || kill -KILL "$(cat "$pid_file")" 2>/dev/null || true
  done
  end_jobs
}
trap end_all EXIT

# usage: commands FILE HEADING: the commands under that heading, one a line, without what is said behind them.
commands() {
  local found
  found=$(awk -v heading="$2" '/^#+ / { here = ($0 ~ "^#+ " heading "$") } here && sub(/^    /, "")' "$1" | sed -E 's/ +# .*//')
  [ -n "$found" ] || { echo "no commands under '$2' in $1" >&2; return 1; }
  printf '%s\n' "$found"
}

# usage: runs COMMAND [OUTPUT]: passes when it does, and prints a line that matches.
runs() {
  bash -euo pipefail -c "$1" >output || return 1
  cat output >&2
  [ -z "${2:-}" ] || grep -Eq -- "$2" output
}

# usage: eventually COMMAND OUTPUT: the same, in time.
eventually() {
  local tries
  for ((tries = 0; tries < 60; tries++)); do
    if bash -euo pipefail -c "$1" >output 2>&1 && { [ -z "${2:-}" ] || grep -Eq -- "$2" output; }; then return 0; fi
    sleep 0.5
  done
  cat output >&2
  return 1
}
ready='curl -fs http://127.0.0.1:9095/readyz'

# README.md: one command after the other; `varve dev` stays in the background until the cluster takes its place.
steps=()
while IFS= read -r step; do steps+=("$step"); done < <(commands "$readme" 'First steps')
check 'README.md has its first steps' [ "${#steps[@]}" -eq 8 ]
for step in ${steps[@]+"${steps[@]}"}; do
  case $step in
  'varve dev')
    varve-dev() { exec "$npm_config_prefix/bin/varve" dev; }
    varve-dev >dev.log 2>&1 &
    dev_pid=$!
    check "README.md: $step" eventually "$ready" '^ok$'
    ;;
  'make cluster')
    kill -TERM "$dev_pid"
    check 'varve dev ends in order' wait "$dev_pid"
    check "README.md: $step" runs "$step" 'up: --bootstrap 127.0.0.1:9094,127.0.0.1:9104,127.0.0.1:9114'
    ;;
  *consume*) check "README.md: $step" runs "$step | wc -l" '^ *5$' ;;
  'make status') check "README.md: $step" runs "$step" '9114' ;;
  *) check "README.md: $step" runs "$step" ;;
  esac
done

# OPERATIONS.md, with three nodes, and a fourth that does not vote.
runs 'make cluster'
runs 'varve topics create orders --replica-assignment 1:2:3,2:3:1'
runs 'seq 1000 | varve produce orders'
cat >server.properties <<END
$(grep '^controller.quorum.voters=' data/node-1/server.properties)
listeners=INTERNAL://127.0.0.1:9123,GRPC://127.0.0.1:9124,HTTP://127.0.0.1:9125
log.dirs=data/node-4/log
END
mkdir -p data/node-4
start=$(commands "$operations" 'Running a node')
# Not through varve(): its process would be a shell around the node, which stays when that is ended.
exec $(sed 's/node\.id=2/node.id=4/' <<<"$start") >data/node-4/varve.log 2>&1 &
echo $! >data/node-4/varve.pid
check "OPERATIONS.md: $start" eventually 'varve cluster status' '127\.0\.0\.1:9124'

while read -r line; do
  case $line in
  curl*) check "OPERATIONS.md: $line" runs "$line" '^ok$' ;;
  *) check "OPERATIONS.md: $line" eventually "$line" '^No partition to show\.$' ;;
  esac
done < <(commands "$operations" 'Rolling restart')

while read -r line; do check "OPERATIONS.md: $line" runs "$line"; done < <(commands "$operations" 'Looking into files')

kill -KILL "$(cat data/node-3/varve.pid)"
while read -r line; do
  # What was begun before is done first; a new voter is one that has caught up.
  eventually 'varve partitions reassignments' '^No partition is being moved\.$'
  check "OPERATIONS.md: $line" eventually "$line"
done < <(commands "$operations" 'Replacing a dead node')
check 'the voters are exchanged' eventually 'varve quorum status --json' '"nodeId": *4'
check 'the moved partitions are whole' eventually 'varve topics describe --under-replicated' '^No partition to show\.$'
