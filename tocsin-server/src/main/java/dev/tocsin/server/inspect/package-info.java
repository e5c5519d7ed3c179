/**
 * Looks at logs without analysing them: what they are, what is missing, what one identity or host did.
 *
 * <p>Start reading at {@link dev.tocsin.server.inspect.Inspection}.
 */
@NullMarked
package dev.tocsin.server.inspect;

import org.jspecify.annotations.NullMarked;
