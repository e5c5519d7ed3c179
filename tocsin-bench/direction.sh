#!/bin/sh
# How well version 2 flow records tell which side is the host and who opened a connection, as a table in Markdown.
# usage: tocsin-bench/direction.sh NAME=FOLDER[,FOLDER]…   folders that hold the same traffic in version 2 and version 5
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
"$here/../tocsin" version >/dev/null
lib=$here/../tocsin-server/target
exec "$("$here/../tocsin" --java-home)/bin/java" -Xmx6g --enable-native-access=ALL-UNNAMED -cp "$(ls "$lib"/tocsin-server-*.jar | grep -v tests | head -1):$lib/lib/*" \
    "$here/DirectionAccuracy.java" "$@"
