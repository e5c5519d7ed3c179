/** What the identities of an account usually do, and how unusual a call is against it. */
@NullMarked
package dev.tocsin.core.identity;

import org.jspecify.annotations.NullMarked;
