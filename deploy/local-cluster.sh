#!/usr/bin/env bash
# Starts a cluster on the loopback interface without containers: Redis, N silos and a gateway, each a process. Ctrl-C stops it clean.
#
#   deploy/local-cluster.sh [N]        N silos, 3 by default
#
# FOLDER   where everything of the cluster lies        default ./cluster
# PORT     where the gateway answers                   default 8080; the others take ports at fixed distances from it
# BUILD    0 to start what was built before            default 1
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
silos=${1:-3}
folder=$(mkdir -p "${FOLDER:-cluster}" && cd "${FOLDER:-cluster}" && pwd)
port=${PORT:-8080}
redis_port=$((port + 12000))

[[ $silos =~ ^[1-9][0-9]?$ ]] || { echo "local-cluster.sh: the number of silos is 1 to 99, not '$silos'." >&2; exit 2; }
for command in dotnet redis-server redis-cli curl; do
  command -v "$command" >/dev/null || { echo "local-cluster.sh: $command is missing." >&2; exit 2; }
done

if [[ ${BUILD:-1} = 1 ]]; then
  dotnet build "$root/src/MemoryCluster.Host" -c Release -p:Engine=Orleans -v quiet -nologo
fi
host="$root/artifacts/Orleans/bin/MemoryCluster.Host/release/memorycluster.dll"

pids=()
stop() {
  trap - EXIT INT TERM
  # The gateway first, then the silos one after the other, each handing over what it holds; Redis last.
  for (( at = ${#pids[@]} - 1; at >= 0; at-- )); do
    kill -TERM "${pids[at]}" 2>/dev/null || continue
    wait "${pids[at]}" 2>/dev/null || true
  done
}
trap stop EXIT
trap 'exit 0' INT TERM

start() { # name, command...
  local name=$1
  shift
  "$@" >"$folder/$name.log" 2>&1 &
  pids+=($!)
  echo $! >"$folder/$name.pid"
}

ready() { # name, url
  for (( try = 0; try < 240; try++ )); do
    curl -fsS -o /dev/null "$2" 2>/dev/null && return
    kill -0 "$(cat "$folder/$1.pid")" 2>/dev/null || break
    sleep 0.25
  done
  echo "local-cluster.sh: $1 did not get ready; see $folder/$1.log" >&2
  tail -n 5 "$folder/$1.log" >&2
  exit 1
}

mkdir -p "$folder/redis"
start redis redis-server --bind 127.0.0.1 --port "$redis_port" --dir "$folder/redis" --save '' --appendonly yes --appendfsync always --maxmemory-policy noeviction
for (( try = 0; try < 100; try++ )); do
  redis-cli -p "$redis_port" ping 2>/dev/null | grep -q PONG && break
  sleep 0.1
done

shared=(--store redis --redis "127.0.0.1:$redis_port")
for (( n = 1; n <= silos; n++ )); do
  start "silo-$n" dotnet "$host" --role silo "${shared[@]}" --data "$folder/silo-$n" --urls "http://127.0.0.1:$((port + 1000 + n))" \
    --silo-port "$((port + 3000 + n))" --client-port "$((port + 22000 + n))"
done
for (( n = 1; n <= silos; n++ )); do
  ready "silo-$n" "http://127.0.0.1:$((port + 1000 + n))/healthz/ready"
done
start gateway dotnet "$host" --role gateway "${shared[@]}" --data "$folder/gateway" --urls "http://127.0.0.1:$port"
ready gateway "http://127.0.0.1:$port/healthz/ready"

echo "A gateway and $silos silos on Redis: http://127.0.0.1:$port"
echo "The admin key is in $folder/gateway/admin.key, logs and process ids are in $folder."
# Ends with the first process that ends, so that nothing half dead looks alive; a silo killed on purpose is none of it: the others take over.
while kill -0 "${pids[-1]}" 2>/dev/null && kill -0 "${pids[0]}" 2>/dev/null; do
  sleep 1
done
echo "local-cluster.sh: the gateway or Redis has ended; see $folder" >&2
exit 1
