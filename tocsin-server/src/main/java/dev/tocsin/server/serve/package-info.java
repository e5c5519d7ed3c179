/** The service: its parts put together, started and stopped, and its upkeep. */
@NullMarked
package dev.tocsin.server.serve;

import org.jspecify.annotations.NullMarked;
