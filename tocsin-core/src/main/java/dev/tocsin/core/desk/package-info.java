/**
 * The desk of an account: merges signals into findings, answers questions of inventory.
 *
 * <p>Start reading at {@link dev.tocsin.core.desk.DeskFunction}.
 */
@NullMarked
package dev.tocsin.core.desk;

import org.jspecify.annotations.NullMarked;
