/**
 * The local host: runs the engine on this machine, in the order of objects, over state it keeps.
 *
 * <p>Start reading at {@link dev.tocsin.server.host.LocalHost}.
 */
@NullMarked
package dev.tocsin.server.host;

import org.jspecify.annotations.NullMarked;
