/** How the service's log looks. */
@NullMarked
package dev.tocsin.server.log;

import org.jspecify.annotations.NullMarked;
