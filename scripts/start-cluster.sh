#!/usr/bin/env bash
# Starts the nodes of a cluster in the background and waits until all are up. Nodes that run already are left alone.
#
#   scripts/start-cluster.sh [--nodes N | --hosts FILE] [--data DIR] [--port FIRST] [--config FILE] [--override K=V ...]
#                            [--command-config FILE]
#
# --nodes N       so many nodes on this machine (default 3)
# --hosts FILE    one `host [node.id]` a line; a line of this machine starts a process, any other goes over ssh
# --data DIR      data, logs and pid files of node K in DIR/node-K, on its host (default ./data)
# --port FIRST    the first of a node's four ports (default 9092); the k-th node of a host adds 10(k-1)
# --config FILE   settings for every node, in Kafka's key=value form; keys and passwords belong in files of their own
#                 (ssl.keystore.location): what stands here is an argument of a command for a moment, which ps shows
# --override K=V  one more setting for every node
# --command-config FILE   how to ask the nodes whether they are up, where their GRPC listeners speak TLS
#
# Relative paths count from the project's folder, wherever the script is called from.
#
# Over ssh the project lies in the same folder as here, or in $VARVE_HOME. $VARVE_SSH replaces `ssh -o BatchMode=yes`.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/cluster-hosts.sh
. scripts/cluster-hosts.sh

nodes=3 hosts_file='' data=./data port=9092 config='' overrides=() ask=()
while [ $# -gt 0 ]; do
  case "$1" in
  --nodes) nodes=${2:?--nodes wants a number}; shift 2 ;;
  --hosts) hosts_file=${2:?--hosts wants a file}; shift 2 ;;
  --data) data=${2:?--data wants a folder}; shift 2 ;;
  --port) port=${2:?--port wants a number}; shift 2 ;;
  --config) config=${2:?--config wants a file}; shift 2 ;;
  --command-config) ask=(--command-config "${2:?--command-config wants a file}"); shift 2 ;;
  --override) overrides+=("${2:?--override wants key=value}"); shift 2 ;;
  -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p;}' "$0"; exit 0 ;;
  *) echo "error: unknown option $1 (--help shows what there is)" >&2; exit 2 ;;
  esac
done
[ -z "$hosts_file" ] || [ -r "$hosts_file" ] || { echo "error: cannot read $hosts_file." >&2; exit 2; }
[[ $nodes =~ ^[1-9][0-9]*$ ]] || { echo "error: --nodes $nodes is not a number of at least 1." >&2; exit 2; }
for text in ${overrides[@]+"${overrides[@]}"}; do
  [[ $text == ?*=* ]] || { echo "error: --override '$text' is not of the form key=value." >&2; exit 2; }
done
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

# Runs on the node's host. $1: folder of the node, $2: its settings as text.
start_node=$is_node'
dir=$1 settings=$2
mkdir -p "$dir"
if [ -s "$dir/varve.pid" ] && is_node "$(cat "$dir/varve.pid")"; then
  echo "runs already (pid $(cat "$dir/varve.pid"))"
  exit 0
fi
# Keys and passwords may be among them.
(umask 077 && rm -f "$dir/server.properties" && printf "%s\n" "$settings" >"$dir/server.properties")
# Node undoes what nohup does: a session of its own is what keeps the signal of a closed terminal away.
detached=$(command -v setsid || command -v nohup)
# As packaging/varve.service has it.
export UV_THREADPOOL_SIZE=${UV_THREADPOOL_SIZE:-16} NODE_OPTIONS=${NODE_OPTIONS:---max-semi-space-size=4}
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1} MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-131072}
export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-16777216}
$detached node dist/src/bin/varve.cjs server --config "$dir/server.properties" >>"$dir/varve.log" 2>&1 </dev/null &
echo $! >"$dir/varve.pid"
echo "started (pid $!), log $dir/varve.log"
'
# The same before any node starts: voters that find another cluster at an address of theirs would join that. $2: the address,
# $3: the first port, of KAFKA, at which nothing listens yet.
check_ports=$is_node'
[ -s "$1/varve.pid" ] && is_node "$(cat "$1/varve.pid")" && exit 0
for ((port = $3 + 1; port <= $3 + 3; port++)); do
  if (: <>"/dev/tcp/$2/$port") 2>/dev/null; then
    echo "error: another process listens at $2:$port: end it first (varve dev?), or take other ports (--port)." >&2
    exit 1
  fi
