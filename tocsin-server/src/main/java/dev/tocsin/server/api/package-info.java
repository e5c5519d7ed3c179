/** GuardDuty's API: request in, signature, route, check, operation, answer out. */
@NullMarked
package dev.tocsin.server.api;

import org.jspecify.annotations.NullMarked;
