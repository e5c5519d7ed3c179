/**
 * From bytes as a source gives them to records: what an object is, how it is packed and wrapped.
 *
 * <p>Content decides, never the name. Start reading at {@link dev.tocsin.input.container.ObjectReader}.
 */
@NullMarked
package dev.tocsin.input.container;

import org.jspecify.annotations.NullMarked;
