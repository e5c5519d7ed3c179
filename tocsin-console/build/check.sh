#!/bin/sh
# Format, static analysis and unit tests of the console. Maven calls it.
set -eu
cd "$(dirname "$0")/.."
node build/types.mjs --check
npx --no-install prettier --check --log-level=warn .
npm run --silent lint
npm run --silent test -- --reporter=dot
