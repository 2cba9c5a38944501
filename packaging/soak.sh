#!/usr/bin/env bash
# Sends 20,000 files through faults of all sorts, and fails if one is lost, doubled or damaged, or if it takes too much memory, too
# many goroutines or too long. Some minutes; not part of packaging/test.sh.
#
#   packaging/soak.sh [-files N] [-seed N] [-dataset camera-traps-2026|old-archive] [-workers N] [-limit 10m]
set -euo pipefail

# shellcheck source=packaging/machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"
cd "$root"
need_go

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
go build -o "$scratch/soak" ./packaging/soak
"$scratch/soak" "$@"
