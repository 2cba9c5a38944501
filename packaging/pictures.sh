#!/usr/bin/env bash
# Takes pictures of every screen of the real program, in the light and the dark look.
#
#   packaging/pictures.sh FOLDER [LANGUAGE]   all screens in a small, a usual and a large window; in English, or de, fr, es, pt or ja
#   packaging/pictures.sh --readme            takes those of the README anew, in packaging/pictures
#
# It installs what it needs and is missing, and shows nothing on the screen of the computer that it runs on. Linux only.
set -euo pipefail

# shellcheck source=packaging/machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"

[ $# -eq 1 ] || { [ $# -eq 2 ] && [ "$1" != --readme ]; } || stop "usage: packaging/pictures.sh FOLDER [LANGUAGE] | --readme"
[ "$(uname -s)" = Linux ] || stop "The pictures are taken on an X server without a screen, which needs Linux."
if [ "$1" = --readme ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    windows=1180x
else
    mkdir -p "$1"
    folder=$(cd "$1" && pwd)
    windows=
fi

need_packages build
need_packages test
need_go

# shellcheck disable=SC2154 # machine.sh sets root
cd "$root"
DARWIN_UPLOADER_LANGUAGE=${2:-en} DARWIN_UPLOADER_PICTURES=$folder DARWIN_UPLOADER_WINDOW_TEST=1 DARWIN_UPLOADER_EVERY_LOOK=1 \
    go test -count=1 -timeout 30m -run "^TestEveryScreenCanBeReached\$/$windows" ./gui/desktop

# readme SCREEN NAME: with 256 colours a picture is a third of its size, and looks the same.
readme() { convert "$folder/$1.png" -strip -colors 256 "PNG8:packaging/pictures/$2.png"; }

if [ "$1" = --readme ]; then
    mkdir -p packaging/pictures
    readme light-1180x788-08-tags window-ready-light
    readme light-1180x788-11-sending window-sending-light
    readme dark-1180x788-20-history window-history-dark
    readme dark-1180x788-19-done window-done-dark
    say "The README's pictures are new. Look at them before you keep them."
else
    say "The pictures are in $folder"
fi
