#!/usr/bin/env bash
# The two programs as people use them: a server, the client on a screen of its own, a third person on nc.
#
#   real.sh TEAHOUSED TEAHOUSE OUTPUT_FOLDER
#
# Exits with 77 (skipped) where a tool is missing.
set -euo pipefail

teahoused=$1 teahouse=$2 output=$3
mkdir -p "$output"
work=$(mktemp -d)
programs=()

say() { printf '%s\n' "$*"; }

stop_all() {
    local program
    for program in "${programs[@]}"; do
        kill "$program" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap stop_all EXIT

fail() {
    say "FAILED: $*"
    for log in "$work"/*.log; do
        say "--- ${log##*/}"
        cat "$log"
    done
    exit 1
}

for tool in Xvfb xdotool nc; do
    command -v "$tool" >/dev/null || { say "skipped: $tool is not installed"; exit 77; }
done

# Waits until a command succeeds; 20 seconds at most.
until_true() {
    local what=$1 end=$((SECONDS + 20))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || fail "never happened: $what"
        sleep 0.05
    done
}

start_screen() {
    Xvfb -displayfd 3 -screen 0 1024x700x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
    programs+=($!)
    until_true "a screen" test -s "$work/display"
    DISPLAY=:$(<"$work/display")
    export DISPLAY
    if command -v openbox >/dev/null; then
        openbox >"$work/openbox.log" 2>&1 &
        programs+=($!)
        # A window that is mapped while the window manager starts may never be shown.
        until_true "a window manager" xdotool get_desktop
    fi
}

start_server() {
    "$teahoused" --data none --listen tea:127.0.0.1:0 >"$work/server.out.log" 2>"$work/server.log" &
    server=$!
    programs+=("$server")
    until_true "the server is ready" grep -qx ready "$work/server.out.log"
    port=$(sed -n 's/^listening tea [^ ]* //p' "$work/server.out.log")
}

start_client() {
    export XDG_CONFIG_HOME=$work/config LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb
    "$teahouse" --server "127.0.0.1:$port" >"$work/client.log" 2>&1 &
    client=$!
    programs+=("$client")
    until_true "the login window" window "Log In"
}

window() { xdotool search --onlyvisible --name "$1"; }

focus() {
    local id
    id=$(window "$1" | head -n 1)
    xdotool windowactivate --sync "$id" 2>/dev/null || xdotool windowfocus --sync "$id"
}

# Somebody on a plain line: what they hear is in bob.log, what is written to descriptor 5 they say.
start_bob() {
    mkfifo "$work/bob.in"
    nc 127.0.0.1 "$port" <"$work/bob.in" >"$work/bob.log" &
    programs+=($!)
    exec 5>"$work/bob.in"
    printf 'login bob\n' >&5
}

screenshot() {
    if command -v scrot >/dev/null; then
        scrot -o "$output/$1.png"
    elif command -v import >/dev/null; then
        import -window root "$output/$1.png"
    fi
}

# Sends a signal and checks that the program ends with 0, soon.
ends_well() {
    local name=$1 program=$2 code=0
    kill -TERM "$program"
    until_true "the end of $name" bash -c "! kill -0 $program"
    wait "$program" || code=$?
    ((code == 0)) || fail "$name ended with $code"
}

start_server
start_screen
start_bob
start_client
screenshot login

focus "Log In"
xdotool type --delay 20 ann
xdotool key Return
until_true "ann's arrival at bob's" grep -q '^ann has entered the room' "$work/bob.log"
until_true "the chat window" window "main"

focus "main"
xdotool type --delay 20 "hello from the window"
xdotool key Return
until_true "ann's line at bob's" grep -q '^ann: hello from the window' "$work/bob.log"

printf 'say 你好, ann 🍵\n' >&5
until_true "bob's line at bob's" grep -q '^bob: 你好, ann' "$work/bob.log"

# What the client has shown it has read: leaving the room and looking again is what bob cannot do,
# so the window itself tells, by its title, that nothing is unread, and the picture shows the rest.
until_true "all is read" window "^main"
screenshot chat

# With a name on the command line nobody has to type one.
XDG_CONFIG_HOME=$work/zoe "$teahouse" --server "127.0.0.1:$port" --name zoe >"$work/zoe.log" 2>&1 &
zoe=$!
programs+=("$zoe")
until_true "zoe's arrival at bob's" grep -q '^zoe has entered the room' "$work/bob.log"
ends_well "zoe's client" "$zoe"

ends_well "the client" "$client"
until_true "ann's leaving at bob's" grep -q '^ann has left the room' "$work/bob.log"
ends_well "the server" "$server"
say "All good; pictures are in $output."
