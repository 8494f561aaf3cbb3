#!/usr/bin/env bash
# Generates src/protocol from proto, one module a .proto file. --keep-case: a field has one spelling, the .proto's;
# --force-number: 64-bit fields are numbers (offsets and ids are below 2^53, asserted where they enter). That flag changes
# the types alone, so the readers and defaults are changed here: at run time protobufjs would give Long objects.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p src/protocol

# usage: edit FILE SCRIPT: as `sed -i` does, which macOS has otherwise.
edit() {
  sed -E "$2" "$1" >"$1.new"
  mv "$1.new" "$1"
}

for file in "${@:-}"; do
  [ -n "$file" ] || set -- $(find proto -name '*.proto' | sort)
done
for file in "$@"; do
  name=$(basename "$file" .proto)
  out="src/protocol/$name.js"
  node_modules/.bin/pbjs -t static-module -w es6 --es6 --keep-case --force-number --no-delimited --no-convert --no-verify --no-typeurl \
    --no-service -r "varve_$name" -p proto -o "$out" "$file"
  # pbjs imports an extensionless namespace; ESM wants the file and its default export.
  edit "$out" "s#^import (\* as )?\\\$protobuf from \"protobufjs/minimal(\.js)?\";#import \$protobuf from 'protobufjs/minimal.js';#"
  edit "$out" 's#reader\.(u?int64)\(\)#$number.\1(reader)#; s#\$util\.Long \? \$util\.Long\.fromBits\([^)]*\) : 0;#0;#'
  edit "$out" "s#^(import \\\$protobuf from .*)#\\1\\
import * as \$number from './int64.js';#"
  if grep -nE 'reader\.(sint64|s?fixed64)|\.Long\b' "$out"; then echo "$file: use int64 or uint64" >&2; exit 1; fi
  node_modules/.bin/pbts -o "src/protocol/$name.d.ts" "$out"
  edit "src/protocol/$name.d.ts" 's#^import \* as \$protobuf from "protobufjs";#import type * as $protobuf from "protobufjs";#; /^import Long = require/d'
done
# What server reflection shows: the services that the GRPC listener answers.
node scripts/generate-descriptors.mjs src/protocol/descriptors.js proto \
  proto/varve/v1/varve.proto proto/grpc/health/v1/health.proto proto/grpc/reflection/v1/reflection.proto
