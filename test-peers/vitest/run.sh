#!/usr/bin/env bash
# Prints `ok NAME` or `not ok NAME` for each test; run by scripts/test-peers.sh in a copy of this folder.
set -euo pipefail
node_modules/.bin/vitest run --reporter=json --outputFile=result.json >vitest.log 2>&1 || true
node --input-type=commonjs -e '
  const { testResults } = JSON.parse(require("fs").readFileSync("result.json", "utf8"));
  if (testResults.length === 0) process.exit(1);
  for (const { assertionResults, message } of testResults) {
    if (assertionResults.length === 0) console.log("not ok loading", message);
    for (const { status, fullName } of assertionResults) console.log(status === "passed" ? "ok" : "not ok", fullName);
    if (message) console.error(message);
  }'
