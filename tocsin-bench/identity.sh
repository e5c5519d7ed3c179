#!/bin/sh
# Judges the habits of identities on a simulated organisation: recall by setting and false alarms, beside the simple rules.
# usage: tocsin-bench/identity.sh TOOLS [SEED [ACCOUNTS]]    TOOLS is the folder of account-sim; seeds 1-4 and 101-104 are for tuning
# The networks of addresses come from 'tocsin lists update geography', fetched before.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
tools=$(cd "$1" && pwd -P)
seed=${2:-1}
accounts=${3:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$tools"
python3 simulate.py --seed "$seed" --scale 1 --days 60 --accounts "$accounts" --slot-minutes 20 \
    --attacks attacks.json,attacks-more.json --out "$work/logs" >&2
"$here/../tocsin" analyze --quiet --format jsonl "$work/logs/AWSLogs" >"$work/findings.jsonl"
python3 baseline.py "$work/logs" --out "$work/rules.jsonl" >&2
for findings in findings rules; do
    echo "== $findings"
    python3 evaluate.py --findings "$work/$findings.jsonl" --labels "$work/logs/labels.tsv" --accounts "$work/logs/accounts.tsv"
done
