/**
 * From the lines of local tools to host events: one reader a tool.
 *
 * <p>Start reading at {@link dev.tocsin.core.parse.runtime.RuntimeReader}.
 */
@NullMarked
package dev.tocsin.core.parse.runtime;

import org.jspecify.annotations.NullMarked;
