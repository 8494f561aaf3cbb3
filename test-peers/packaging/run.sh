#!/usr/bin/env bash
# The systemd unit and the container image, by the tools that they are for. A tool that is not there is named.
set -euo pipefail
. "$VARVE_HOME/test-peers/lib.sh"

if command -v systemd-analyze >/dev/null; then
  check 'systemd finds nothing wrong with the unit' \
    eval 'systemd-analyze verify "$VARVE_HOME/packaging/varve.service" >unit.log 2>&1 && [ ! -s unit.log ]'
else
  echo '# systemd-analyze is not installed: the unit is not verified'
fi

if docker info >/dev/null 2>&1; then
  image=varve-test-$$
  trap 'docker rm -f "$image" >/dev/null 2>&1 || true; docker rmi -f "$image" >/dev/null 2>&1 || true' EXIT
  check 'the image is built' eval 'docker build -q -t "$image" "$VARVE_HOME" >build.log 2>&1'
  docker run -d --name "$image" "$image" >&2
  healthy() {
    local tries
    for ((tries = 0; tries < 120; tries++)); do
      [ "$(docker inspect -f '{{.State.Health.Status}}' "$image")" != healthy ] || return 0
      sleep 0.5
    done
    return 1
  }
  check 'a container of it becomes healthy' healthy
  check 'the command in it reaches the node' eval 'docker exec "$image" varve topics create x --partitions 1 >&2'
  check 'it ends in order' eval 'docker stop -t 45 "$image" >&2 && [ "$(docker inspect -f "{{.State.ExitCode}}" "$image")" -eq 0 ]'
else
  echo '# no Docker daemon answers: the image is not built'
fi

# What needs none of them: that the unit starts a command that there is, with a file of settings that it looks for.
start=$(sed -n 's/^ExecStart=\/usr\/bin\/env varve //p' "$VARVE_HOME/packaging/varve.service")
{ varve $start --override node.id=none || true; } >start.log 2>&1 </dev/null
check 'the unit runs a command of varve' \
  grep -Eq '^error: (The settings /etc/varve/server\.properties cannot be read|node\.id=none)' start.log
