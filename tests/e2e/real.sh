#!/usr/bin/env bash
# The two programs as people use them: a server, the client on a screen of its own, others on nc, telnet, openssl and
# curl, all of them at the one port; one with the bytes of the original wx client at that client's own door.
#
#   real.sh TEAHOUSED TEAHOUSE OUTPUT_FOLDER
#
# Exits with 77 (skipped) where a tool is missing.
set -euo pipefail

teahoused=$1 teahouse=$2 output=$3
mkdir -p "$output"
work=$(mktemp -d)
programs=()
declare -A keyboards=()

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

for tool in Xvfb xdotool nc telnet openssl curl; do
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
    "$teahoused" --data none --name Teahouse --listen front:127.0.0.1:0 --listen wx:127.0.0.1:0 \
        >"$work/server.out.log" 2>"$work/server.log" &
    server=$!
    programs+=("$server")
    until_true "the server is ready" grep -qx ready "$work/server.out.log"
    port=$(sed -n 's/^listening front [^ ]* //p' "$work/server.out.log")
    wx_port=$(sed -n 's/^listening wx [^ ]* //p' "$work/server.out.log")
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

# Someone at a program that is no Teahouse client: join NAME PROGRAM... What they hear is in NAME.log, say_as says what
# they type.
join() {
    local name=$1 typed
    shift
    mkfifo "$work/$name.in"
    "$@" <"$work/$name.in" >"$work/$name.log" 2>"$work/$name.errors.log" &
    programs+=($!)
    exec {typed}>"$work/$name.in"
    keyboards[$name]=$typed
    printf 'login %s\nlook\n' "$name" >&"$typed"
    until_true "$name is let in" grep -q "^$name" "$work/$name.log"
}

say_as() {
    printf 'say %s\n' "$2" >&"${keyboards[$1]}"
}

# Every one of the others hears the line, once.
all_hear() {
    local name
    for name in "${!keyboards[@]}"; do
        until_true "$name hears: $1" grep -q "^$1" "$work/$name.log"
        [[ $(grep -c "^$1" "$work/$name.log") == 1 ]] || fail "$name hears more than once: $1"
    done
}

# The page that tells a browser how to join, in plain text and encrypted.
look_with_a_browser() {
    local url
    for url in "http://127.0.0.1:$port/" "https://127.0.0.1:$port/"; do
        curl --silent --show-error --insecure --max-time 20 "$url" >"$work/page.log" || fail "$url is not answered"
        grep -q "teahouse://127.0.0.1:$port" "$work/page.log" || fail "$url does not name the link"
    done
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
join bob nc 127.0.0.1 "$port"
join carol openssl s_client -quiet -connect "127.0.0.1:$port"
join dave telnet 127.0.0.1 "$port"
join eve nc 127.0.0.1 "$wx_port"
start_client
screenshot login

focus "Log In"
xdotool type --delay 20 ann
xdotool key Return
all_hear 'ann has entered the room'
until_true "the chat window" window "main"
grep -Eq '"fingerprint": "[A-Z2-7]{52}"' "$XDG_CONFIG_HOME"/teahouse/teahouse-servers.json || fail "the client's connection is not encrypted"

focus "main"
xdotool type --delay 20 "hello from the window"
xdotool key Return
all_hear 'ann: hello from the window'

say_as bob '你好, ann 🍵'
all_hear 'bob: 你好, ann'
say_as carol 'encrypted'
all_hear 'carol: encrypted'
say_as dave 'by telnet'
all_hear 'dave: by telnet'
say_as eve 'at the old door'
all_hear 'eve: at the old door'
look_with_a_browser

# What the client has shown it has read: leaving the room and looking again is what bob cannot do,
# so the window itself tells, by its title, that nothing is unread, and the picture shows the rest.
until_true "all is read" window "^main"
screenshot chat

# With a name on the command line nobody has to type one.
XDG_CONFIG_HOME=$work/zoe "$teahouse" --server "127.0.0.1:$port" --name zoe >"$work/zoe.log" 2>&1 &
zoe=$!
programs+=("$zoe")
all_hear 'zoe has entered the room'
ends_well "zoe's client" "$zoe"

ends_well "the client" "$client"
all_hear 'ann has left the room'
ends_well "the server" "$server"
say "All good; pictures are in $output."
