/**
 * How much is analysed, and what GuardDuty's list price of it would be.
 *
 * <p>Start reading at {@link dev.tocsin.server.usage.UsageMeter}.
 */
@NullMarked
package dev.tocsin.server.usage;

import org.jspecify.annotations.NullMarked;
