/** What each operation of the API does, one class a group. */
@NullMarked
package dev.tocsin.server.api.operation;

import org.jspecify.annotations.NullMarked;
