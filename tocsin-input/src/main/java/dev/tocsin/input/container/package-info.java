/**
 * From an object's bytes to records: how it is packed and wrapped, told by its content.
 *
 * <p>Start reading at {@link dev.tocsin.input.container.ObjectReader}.
 */
@NullMarked
package dev.tocsin.input.container;

import org.jspecify.annotations.NullMarked;