done
'
# A process shows no arguments for a moment while it becomes another program.
show_ended=$is_node'
for tries in 1 2 3; do
  is_node "$(cat "$1/varve.pid")" && exit 0
  sleep 0.1
done
echo ended
'
common=$([ -z "$config" ] || cat "$config")

# usage: settings_of KEY=VALUE...: a whole file, so that other commands find the node by it, too. The last of two equal keys
# wins; a file gives \ a meaning that it has not on the command line; the empty line ends a last line that would go on.
settings_of() {
  local text backslash='\' newline=$'\n'
  printf '%s\n\n# What start-cluster.sh was told of this node.\n' "$common"
  for text in "$@"; do
    text=${text//"$backslash"/"$backslash$backslash"}
    text=${text//"$newline"/"${backslash}n"}
    printf '%s\n' "$text"
  done
}

for i in "${!hosts[@]}"; do
  address=$(address_of "${hosts[i]}")
  on_host "${hosts[i]}" "$check_ports" "$data/node-${ids[i]}" "${address//[][]/}" "${firsts[i]}" ||
    { echo "error: node ${ids[i]} on ${hosts[i]} cannot start; none was started." >&2; exit 1; }
done
for i in "${!hosts[@]}"; do
  address=$(address_of "${hosts[i]}") first=${firsts[i]} dir=$data/node-${ids[i]}
  listeners="KAFKA://$address:$first,INTERNAL://$address:$((first + 1)),GRPC://$address:$((first + 2)),HTTP://$address:$((first + 3))"
  roles=broker,controller
  [ "$i" -lt "$voting" ] || roles=broker
  printf 'node %s on %s: ' "${ids[i]}" "${hosts[i]}"
  on_host "${hosts[i]}" "$start_node" "$dir" "$(settings_of "node.id=${ids[i]}" "process.roles=$roles" "log.dirs=$dir/log" \
    "listeners=$listeners" "controller.quorum.voters=$voters" ${overrides[@]+"${overrides[@]}"})"
done

# usage: fail SENTENCE
fail() {
  printf '\nerror: %s The last lines of the logs:\n' "$1" >&2
  for i in "${!hosts[@]}"; do
    echo "--- node ${ids[i]} on ${hosts[i]}: $data/node-${ids[i]}/varve.log" >&2
    on_host "${hosts[i]}" 'tail -n 5 "$1/varve.log"' "$data/node-${ids[i]}" >&2 || true
  done
  exit 1
}

printf 'waiting for %s nodes' "${#hosts[@]}"
deadline=$((SECONDS + ${VARVE_START_TIMEOUT_S:-30}))
while true; do
  for i in "${!hosts[@]}"; do
    [ "$(on_host "${hosts[i]}" "$show_ended" "$data/node-${ids[i]}")" != ended ] ||
      fail "node ${ids[i]} on ${hosts[i]} has ended."
  done
  up=$(node dist/src/bin/varve.cjs cluster status --json --bootstrap "$bootstrap" --timeout-ms 2000 ${ask[@]+"${ask[@]}"} 2>/dev/null | grep -c '"state": "up"') || true
  [ "$up" -lt "${#hosts[@]}" ] || break
  [ "$SECONDS" -lt "$deadline" ] || fail "$up of ${#hosts[@]} nodes are up (where GRPC speaks TLS, name --command-config)."
  printf .
  sleep 0.2
done
printf '\nup: --bootstrap %s\n' "$bootstrap"
