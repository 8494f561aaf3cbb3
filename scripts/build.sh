#!/usr/bin/env bash
# Compiles src, test and scripts into dist, and copies what the compiler does not: the generated protocol modules.
set -euo pipefail
cd "$(dirname "$0")/.."
# A test whose source is gone must not go on running from an old build.
{ find dist -name '*.js' -not -path 'dist/.*' -not -path 'dist/cjs/*' 2>/dev/null || true; } | while read -r built; do
  source="${built#dist/}"
  source="${source%.js}"
  [ -e "$source.ts" ] || [ -e "$source.js" ] || [ "$source" = src/bin/varve.bundle ] || rm -f "$built" "${built%.js}.d.ts" "$built.map"
done
node_modules/.bin/tsc -p tsconfig.json
mkdir -p dist/src/protocol
cp -f src/protocol/*.js src/protocol/*.d.ts dist/src/protocol/ 2>/dev/null || true
# The same library for require(): Jest and older programs cannot load ES modules.
node_modules/.bin/tsc -p tsconfig.cjs.json
node_modules/.bin/tsc -p tsconfig.cjs-protocol.json
# What the declarations of both builds refer to.
cp -f src/protocol/*.d.ts dist/cjs/protocol/ 2>/dev/null || true
[ -e dist/cjs/package.json ] || printf '{ "type": "commonjs" }\n' >dist/cjs/package.json
[ ! -e dist/src/bin/varve.cjs ] || chmod +x dist/src/bin/varve.cjs

# The command in one file, which starts in half the time of its 300 modules. Packages with native or WebAssembly parts
# find those by their own place and stay outside.
node_modules/.bin/esbuild dist/src/bin/varve.js --bundle --outfile=dist/src/bin/varve.bundle.js \
  --platform=node --format=esm --target=node20 --sourcemap=linked --keep-names --log-level=error \
  --external:level --external:@node-rs/crc32 --external:snappy --external:lz4-napi --external:@bokuweb/zstd-wasm \
  --banner:js="import { createRequire as bundleRequire } from 'node:module';
import { dirname as bundleDirectoryOf } from 'node:path';
import { fileURLToPath as bundlePathOf } from 'node:url';
const require = bundleRequire(import.meta.url);
const __filename = bundlePathOf(import.meta.url);
const __dirname = bundleDirectoryOf(__filename);"
