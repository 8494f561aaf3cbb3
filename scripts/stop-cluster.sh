#!/usr/bin/env bash
# Stops the nodes that start-cluster.sh started, and waits for their end.
#
#   scripts/stop-cluster.sh [--nodes N | --hosts FILE] [--data DIR] [--rolling]
#
# Without --nodes and --hosts: every node whose folder is in DIR (default ./data) on this machine.
# --rolling       one after another, each moving its leaders to the ones that still run
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/cluster-hosts.sh
. scripts/cluster-hosts.sh

nodes='' hosts_file='' data=./data rolling=''
while [ $# -gt 0 ]; do
  case "$1" in
  --nodes) nodes=${2:?--nodes wants a number}; shift 2 ;;
  --hosts) hosts_file=${2:?--hosts wants a file}; shift 2 ;;
  --data) data=${2:?--data wants a folder}; shift 2 ;;
  --rolling) rolling=yes; shift ;;
  -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p;}' "$0"; exit 0 ;;
  *) echo "error: unknown option $1 (--help shows what there is)" >&2; exit 2 ;;
  esac
done
[ -z "$hosts_file" ] || [ -r "$hosts_file" ] || { echo "error: cannot read $hosts_file." >&2; exit 2; }
if [ -n "$hosts_file$nodes" ]; then read_hosts "$hosts_file" "${nodes:-3}" 9092; else
  for pid_file in "$data"/node-*/varve.pid; do
    [ -e "$pid_file" ] || { echo 'no node runs'; exit 0; }
    id=${pid_file%/varve.pid}
    hosts+=(localhost) ids+=("${id##*/node-}")
  done
fi

# Runs on the node's host. $1: folder of the node, $2: seconds to wait for its end, 0 to ask for it and go on, $3: `asked`
# when it was asked before (a second signal would end it at once, with its leaders).
stop_node=$is_node'
pid=$(cat "$1/varve.pid" 2>/dev/null) || { [ "$2" -eq 0 ] || echo "does not run"; exit 0; }
if is_node "$pid"; then
  [ "$3" = asked ] || kill -TERM "$pid"
elif [ "$3" != asked ]; then
  rm -f "$1/varve.pid"
  [ "$2" -eq 0 ] || echo "does not run"
  exit 0
fi
[ "$2" -gt 0 ] || exit 0
for ((tenths = 0; tenths < $2 * 10; tenths++)); do
  is_node "$pid" || { rm -f "$1/varve.pid"; echo "stopped"; exit 0; }
  sleep 0.1
done
echo "still runs after $2 s (pid $pid): see $1/varve.log"
exit 1
'
code=0 asked=no
wait_s=${VARVE_STOP_TIMEOUT_S:-40}
if [ -z "$rolling" ]; then
  for i in "${!hosts[@]}"; do on_host "${hosts[i]}" "$stop_node" "$data/node-${ids[i]}" 0 no || code=1; done
  asked=asked
fi
for i in "${!hosts[@]}"; do
  printf 'node %s on %s: ' "${ids[i]}" "${hosts[i]}"
  on_host "${hosts[i]}" "$stop_node" "$data/node-${ids[i]}" "$wait_s" "$asked" || code=1
done
exit "$code"
