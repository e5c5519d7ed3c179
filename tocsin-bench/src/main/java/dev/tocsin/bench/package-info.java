/** Benchmarks of single steps of the records' path. */
@NullMarked
package dev.tocsin.bench;

import org.jspecify.annotations.NullMarked;
