#!/usr/bin/env bash
# docs/examples/python as its README has it, against one node; then gRPC's own health and reflection clients.
set -euo pipefail
. "$VARVE_HOME/test-peers/lib.sh"
need_python
PATH=$python_home/bin:$PATH
ln -s "$VARVE_HOME/proto" proto
cp "$VARVE_HOME"/docs/examples/python/*.py .
start_node
varve topics create lines --bootstrap "$bootstrap" >&2

# Packages are there already; all else runs as it is written.
example "$VARVE_HOME/docs/examples/README.md" Python sh | grep -v '^pip install' |
  sed "s/127\.0\.0\.1:9094/$bootstrap/" >example.sh
bash -euo pipefail example.sh >example.out
check 'the producer of the examples says what was acknowledged' grep -q '^1000 records acknowledged' example.out
check 'the consumer of the examples prints every record' cmp <(grep -v acknowledged example.out | cut -d ' ' -f 3) <(seq 1000)
check 'what Python sent, varve consume reads' \
  cmp <(varve consume lines --from-beginning --exit-at-end --bootstrap "$bootstrap") <(seq 1000)

python services.py "$bootstrap"

check_through_a_kill 'python produce.py' 'python consume.py'

