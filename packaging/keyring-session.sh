#!/bin/sh
# Runs a command beside a keychain of its own: a private D-Bus session with an
# unlocked GNOME Keyring, in a home folder that is thrown away afterwards.
#
#   packaging/keyring-session.sh go test ./settings/...
#
# The person's own keychain, settings and session bus are out of reach. Go's
# caches stay where they are. Exit codes: the command's own, 69 if a program is
# missing, 70 if the keychain does not come up.
set -eu

if [ $# -eq 0 ]; then
    echo "usage: keyring-session.sh command [argument ...]" >&2
    exit 64
fi

for program in dbus-run-session gnome-keyring-daemon secret-tool; do
    if ! command -v "$program" >/dev/null 2>&1; then
        echo "keyring-session.sh: $program is not installed (Debian: dbus gnome-keyring libsecret-tools)" >&2
        exit 69
    fi
done

# Asked before HOME changes, because their defaults lie in it.
if command -v go >/dev/null 2>&1; then
    GOCACHE=$(go env GOCACHE)
    GOMODCACHE=$(go env GOMODCACHE)
    GOPATH=$(go env GOPATH)
    GOENV=$(go env GOENV)
    export GOCACHE GOMODCACHE GOPATH GOENV
fi

home=$(mktemp -d)
# The bus takes the daemon down with it; until its last file is gone, removing
# the folder can fail.
cleanup() {
    for _ in 1 2 3 4 5; do
        rm -rf "$home" 2>/dev/null && return
        sleep 0.2
    done
    rm -rf "$home"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir -m 700 "$home/run"
HOME=$home
XDG_RUNTIME_DIR=$home/run
export HOME XDG_RUNTIME_DIR
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME
unset DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL SSH_AUTH_SOCK

# An empty standard input would unlock no collection, hence the password. One
# secret stored and read proves that the keychain is there before the command
# starts.
# shellcheck disable=SC2016 # expanded by the inner shell
dbus-run-session -- sh -c '
    printf "throwaway" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 || exit 70
    printf "up" | timeout 20 secret-tool store --label=probe probe session || exit 70
    [ "$(timeout 20 secret-tool lookup probe session)" = up ] || exit 70
    secret-tool clear probe session
    exec "$@"
' keyring-session "$@"
