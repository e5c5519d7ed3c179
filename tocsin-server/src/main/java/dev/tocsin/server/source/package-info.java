/**
 * Where objects come from: files and folders, buckets.
 *
 * <p>Start reading at {@link dev.tocsin.server.source.SourceObject}.
 */
@NullMarked
package dev.tocsin.server.source;

import org.jspecify.annotations.NullMarked;
