/** Where findings and ledger rows go: the service's ingest, or files. */
@NullMarked
package dev.tocsin.flink.sink;

import org.jspecify.annotations.NullMarked;
