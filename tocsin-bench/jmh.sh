#!/bin/sh
# Benchmarks of single steps: one look-up, one record.
# usage: tocsin-bench/jmh.sh [JMH OPTION]…   such as: tocsin-bench/jmh.sh -f 1 -wi 3 -i 5 ThreatLists
set -eu
cd "$(dirname "$0")/.."
mvn -B -q package -DskipTests -pl tocsin-bench -am >&2
exec "$(./tocsin --java-home)/bin/java" -XX:+UseCompactObjectHeaders \
    -cp "$(ls tocsin-bench/target/tocsin-bench-*.jar | head -1):tocsin-bench/target/lib/*" org.openjdk.jmh.Main "$@"
