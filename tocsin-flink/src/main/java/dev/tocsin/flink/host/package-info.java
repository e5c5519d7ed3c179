/** Flink as a host of the engine: one function for each kind of key. */
@NullMarked
package dev.tocsin.flink.host;

import org.jspecify.annotations.NullMarked;
