/**
 * What the name look-ups of one host add up to in ten minutes: which registered names do not exist, and how much the labels
 * below each could carry. Bounded, and the same whatever the order of the records. Start reading at {@link
 * dev.tocsin.core.lookup.LookupWindow}.
 */
@NullMarked
package dev.tocsin.core.lookup;

import org.jspecify.annotations.NullMarked;
