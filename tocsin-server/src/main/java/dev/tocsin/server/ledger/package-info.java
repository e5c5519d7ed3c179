/**
 * What became of every object and record.
 *
 * <p>Start reading at {@link dev.tocsin.server.ledger.Ledger}.
 */
@NullMarked
package dev.tocsin.server.ledger;

import org.jspecify.annotations.NullMarked;
