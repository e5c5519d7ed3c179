/**
 * The job: source, one host of the engine for each kind of key, desks, sinks. No detection is decided here.
 *
 * <p>Start reading at {@link dev.tocsin.flink.TocsinJob}.
 */
@NullMarked
package dev.tocsin.flink;

import org.jspecify.annotations.NullMarked;
