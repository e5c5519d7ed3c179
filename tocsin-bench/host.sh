#!/bin/sh
# Host events a CPU second and the weight of 10,000 processes. Build first: ./tocsin version and mvn -B test-compile -pl tocsin-core.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
core=$here/../tocsin-core
lib=$here/../tocsin-server/target/lib
exec "${TOCSIN_JAVA_HOME:+$TOCSIN_JAVA_HOME/bin/}java" -cp "$core/target/classes:$core/target/test-classes:$lib/*" \
    "$here/HostBench.java" "$core/src/test/resources/runtime/benign-auditd.log.gz"
