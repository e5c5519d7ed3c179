/** Log objects as a source of Flink: listed and ordered once, decoded by many readers, given on in their order. */
@NullMarked
package dev.tocsin.flink.source;

import org.jspecify.annotations.NullMarked;
