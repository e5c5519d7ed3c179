/**
 * How findings leave: from the outbox of the store to each destination, at least once. Start reading at {@link
 * dev.tocsin.server.publish.Publisher}.
 */
@NullMarked
package dev.tocsin.server.publish;

import org.jspecify.annotations.NullMarked;
