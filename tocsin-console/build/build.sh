#!/bin/sh
# Installs what the console is made of and builds it, if something changed since the last time. Maven calls it.
set -eu
cd "$(dirname "$0")/.."
command -v npm >/dev/null || {
    echo "ERROR: the console needs Node 20.19 or later and npm (Debian: apt-get install nodejs npm)" >&2
    exit 1
}
mkdir -p target
if [ ! -e target/installed ] || [ package-lock.json -nt target/installed ] || [ ! -d node_modules ]; then
    npm ci --no-audit --no-fund --loglevel=error
    touch target/installed
fi
built=target/classes/dev/tocsin/console/index.html
if [ ! -e "$built" ] || [ -n "$(find src build public index.html package-lock.json tsconfig.json vite.config.mjs -newer "$built" | head -1)" ]; then
    npm run --silent build
fi
