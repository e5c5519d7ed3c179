/**
 * Events in, signals and findings out, over state that a host keeps.
 *
 * <p>Start reading at {@link dev.tocsin.core.engine.KeyContext}: all that a host must give.
 */
@NullMarked
package dev.tocsin.core.engine;

import org.jspecify.annotations.NullMarked;
