/** What is answered beside GuardDuty's operations: the endpoints under {@code /tocsin/v1/}, metrics and the console's files. */
@NullMarked
package dev.tocsin.server.api.own;

import org.jspecify.annotations.NullMarked;
