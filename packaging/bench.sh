#!/usr/bin/env bash
# Measures Darwin Uploader against a bare loop on a small Darwin on this machine, and prints one table of ratios.
#
#   packaging/bench.sh                 all of it, some minutes; let nothing else run meanwhile
#   packaging/bench.sh --quick         a few seconds, to see that it works
#   packaging/bench.sh --only NAME     the rows whose name holds this
#
# Nothing is kept.
set -euo pipefail

# shellcheck source=packaging/machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"
cd "$root"

need_packages build
need_go

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
go build -o "$scratch/darwin-uploader" .
go build -o "$scratch/bench" ./packaging/bench
printf '%s, %s, %s processors, %s\n' "$(date +%F)" "$(uname -sm)" "$(getconf _NPROCESSORS_ONLN)" "$(go version | cut -d' ' -f3)"
"$scratch/bench" -program "$scratch/darwin-uploader" "$@"
