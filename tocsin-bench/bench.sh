#!/bin/sh
# Measures tocsin beside zcat and igzip over sets made for it, and writes docs/performance.md.
# usage: tocsin-bench/bench.sh [SCALE [REPEATS]]    SCALE 1 is half a gigabyte of text and takes some minutes
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
scale=${1:-1}
repeats=${2:-3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
echo "making the sets ..." >&2
python3 "$here/make-sets.py" "$folder" "$scale"
"$here/../tocsin" version >/dev/null
python3 "$here/bench.py" "$folder" "$scale" "$repeats"
