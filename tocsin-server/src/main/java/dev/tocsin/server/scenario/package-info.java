/** A small made-up attack that makes every finding type fire once. */
@NullMarked
package dev.tocsin.server.scenario;

import org.jspecify.annotations.NullMarked;
