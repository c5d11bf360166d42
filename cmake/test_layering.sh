#!/bin/sh
# Proves that check_layering.sh fails where it should: in cmake/layering_samples exactly the lines marked "// bad"
# have to be reported.
# Usage: test_layering.sh QT_HEADERS
set -eu
here=$(cd "$(dirname "$0")" && pwd)
samples=$here/layering_samples

expected=$(cd "$samples" && grep -rn '// bad' . | sed 's|^\./||; s|^\([^:]*:[0-9]*\):.*|\1|' | sort -u)
if report=$(sh "$here/check_layering.sh" "$samples" "$1"); then
    echo "check_layering.sh accepts the bad samples"
    exit 1
fi
reported=$(echo "$report" | sed 's|^\([^:]*:[0-9]*\):.*|\1|' | sort -u)
if [ "$expected" != "$reported" ]; then
    printf 'Expected to be reported:\n%s\n\nReported:\n%s\n' "$expected" "$report"
    exit 1
fi
