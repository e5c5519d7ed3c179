/**
 * In which order objects are processed, and what they tell of time: the same on every host, so that the same objects give
 * the same findings wherever they are read.
 *
 * <p>Start reading at {@link dev.tocsin.input.order.ObjectOrder}.
 */
@NullMarked
package dev.tocsin.input.order;

import org.jspecify.annotations.NullMarked;
