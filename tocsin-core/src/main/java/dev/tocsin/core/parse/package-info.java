/**
 * From bytes to events: one parser a log.
 *
 * <p>Start reading at {@link dev.tocsin.core.parse.RecordSink}.
 */
@NullMarked
package dev.tocsin.core.parse;

import org.jspecify.annotations.NullMarked;
