#!/usr/bin/env bash
# docs/examples/typescript as its README has it and the programs of README.md, with the packed package: type checked, then
# run by a Node that takes TypeScript as it is. Then the package by require() and the installed command.
set -euo pipefail
. "$VARVE_HOME/test-peers/lib.sh"
need_newer_node
cp "$VARVE_HOME"/docs/examples/typescript/*.ts .
example "$VARVE_HOME/README.md" 'From a program' ts | sed '/^import .*testing/,$d' >readme.ts
start_node
varve topics create lines --bootstrap "$bootstrap" >&2

# `npm install varve` came before, from the packed file; all else runs as it is written.
example "$VARVE_HOME/docs/examples/README.md" TypeScript sh | grep -v '^npm install' |
  sed "s/127\.0\.0\.1:9094/$bootstrap/" >example.sh
PATH=$newer_node:$PATH bash -euo pipefail example.sh >example.out
check 'the producer of the examples says what was acknowledged' grep -q '^1000 records acknowledged' example.out
check 'the consumer of the examples prints every record' cmp <(grep -v acknowledged example.out | cut -d ' ' -f 3 | sort -n) <(seq 1000)
