#!/usr/bin/env bash
# Starts the nodes of a cluster in the background and waits until all are up. Nodes that run already are left alone.
#
#   scripts/start-cluster.sh [--nodes N | --hosts FILE] [--data DIR] [--port FIRST] [--config FILE] [--override K=V ...]
#
# --nodes N       so many nodes on this machine (default 3)
# --hosts FILE    one `host [node.id]` a line; a line of this machine starts a process, any other goes over ssh
# --data DIR      data, logs and pid files of node K in DIR/node-K, on its host (default ./data)
# --port FIRST    the first of a node's four ports (default 9092); the k-th node of a host adds 10(k-1)
# --config FILE   settings for every node, in Kafka's key=value form
# --override K=V  one more setting for every node
#
# Over ssh the project lies in the same folder as here, or in $VARVE_HOME. $VARVE_SSH replaces `ssh -o BatchMode=yes`.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/cluster-hosts.sh
. scripts/cluster-hosts.sh

nodes=3 hosts_file='' data=./data port=9092 config='' overrides=()
while [ $# -gt 0 ]; do
  case "$1" in
  --nodes) nodes=${2:?--nodes wants a number}; shift 2 ;;
  --hosts) hosts_file=${2:?--hosts wants a file}; shift 2 ;;
  --data) data=${2:?--data wants a folder}; shift 2 ;;
  --port) port=${2:?--port wants a number}; shift 2 ;;
  --config) config=${2:?--config wants a file}; shift 2 ;;
  --override) overrides+=(--override "${2:?--override wants key=value}"); shift 2 ;;
  -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0"; exit 0 ;;
  *) echo "error: unknown option $1 (--help shows what there is)" >&2; exit 2 ;;
  esac
done
[ -z "$hosts_file" ] || [ -r "$hosts_file" ] || { echo "error: cannot read $hosts_file." >&2; exit 2; }
[[ $nodes =~ ^[1-9][0-9]*$ ]] || { echo "error: --nodes $nodes is not a number of at least 1." >&2; exit 2; }
read_hosts "$hosts_file" "$nodes" "$port"

# With up to five nodes all vote; of more, the first three, and the others are observers.
voting=${#hosts[@]}
[ "$voting" -le 5 ] || voting=3
voters='' bootstrap=''
for i in "${!hosts[@]}"; do
  address=$(address_of "${hosts[i]}")
  bootstrap+="${bootstrap:+,}$address:$((firsts[i] + 2))"
  [ "$i" -ge "$voting" ] || voters+="${voters:+,}${ids[i]}@$address:$((firsts[i] + 1))"
done

# Runs on the node's host. $1: folder of the node, $2: the settings of all nodes as text, the rest: overrides.
start_node='
dir=$1 settings=$2
shift 2
mkdir -p "$dir"
if [ -s "$dir/varve.pid" ] && ps -o args= -p "$(cat "$dir/varve.pid")" 2>/dev/null | grep -q "varve.* server"; then
  echo "runs already (pid $(cat "$dir/varve.pid"))"
  exit 0
fi
printf "%s\n" "$settings" >"$dir/server.properties"
# Node undoes what nohup does: a session of its own is what keeps the signal of a closed terminal away.
detached=$(command -v setsid || command -v nohup)
UV_THREADPOOL_SIZE=${UV_THREADPOOL_SIZE:-16} $detached node dist/src/bin/varve.cjs server --config "$dir/server.properties" "$@" >>"$dir/varve.log" 2>&1 </dev/null &
echo $! >"$dir/varve.pid"
echo "started (pid $!), log $dir/varve.log"
'
settings=$([ -z "$config" ] || cat "$config")
for i in "${!hosts[@]}"; do
  address=$(address_of "${hosts[i]}") first=${firsts[i]} dir=$data/node-${ids[i]}
  listeners="KAFKA://$address:$first,INTERNAL://$address:$((first + 1)),GRPC://$address:$((first + 2)),HTTP://$address:$((first + 3))"
  roles=broker,controller
  [ "$i" -lt "$voting" ] || roles=broker
  printf 'node %s on %s: ' "${ids[i]}" "${hosts[i]}"
  on_host "${hosts[i]}" "$start_node" "$dir" "$settings" \
    --override "node.id=${ids[i]}" --override "process.roles=$roles" --override "log.dirs=$dir/log" \
    --override "listeners=$listeners" --override "controller.quorum.voters=$voters" "${overrides[@]}"
done

printf 'waiting for %s nodes' "${#hosts[@]}"
deadline=$((SECONDS + ${VARVE_START_TIMEOUT_S:-30}))
until up=$(node dist/src/bin/varve.cjs cluster status --json --bootstrap "$bootstrap" --timeout-ms 2000 2>/dev/null | grep -c '"state": "up"') && [ "$up" -ge "${#hosts[@]}" ]; do
  if [ "$SECONDS" -ge "$deadline" ]; then
    printf '\nerror: %s of %s nodes are up. The last lines of their logs:\n' "${up:-0}" "${#hosts[@]}" >&2
    for i in "${!hosts[@]}"; do
      echo "--- node ${ids[i]} on ${hosts[i]}: $data/node-${ids[i]}/varve.log" >&2
      on_host "${hosts[i]}" 'tail -n 5 "$1/varve.log"' "$data/node-${ids[i]}" >&2 || true
    done
    exit 1
  fi
  printf .
  sleep 0.2
done
printf '\nup: --bootstrap %s\n' "$bootstrap"
