/** Turns: the order of objects, carried by Flink's watermark together with event time. */
@NullMarked
package dev.tocsin.flink.order;

import org.jspecify.annotations.NullMarked;
