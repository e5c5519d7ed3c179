/** Logs as they arrive: sources set up, objects read and acknowledged, lists in force, and alarms about all of it. */
@NullMarked
package dev.tocsin.server.watch;

import org.jspecify.annotations.NullMarked;
