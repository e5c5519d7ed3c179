/** Who may do what: access keys, and secrets at rest. */
@NullMarked
package dev.tocsin.server.security;

import org.jspecify.annotations.NullMarked;
