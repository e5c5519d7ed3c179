/** HTTP: the one place that knows the web server. */
@NullMarked
package dev.tocsin.server.api.http;

import org.jspecify.annotations.NullMarked;
