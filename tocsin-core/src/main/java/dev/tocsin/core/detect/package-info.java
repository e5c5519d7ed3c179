/**
 * Detectors: stateless, one file each, named after the finding type.
 *
 * <p>Start reading at {@link dev.tocsin.core.detect.Detectors}, the one list of all.
 */
@NullMarked
package dev.tocsin.core.detect;

import org.jspecify.annotations.NullMarked;
