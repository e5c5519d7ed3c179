/**
 * Which side of a flow is the host's own, and who opened the connection: one step before all flow detectors.
 *
 * <p>Start reading at {@link dev.tocsin.core.direction.DirectionFinder}.
 */
@NullMarked
package dev.tocsin.core.direction;

import org.jspecify.annotations.NullMarked;
