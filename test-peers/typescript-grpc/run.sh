#!/usr/bin/env bash
# docs/examples/typescript-grpc as its README has it, against one node, by a Node that takes TypeScript as it is.
set -euo pipefail
. "$VARVE_HOME/test-peers/lib.sh"
need_newer_node
PATH=$newer_node:$PATH
ln -s "$VARVE_HOME/proto" proto
cp "$VARVE_HOME"/docs/examples/typescript-grpc/*.ts .
start_node
varve topics create lines --bootstrap "$bootstrap" >&2

# The same packages are there already; all else runs as it is written.
example "$VARVE_HOME/docs/examples/README.md" 'TypeScript from the .proto alone' sh >written.sh
check 'the packages that are documented are those that are tested' grep -qx \
  "npm install $(node -p "Object.entries(require('./package.json').dependencies).filter(([name]) => name !== 'varve').map((each) => each.join('@')).join(' ')")" written.sh
check 'they do not import the client of the package' eval '! grep -E "from .varve|import .varve" *.ts'
grep -v '^npm install' written.sh | sed "s/127\.0\.0\.1:9094/$bootstrap/" >example.sh
bash -euo pipefail example.sh >example.out
check 'the producer of the examples says what was acknowledged' grep -q '^1000 records acknowledged' example.out
check 'the consumer of the examples prints every record' cmp <(grep -v acknowledged example.out | cut -d ' ' -f 3) <(seq 1000)
check 'what it sent, varve consume reads' \
  cmp <(varve consume lines --from-beginning --exit-at-end --bootstrap "$bootstrap") <(seq 1000)

check_through_a_kill 'node produce.ts' 'node consume.ts'
