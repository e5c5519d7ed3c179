/**
 * What a person sets in a file: typed records, read from YAML and explained from the same place.
 *
 * <p>Start reading at {@link dev.tocsin.server.config.AnalyzeConfig}.
 */
@NullMarked
package dev.tocsin.server.config;

import org.jspecify.annotations.NullMarked;
