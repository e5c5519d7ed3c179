/** What travels between the job's operators, and how it is written. */
@NullMarked
package dev.tocsin.flink.wire;

import org.jspecify.annotations.NullMarked;
