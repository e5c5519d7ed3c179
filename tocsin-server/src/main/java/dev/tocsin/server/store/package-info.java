/**
 * What is kept from run to run: state of keys, timers, findings, which objects were read, and how far time had come.
 *
 * <p>Start reading at {@link dev.tocsin.server.store.Store}.
 */
@NullMarked
package dev.tocsin.server.store;

import org.jspecify.annotations.NullMarked;
