/**
 * What is known of bad addresses, names and access keys: list entries, their age and cautions, and the tables that find
 * them.
 *
 * <p>Lists are read by the input module into an {@link dev.tocsin.core.intel.Intelligence.Builder}; detectors ask the
 * snapshot it makes. Start reading at {@link dev.tocsin.core.intel.Intelligence}.
 */
@NullMarked
package dev.tocsin.core.intel;

import org.jspecify.annotations.NullMarked;
