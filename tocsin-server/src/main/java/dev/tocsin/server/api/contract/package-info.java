/** GuardDuty's API as one table: operations, shapes, limits. All that routes, binds, checks or writes goes by it. */
@NullMarked
package dev.tocsin.server.api.contract;

import org.jspecify.annotations.NullMarked;
