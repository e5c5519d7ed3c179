/** The engine's state entries in Flink's state, each written by its kind's own codec. */
@NullMarked
package dev.tocsin.flink.state;

import org.jspecify.annotations.NullMarked;
