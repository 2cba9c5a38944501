#!/usr/bin/env bash
# Takes pictures of every screen of the real program, in the light and the dark look, in a small, a usual and a large window.
#
#   packaging/pictures.sh FOLDER
#
# It installs what it needs and is missing, and shows nothing on the screen of the computer that it runs on. Linux only.
set -euo pipefail

# shellcheck source=packaging/machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"

[ $# -eq 1 ] || stop "usage: packaging/pictures.sh FOLDER"
[ "$(uname -s)" = Linux ] || stop "The pictures are taken on an X server without a screen, which needs Linux."
mkdir -p "$1"
DARWIN_UPLOADER_PICTURES=$(cd "$1" && pwd)
export DARWIN_UPLOADER_PICTURES

need_packages build
need_packages test
need_go

cd "$root"
DARWIN_UPLOADER_WINDOW_TEST=1 DARWIN_UPLOADER_EVERY_LOOK=1 \
    go test -count=1 -timeout 30m -run '^TestEveryScreenCanBeReached$' ./gui/desktop
say "The pictures are in $DARWIN_UPLOADER_PICTURES"
