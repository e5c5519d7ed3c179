/** The service: store, API, sources and publishers put together. */
@NullMarked
package dev.tocsin.server.serve;

import org.jspecify.annotations.NullMarked;
