#!/usr/bin/env bash
# docs/examples/python as its README has it, against one node: what one program sends, the other reads.
set -euo pipefail
home=$VARVE_HOME
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check grpcio-tools
venv/bin/python -m grpc_tools.protoc -I "$home/proto" --python_out=. --grpc_python_out=. "$home/proto/varve/v1/varve.proto"
cp "$home"/docs/examples/python/*.py .
node "$home/dist/src/bin/varve.cjs" dev --port 0 --json >node.json &
node_pid=$!
trap 'kill $node_pid; wait $node_pid || true' EXIT
for ((i = 0; i < 100; i++)); do grep -q '^}' node.json && break || sleep 0.1; done
grpc=$(node -p 'JSON.parse(require("fs").readFileSync("node.json", "utf8")).listeners.GRPC')
node "$home/dist/src/bin/varve.cjs" topics create lines --bootstrap "$grpc" >/dev/null
seq 1000 | venv/bin/python produce.py "$grpc" lines >produced.txt
venv/bin/python consume.py "$grpc" lines 1000 >consumed.txt
count=$(node "$home/dist/src/bin/varve.cjs" consume lines --from-beginning --exit-at-end --bootstrap "$grpc" | sort -n | cmp - <(seq 1000) && echo same)
[ "$count" = same ] && echo 'ok the Python producer' || echo 'not ok the Python producer'
[ "$(wc -l <consumed.txt)" -ge 1000 ] && echo 'ok the Python consumer' || echo 'not ok the Python consumer'
