#!/bin/sh
# Measures the store: lists and counts over many findings while 1,000 a second arrive, what users' writes wait, a checkpoint
# with 100,000 dirty entries. Prints a table in Markdown.
# usage: tocsin-bench/store-bench.sh FOLDER [FINDINGS [SECONDS]]   a folder that is filled already is only measured;
# with a file store.url in it that names a PostgreSQL database, that one. A million findings take some minutes to make.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
folder=${1:?usage: store-bench.sh FOLDER [FINDINGS [SECONDS]]}
"$here/../tocsin" version >/dev/null
lib=$here/../tocsin-server/target
exec "$("$here/../tocsin" --java-home)/bin/java" -Xmx512m -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED \
    -cp "$(ls "$lib"/tocsin-server-*.jar | grep -v tests | head -1):$lib/lib/*" "$here/StoreBench.java" "$folder" "${2:-1000000}" "${3:-5}"
