/** The commands that start a cluster, submit the job and ask how it does. */
@NullMarked
package dev.tocsin.flink.command;

import org.jspecify.annotations.NullMarked;
