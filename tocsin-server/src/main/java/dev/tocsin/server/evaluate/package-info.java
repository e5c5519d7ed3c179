/**
 * Compares findings with labelled data.
 *
 * <p>Start reading at {@link dev.tocsin.server.evaluate.Score}.
 */
@NullMarked
package dev.tocsin.server.evaluate;

import org.jspecify.annotations.NullMarked;
