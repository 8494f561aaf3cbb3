#!/usr/bin/env bash
# docs/examples/typescript as its README has it and the programs of README.md, docs/TESTING.md and docs/OPERATIONS.md, as
# they are written there, with the packed package, by a Node that takes TypeScript as it is.
set -euo pipefail
. "$VARVE_HOME/test-peers/lib.sh"
need_newer_node
cp "$VARVE_HOME"/docs/examples/typescript/*.ts .
example "$VARVE_HOME/README.md" 'From a program' ts | sed '/^import .*testing/,$d' >readme.ts
start_node
varve topics create lines --bootstrap "$bootstrap" >&2

# `npm install` came before, of the same packed file; all else runs as it is written.
example "$VARVE_HOME/docs/examples/README.md" TypeScript sh | grep -v '^npm install' |
  sed "s/127\.0\.0\.1:9094/$bootstrap/" >example.sh
PATH=$newer_node:$PATH bash -euo pipefail example.sh >example.out
check 'the producer of the examples says what was acknowledged' grep -q '^1000 records acknowledged' example.out
check 'the consumer of the examples prints every record' cmp <(grep -v acknowledged example.out | cut -d ' ' -f 3 | sort -n) <(seq 1000)

# The program of README.md reads on without end: it is ended once it has printed what it sent.
sed "s/127\.0\.0\.1:9094/$bootstrap/" readme.ts >readme.here.ts
"$newer_node/node" readme.here.ts >readme.out &
readme_pid=$!
check 'the program of README.md prints what it has sent' wait_for_line ' hello$' readme.out
kill "$readme_pid"
wait "$readme_pid" || true

example "$VARVE_HOME/README.md" 'From a program' ts | sed -n '/^import .*testing/,$p' >cluster.ts
check "README.md's cluster in a test starts, and closes without a trace" limited 60 "$newer_node/node" cluster.ts
{ example "$VARVE_HOME/docs/TESTING.md" 'Your own tests' ts; echo 'console.log(offset);'; } >simulate.ts
check "docs/TESTING.md's simulated cluster stores the record" grep -qx 0n <("$newer_node/node" simulate.ts)

example "$VARVE_HOME/docs/OPERATIONS.md" Nodes ts | sed "s/127\.0\.0\.1:9094/$bootstrap/" >brokers.ts
check "docs/OPERATIONS.md's program sets a default of all brokers" limited 60 "$newer_node/node" brokers.ts

check_through_a_kill "$newer_node/node produce.ts" "$newer_node/node consume.ts"
