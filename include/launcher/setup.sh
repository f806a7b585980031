#!/bin/sh
# Makes the Python environment of this checkout: setup.sh [run|dev]
# Everything that is missing on the machine is named, with its apt line, before anything is made.
set -eu

kind=${1:-run}
checkout=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
home=${CORTEX_SIGNALS_HOME:-$checkout/.cortex-signals}
venv=$home/venv
python=${PYTHON:-python3}
uv_version=0.13.9

case $kind in
    run) requirements=requirements.txt ;;
    dev) requirements=requirements-dev.txt ;;
    *) echo "usage: setup.sh [run|dev]" >&2; exit 2 ;;
esac

missing=''
packages=''
lacks() { # what it is, its Debian package
    missing="$missing
  $1"
    packages="$packages $2"
}

has_libgomp() {
    for ldconfig in ldconfig /sbin/ldconfig; do
        "$ldconfig" -p 2>/dev/null | grep -q 'libgomp\.so\.1' && return 0
    done
    find /lib /lib64 /usr/lib /usr/lib64 /usr/local/lib -name 'libgomp.so.1*' 2>/dev/null | grep -q .
}

check_python() {
    if ! command -v "$python" >/dev/null 2>&1; then
        lacks "Python 3.11 or newer ($python)" "python3 python3-venv"
    elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        lacks "Python 3.11 or newer ($python is $("$python" -V 2>&1); name another by PYTHON=)" "python3 python3-venv"
    elif ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        lacks "Python's venv with ensurepip" "python3-venv"
    fi
}

check_machine() {
    check_python
    has_libgomp || lacks "libgomp.so.1, which LightGBM needs" libgomp1
    command -v git >/dev/null 2>&1 || lacks git git
    command -v make >/dev/null 2>&1 || lacks make make
    [ -z "$missing" ] && return
    sudo=''
    [ "$(id -u)" = 0 ] || sudo='sudo '
    echo "This machine lacks:$missing" >&2
    echo "Install it:  ${sudo}apt-get update && ${sudo}apt-get install -y$packages" >&2
    exit 1
}

# What an environment is made from; a stamp with this text means that it is complete.
fingerprint() {
    cd "$checkout"
    { cat requirements.txt pyproject.toml; [ "$1" = run ] || cat requirements-dev.txt; "$python" -V; } | sha256sum
}

is_made() {
    [ -x "$venv/bin/python" ] && [ "$(cat "$venv/made-$1" 2>/dev/null)" = "$(fingerprint "$1")" ]
}

make_venv() {
    # One that is complete and of this Python is kept, with the packages that did not change.
    "$venv/bin/python" -c 'import pip' 2>/dev/null && [ "$("$venv/bin/python" -V)" = "$("$python" -V)" ] && return
    rm -rf "$venv"
    "$python" -m venv "$venv"
}

install() {
    echo "Installing the packages of $requirements into $venv (about a minute, 1 GB) ..."
    rm -f "$venv/made-run" "$venv/made-dev"
    make_venv
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$uv_version"
    # The machine's certificates, where it has any: behind a proxy with its own they are the ones that count.
    [ -e /etc/ssl/certs/ca-certificates.crt ] && export UV_SYSTEM_CERTS=1
    export UV_CACHE_DIR="$home/uv-cache" # beside the environment, whose files are links to it
    cd "$checkout"
    "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes --compile-bytecode -r "$requirements"
    "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --no-deps -e .
    fingerprint "$kind" >"$venv/made-$kind"
}

check_machine
is_made "$kind" && exit 0
[ "$kind" = run ] && is_made dev && exit 0 # the packages for tests are more than those for running
mkdir -p "$home"
if command -v flock >/dev/null 2>&1; then # two at a time would spoil each other's environment
    exec 9>"$home/setup.lock"
    flock 9
    is_made "$kind" && exit 0
fi
install
