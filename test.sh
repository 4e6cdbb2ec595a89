#!/usr/bin/env bash
# Runs every test. Arguments are passed on to `cargo test`, for instance: ./test.sh config::
#
# The store is tested on SQLite and on PostgreSQL, so this starts one throw-away PostgreSQL server
# for the run and deletes it afterwards. To use a server of your own instead, set
# DESKBELL_TEST_POSTGRES_URL to a database where the tests may create and drop databases.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The exposure that systemd-analyze may find in the unit, in tenths (0 is best, 100 is worst).
readonly UNIT_EXPOSURE_LIMIT=11
# Tests run in parallel and each opens a few connections.
readonly POSTGRES_CONNECTIONS=300

scratch=""
server_started=""
summary=()
current_step="start"

step() {
    current_step=$1
    printf '\n== %s\n' "$1"
}
note() { summary+=("$1"); printf '%s\n' "$1"; }
fail() {
    printf '\ntest.sh: %s\n' "$1" >&2
    exit 1
}

# PostgreSQL refuses to run as root, so root runs it as somebody else.
unprivileged() {
    if [[ $EUID -ne 0 ]]; then
        (cd "$scratch" && "$@")
    else
        (cd "$scratch" && runuser -u "$(server_user)" -- "$@")
    fi
}

server_user() {
    if [[ $EUID -ne 0 ]]; then
        id -un
    elif id postgres >/dev/null 2>&1; then
        echo postgres
    else
        echo nobody
    fi
}

clean_up() {
    local status=$?
    trap - EXIT INT TERM
    if [[ -n $server_started ]]; then
        unprivileged "$server_started/pg_ctl" -D "$scratch/data" -m immediate -w stop >/dev/null ||
            printf 'test.sh: could not stop PostgreSQL in %s\n' "$scratch" >&2
    fi
    if [[ -n $scratch ]]; then
        rm -rf -- "$scratch"
    fi
    if [[ $status -ne 0 ]]; then
        printf '\n== FAILED after %s s, at: %s\n' "$SECONDS" "$current_step" >&2
    fi
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Prints the folder with the newest initdb, which Debian keeps out of PATH.
find_postgres() {
    local candidate newest=""
    while IFS= read -r candidate; do
        if [[ -x $candidate/initdb && -x $candidate/pg_ctl ]]; then
            newest=$candidate
        fi
    done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V)
    if [[ -z $newest ]] && command -v initdb >/dev/null; then
        newest=$(dirname "$(readlink -f "$(command -v initdb)")")
    fi
    [[ -n $newest ]] && printf '%s\n' "$newest"
}

install_postgres() {
    local as_root=()
    if [[ $EUID -ne 0 ]]; then
        as_root=(sudo)
    fi
    local missing="PostgreSQL is not installed"
    local remedy="Install it (package postgresql), or set DESKBELL_TEST_POSTGRES_URL."
    command -v apt-get >/dev/null || fail "$missing, and there is no apt-get. $remedy"
    if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
        fail "$missing, and there is no sudo to install it with. $remedy"
    fi
    echo "$missing: installing the package postgresql with apt-get."
    "${as_root[@]}" apt-get update -qq || echo "apt-get update failed; trying with what is known."
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends postgresql >/dev/null ||
        fail "apt-get could not install PostgreSQL. $remedy"
}

start_postgres() {
    local binaries
    if ! binaries=$(find_postgres); then
        install_postgres
        binaries=$(find_postgres) || fail "PostgreSQL was installed, but its initdb is not found."
    fi
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/deskbell-test.XXXXXX")
    chown "$(server_user)" "$scratch"
    unprivileged "$binaries/initdb" -D "$scratch/data" -U postgres -A trust --no-sync \
        -E UTF8 --locale=C.UTF-8 >"$scratch/initdb.log" 2>&1 ||
        fail "initdb failed: $(cat "$scratch/initdb.log")"
    # Only a socket in a private folder: no port to collide on, nothing to reach from outside.
    # Losing power in the middle of a test may lose the test.
    unprivileged "$binaries/pg_ctl" -D "$scratch/data" -l "$scratch/data/server.log" -w start \
        -o "-c listen_addresses='' -c unix_socket_directories='$scratch' -c fsync=off \
            -c max_connections=$POSTGRES_CONNECTIONS" >/dev/null ||
        fail "PostgreSQL did not start: $(cat "$scratch/data/server.log")"
    server_started=$binaries
    export DESKBELL_TEST_POSTGRES_URL="postgres://postgres@localhost/postgres?host=$scratch"
    note "PostgreSQL: $("$binaries/postgres" --version), started for this run"
}

check_unit() {
    if ! command -v systemd-analyze >/dev/null; then
        note "systemd unit: SKIPPED, systemd-analyze is not on this machine"
        return
    fi
    [[ -n $scratch ]] || scratch=$(mktemp -d "${TMPDIR:-/tmp}/deskbell-test.XXXXXX")
    # The program need not be installed here, so something that is stands in for it.
    sed "s|^ExecStart=/usr/bin/deskbell|ExecStart=$(type -P true)|" \
        deploy/deskbell.service >"$scratch/deskbell.service"
    SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no "$scratch/deskbell.service"
    systemd-analyze security --offline=true --threshold=$UNIT_EXPOSURE_LIMIT --no-pager \
        "$scratch/deskbell.service" | tail -n 1
    note "systemd unit: valid, exposure within $UNIT_EXPOSURE_LIMIT tenths"
}

command -v cargo >/dev/null || fail "cargo is not found. Install Rust from https://rustup.rs"
command -v cc >/dev/null || fail "no C compiler is found. Install the package build-essential."

step "PostgreSQL"
if [[ -n ${DESKBELL_TEST_POSTGRES_URL:-} ]]; then
    note "PostgreSQL: the server in DESKBELL_TEST_POSTGRES_URL"
else
    start_postgres
fi

step "systemd unit"
check_unit

# Many tests wait for processes that they start and kill, so more run at once than there are processors.
export RUST_TEST_THREADS="${RUST_TEST_THREADS:-$((2 * $(nproc)))}"
step "cargo test --workspace $*"
cargo test --workspace "$@"
note "cargo test: passed"

step "Summary (${SECONDS} s)"
printf '%s\n' "${summary[@]}" "All tests passed."
