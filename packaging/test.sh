#!/usr/bin/env bash
# Runs every test of Darwin Uploader, and installs what they need and is missing.
#
#   packaging/test.sh            all of them: units under the race detector, the storage against a real S3 gateway, the keychain
#                                against a real one, and the real window on an X server without a screen
#   packaging/test.sh --quick    the unit tests alone
#
# The exit code says whether all passed. TALLY names a file to which the numbers are added, for .ci/run.
set -euo pipefail

# shellcheck source=packaging/machine.sh
. "$(dirname "${BASH_SOURCE[0]}")/machine.sh"
cd "$root"

quick=
case "${1:-}" in
    --quick) quick=yes ;;
    "") ;;
    *) stop "usage: packaging/test.sh [--quick]" ;;
esac

section() { printf '\n== %s ==\n' "$*"; }

section "What the tests need"
need_packages build
[ -n "$quick" ] || need_packages test
need_go
go version

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tally=${TALLY:-$scratch/tally}
go build -o "$scratch/verdict" ./packaging/verdict

# Some tests also draw pictures of every state, where the caller asked for them.
if [ -n "${DARWIN_UPLOADER_PICTURES:-}" ]; then
    mkdir -p "$DARWIN_UPLOADER_PICTURES"
    DARWIN_UPLOADER_PICTURES=$(cd "$DARWIN_UPLOADER_PICTURES" && pwd)
    export DARWIN_UPLOADER_PICTURES
fi

failed=()

# suite TITLE FOLDER COMMAND...: one run of go test, counted.
suite() {
    local title=$1 folder=$2 start=$SECONDS
    shift 2
    section "$title"
    if (cd "$folder" && "$@" </dev/null | "$scratch/verdict" -tally "$tally"); then
        printf 'passed in %d s\n' $((SECONDS - start))
    else
        printf 'FAILED after %d s\n' $((SECONDS - start))
        failed+=("$title")
    fi
}

if [ -n "$quick" ]; then
    suite "Unit tests" . go test -json ./...
else
    # The real window and the commands as processes have runs of their own below, when nothing else keeps the machine busy.
    units=()
    while IFS= read -r package; do units+=("$package"); done < <(go list ./... | grep -v -e "/gui/desktop$" -e "/cli/process$")
    screens=()
    for package in "${units[@]}"; do case "$package" in */gui | */gui/*) screens+=("$package") ;; esac; done
    suite "Unit tests, with the race detector" . go test -race -timeout 20m -json "${units[@]}"

    # Under the race detector each screen is laid out in one look, size and language; here in all of them.
    suite "Every screen in every language, look and size" . \
        go test -run 'Every|EachLanguage|AnyLanguage|BothLooks|BothThemes' -timeout 20m -json "${screens[@]}"

    # A module of its own keeps what only its tests need out of the program's go.mod.
    while IFS= read -r module; do
        suite "Tests of the module in $module" "$module" go test -json ./...
    done < <(find . -mindepth 2 -name go.mod -not -path './.*' -exec dirname {} \; | sort | while IFS= read -r folder; do
        [ -n "$(find "$folder" -name '*_test.go' -print -quit)" ] && printf '%s\n' "$folder"
    done)

    if [ "$(uname -s)" = Linux ]; then
        DARWIN_UPLOADER_KEYRING_TEST=1 suite "Keychain tests, with a real Secret Service" . \
            packaging/keyring-session.sh go test -race -count=1 -json ./settings/...
        # Without the race detector, which multiplies the memory that is measured here.
        DARWIN_UPLOADER_KEYRING_TEST=1 suite "The commands as processes, with a keychain and with their memory measured" . \
            packaging/keyring-session.sh go test -count=1 -json ./uploader/cli/process/...
        suite "An import of 20,000 rows, killed and resumed, with its memory measured" . \
            go test -count=1 -run AnySize -json ./uploader/external
        DARWIN_UPLOADER_WINDOW_TEST=1 suite "Tests of the real window" . \
            go test -race -count=1 -timeout 15m -json ./gui/desktop/...
        DARWIN_UPLOADER_WINDOW_TEST=1 suite "How soon the busy window answers, at its own speed" . \
            go test -count=1 -run ThousandsOfFiles -json ./gui/desktop
    else
        section "Left out here"
        say "The tests of the keychain and of the real window run on Linux."
    fi
fi

section "Summary"
for title in ${failed[@]+"${failed[@]}"}; do
    printf 'FAILED: %s\n' "$title"
done
"$scratch/verdict" -sum "$tally"
[ ${#failed[@]} -eq 0 ]
