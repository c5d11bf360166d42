#!/usr/bin/env bash
# Makes chat.png, login.png, search.png, people.png and admin.png in a folder, without a screen.
#
#   screenshots.sh OUTPUT_FOLDER [BUILD_FOLDER]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
output=$1
build=${2:-$root/build/dev}

cmake --build "$build" --target teahouse_screenshots
mkdir -p "$output"
QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=2 LC_ALL=C.UTF-8 TZ=UTC "$build/bin/teahouse_screenshots" "$output" 2>/dev/null
for picture in login chat search people admin; do
    printf 'made %s\n' "$output/$picture.png"
done
