/**
 * Where an address is and whose network it belongs to: from files of the operator's own (mmdb, either schema), else from
 * the public tables that {@code tocsin lists update} fetches.
 *
 * <p>Start reading at {@link dev.tocsin.input.geo.Geography}.
 */
@NullMarked
package dev.tocsin.input.geo;

import org.jspecify.annotations.NullMarked;
