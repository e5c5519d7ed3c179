/**
 * What happened, one record type per log: an API call, a network flow, a name look-up.
 *
 * <p>An event holds the fields that detectors read and nothing else. Events are immutable and know
 * no clock. Start reading at {@link dev.tocsin.core.event.Event}.
 */
@NullMarked
package dev.tocsin.core.event;

import org.jspecify.annotations.NullMarked;
