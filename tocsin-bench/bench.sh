#!/bin/sh
# Measures tocsin beside zcat and igzip over sets made for it, and over folders of your own, and writes docs/performance.md.
# usage: tocsin-bench/bench.sh [SCALE [REPEATS [NAME=FOLDER ...]]]    SCALE 1 is 2 GB of text and takes half an hour
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
scale=${1:-1}
repeats=${2:-3}
[ $# -gt 2 ] && shift 2 || shift $#
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
echo "making the sets ..." >&2
python3 "$here/make-sets.py" "$folder" "$scale"
"$here/../tocsin" version >/dev/null
python3 "$here/bench.py" "$folder" "$scale" "$repeats" "$@"
