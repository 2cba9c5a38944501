#!/usr/bin/env bash
# Builds Darwin Uploader and starts its demo: a whole Darwin on this computer, so that nothing leaves it and no account is needed.
#
#   packaging/run.sh [further arguments of darwin-uploader]
#
# On Debian, Ubuntu, Fedora and macOS it installs what the build needs and is missing, Go included.
set -euo pipefail

# shellcheck source=packaging/machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"

need_packages build
need_go

say "Building. The first time takes a few minutes."
(cd "$root" && go build -o darwin-uploader .)
exec "$root/darwin-uploader" --demo "$@"
