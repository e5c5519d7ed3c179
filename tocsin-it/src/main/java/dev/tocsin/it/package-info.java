/**
 * Tests against real servers, apart from the product: what such a server brings along must not meet the product's class
 * path. All of it is test code.
 */
@NullMarked
package dev.tocsin.it;

import org.jspecify.annotations.NullMarked;
