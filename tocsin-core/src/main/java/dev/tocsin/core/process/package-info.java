/**
 * What is known of the processes of a host: who started whom, in which container, and what of it is suspicious.
 *
 * <p>Start reading at {@link dev.tocsin.core.process.HostView}.
 */
@NullMarked
package dev.tocsin.core.process;

import org.jspecify.annotations.NullMarked;
