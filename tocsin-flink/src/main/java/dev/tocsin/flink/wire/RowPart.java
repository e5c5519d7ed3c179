package dev.tocsin.flink.wire;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.flink.order.Turned;

/**
 * What a turn adds to the ledger row of an object.
 *
 * @param turn the stamp of the turn
 * @param source the object's name, as the ledger shows it
 * @param counts what is to be added, by the names that a row has; with {@code status} it is what reading the object gave
 */
public record RowPart(long turn, String source, Doc counts) implements Turned {}
