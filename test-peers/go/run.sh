#!/usr/bin/env bash
# docs/examples/go as its README has it, against one node.
set -euo pipefail
. "$VARVE_HOME/test-peers/lib.sh"
command -v go >/dev/null || { echo 'Go is not installed: this test needs it.' >&2; exit 1; }
# The protocol compiler, where there is none, is the one of Python's grpcio-tools.
if ! command -v protoc >/dev/null; then
  need_python
  mkdir bin
  printf '#!/bin/sh\nexec "%s/bin/python" -m grpc_tools.protoc "$@"\n' "$python_home" >bin/protoc
  chmod +x bin/protoc
fi
export GOPATH=$VARVE_PEERS/go GOFLAGS=-modcacherw GOTOOLCHAIN=local
PATH=$PWD/bin:$GOPATH/bin:$PATH
mkdir example
cd example
ln -s "$VARVE_HOME/proto" proto
cp "$VARVE_HOME"/docs/examples/go/*.go .
start_node
varve topics create lines --bootstrap "$bootstrap" >&2

example "$VARVE_HOME/docs/examples/README.md" Go sh | sed "s/127\.0\.0\.1:9094/$bootstrap/" >example.sh
bash -euo pipefail example.sh >example.out
check 'the producer of the examples says what was acknowledged' grep -q '^1000 records acknowledged' example.out
check 'the consumer of the examples prints every record' cmp <(grep -v acknowledged example.out | cut -d ' ' -f 3) <(seq 1000)
check 'what Go sent, varve consume reads' \
  cmp <(varve consume lines --from-beginning --exit-at-end --bootstrap "$bootstrap") <(seq 1000)

example "$VARVE_HOME/docs/examples/README.md" Reflection sh | sed "s/127\.0\.0\.1:9094/$bootstrap/" >reflection.sh
check 'grpcurl asks a node for its metadata without any file' eval 'bash -euo pipefail reflection.sh >metadata.json'
# usage: metadata EXPRESSION: of what grpcurl printed.
metadata() { node -p "const told = JSON.parse(require('fs').readFileSync('metadata.json', 'utf8')); $1"; }
check 'it prints where the nodes are' [ "$(metadata 'told.brokers.map(({ host, port }) => `${host}:${port}`).join()')" = "$bootstrap" ]
check 'it prints the topics' [ "$(metadata 'told.topics.map(({ name }) => name).join()')" = lines ]

go build -o ../produce produce.go
go build -o ../consume consume.go
cd ..
check_through_a_kill ./produce ./consume
