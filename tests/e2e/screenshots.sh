#!/usr/bin/env bash
# Makes chat.png, login.png and search.png in a folder, without a screen.
#
#   screenshots.sh OUTPUT_FOLDER [BUILD_FOLDER]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
output=$1
build=${2:-$root/build/dev}

cmake --build "$build" --target teahouse_screenshots
mkdir -p "$output"
QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=2 LC_ALL=C.UTF-8 TZ=UTC "$build/bin/teahouse_screenshots" "$output" 2>/dev/null
printf 'made %s\n' "$output/login.png" "$output/chat.png" "$output/search.png"
