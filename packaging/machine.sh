# shellcheck shell=bash
# What run.sh, test.sh and .ci/run need to know about a machine: which packages the program is built with, and how to get the ones
# that are missing. Sourced, not run. Nothing is asked of an administrator while nothing is missing.

# The folder of the project.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# packages_of PURPOSE MANAGER lists the packages for "build" or "test", as apt-get or dnf call them.
packages_of() {
    case "$1 with $2" in
        "build with apt-get")
            echo gcc libc6-dev pkg-config ca-certificates \
                libgl-dev libx11-dev libxcursor-dev libxi-dev libxinerama-dev libxrandr-dev libxxf86vm-dev \
                libwayland-dev libxkbcommon-dev \
                libgl1 libx11-6 libxrandr2 libxcursor1 libxinerama1 libxi6 libxxf86vm1
            ;;
        "test with apt-get")
            echo git xvfb xauth openbox xdotool x11-utils imagemagick xclip dbus gnome-keyring libsecret-tools fonts-vlgothic
            ;;
        "build with dnf")
            echo gcc pkgconf-pkg-config ca-certificates \
                mesa-libGL-devel libX11-devel libXcursor-devel libXi-devel libXinerama-devel libXrandr-devel libXxf86vm-devel \
                wayland-devel libxkbcommon-devel mesa-dri-drivers
            ;;
        "test with dnf")
            echo git xorg-x11-server-Xvfb xauth openbox xdotool xorg-x11-utils ImageMagick xclip \
                dbus-daemon dbus-tools gnome-keyring libsecret google-noto-sans-cjk-fonts
            ;;
    esac
}

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 1
}

# as_root runs a command with the administrator's rights.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        stop "This needs an administrator, and sudo is not here. As root, run: $*"
    fi
}

has_with_apt-get() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'; }

has_with_dnf() { rpm -q --whatprovides "$1" >/dev/null 2>&1; }

# need_packages installs what is missing of a purpose, "build" or "test".
need_packages() {
    case "$(uname -s)" in
        Linux) ;;
        Darwin)
            need_xcode
            return
            ;;
        *) stop "This script knows Linux and macOS, not $(uname -s)." ;;
    esac
    local manager
    if command -v apt-get >/dev/null 2>&1; then
        manager=apt-get
    elif command -v dnf >/dev/null 2>&1; then
        manager=dnf
    else
        say "This Linux has neither apt-get nor dnf. Going on, in the hope that it has what Debian calls: $(packages_of "$1" apt-get)"
        return
    fi
    # shellcheck disable=SC2046 # one word for each package
    need_packages_of "$manager" $(packages_of "$1" "$manager")
}

# need_packages_of MANAGER PACKAGE... installs those that are not there.
need_packages_of() {
    local manager=$1 package missing=()
    shift
    for package in "$@"; do
        "has_with_$manager" "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] || install_packages "$manager" "${missing[@]}"
}

# install_packages MANAGER PACKAGE...
install_packages() {
    local manager=$1
    shift
    say "Installing: $*"
    case "$manager" in
        apt-get)
            as_root apt-get update -qq </dev/null >&2 || say "The list of packages could not be renewed; going on with the one that is here."
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2
            ;;
        dnf) as_root dnf install -y --setopt=install_weak_deps=False "$@" </dev/null >&2 ;;
    esac || stop "These packages could not be installed: $*"
}

need_xcode() {
    xcode-select -p >/dev/null 2>&1 && return
    xcode-select --install >/dev/null 2>&1
    stop "macOS is asking to install its command line tools. Start this again once they are there."
}

# go_wanted is the oldest Go that go.mod allows, as in 1.26.0.
go_wanted() { sed -n 's/^go \([0-9.]*\).*/\1/p' "$root/go.mod"; }

# go_fits says whether a go program is new enough. The toolchain that go.mod names may not be fetched behind our back just to ask.
go_fits() {
    local have oldest
    have=$(cd / && GOTOOLCHAIN=local "$1" env GOVERSION 2>/dev/null) || return 1
    have=${have#go}
    have=${have%%[!0-9.]*}
    [ -n "$have" ] || return 1
    oldest=$(printf '%s\n%s\n' "$(go_wanted)" "$have" | sort -V | head -n 1)
    [ "$oldest" = "$(go_wanted)" ]
}

# need_go puts a Go that is new enough first in PATH. The distributions' own are mostly too old, so one that is missing comes from
# Go's own site, checked against the checksum published there, into the person's own data folder.
need_go() {
    local own=${XDG_DATA_HOME:-$HOME/.local/share}/darwin-uploader go
    for go in "$(command -v go || true)" "$own/go/bin/go" /usr/local/go/bin/go /opt/homebrew/bin/go /usr/local/bin/go; do
        if [ -n "$go" ] && [ -x "$go" ] && go_fits "$go"; then
            PATH=$(dirname "$go"):$PATH
            export PATH
            return
        fi
    done
    if [ "$(uname -s)" = Darwin ] && command -v brew >/dev/null 2>&1; then
        say "Installing Go with Homebrew"
        brew install go >&2 && PATH=$(brew --prefix)/bin:$PATH && export PATH && go_fits go && return
    fi
    say "Go $(go_wanted) or newer is needed, and is not here. Fetching it from go.dev into $own"
    fetch_go "$own" ||
        stop "Go could not be fetched. Install Go $(go_wanted) or newer as https://go.dev/doc/install describes, and start this again."
    PATH=$own/go/bin:$PATH
    export PATH
}

# fetch FILE URL
fetch() {
    if command -v curl >/dev/null 2>&1; then
        curl --fail --silent --show-error --location --proto '=https' --output "$1" "$2"
    elif command -v wget >/dev/null 2>&1; then
        wget --quiet --https-only --output-document="$1" "$2"
    else
        say "Neither curl nor wget is here to fetch it."
        return 1
    fi
}

fetch_go() {
    local into=$1 system machine work name sum
    system=$(uname -s | tr '[:upper:]' '[:lower:]')
    case "$(uname -m)" in
        x86_64 | amd64) machine=amd64 ;;
        aarch64 | arm64) machine=arm64 ;;
        *)
            say "There is no ready-made Go for $(uname -m) that this script knows."
            return 1
            ;;
    esac
    work=$(mktemp -d) || return 1
    # The list names the newest stable release first; one file's name stands some lines before its checksum.
    if ! fetch "$work/list" 'https://go.dev/dl/?mode=json'; then
        rm -rf "$work"
        return 1
    fi
    read -r name sum < <(awk -F'"' -v end=".$system-$machine.tar.gz" '
        $2 == "filename" { name = $4 }
        $2 == "sha256" && length(name) > length(end) && substr(name, length(name) - length(end) + 1) == end { print name, $4; exit }
    ' "$work/list") || true
    if [ -z "${sum:-}" ] || ! fetch "$work/$name" "https://go.dev/dl/$name" || ! has_sum "$work/$name" "$sum"; then
        rm -rf "$work"
        return 1
    fi
    mkdir -p "$into" && rm -rf "$into/go" && tar -C "$into" -xzf "$work/$name"
    local unpacked=$?
    rm -rf "$work"
    return $unpacked
}

# has_sum FILE SHA256
has_sum() {
    local got
    if command -v sha256sum >/dev/null 2>&1; then
        got=$(sha256sum "$1")
    else
        got=$(shasum -a 256 "$1")
    fi
    [ "${got%% *}" = "$2" ] && return
    say "What was fetched is not what Go's site says it is: the checksum differs."
    return 1
}
