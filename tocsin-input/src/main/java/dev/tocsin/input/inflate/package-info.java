/**
 * Unpacks gzip objects at one go: with the JDK, or with a native library where one is installed.
 *
 * <p>Start reading at {@link dev.tocsin.input.inflate.Inflate}.
 */
@NullMarked
package dev.tocsin.input.inflate;

import org.jspecify.annotations.NullMarked;
