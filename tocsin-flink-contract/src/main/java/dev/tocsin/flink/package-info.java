/**
 * The engine's contract on a small Flink cluster. There is nothing here but tests: the product never depends on it.
 *
 * <p>Start reading at {@code FlinkHostContractTest}.
 */
@NullMarked
package dev.tocsin.flink;

import org.jspecify.annotations.NullMarked;
