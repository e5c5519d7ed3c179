/**
 * {@code tocsin agent}: follows what a tool on a host writes, buffers it on disk and sends it to a service.
 *
 * <p>It runs beside other things on every host, so it is one thread and few classes. Start reading at {@link
 * dev.tocsin.server.agent.Agent}.
 */
@NullMarked
package dev.tocsin.server.agent;

import org.jspecify.annotations.NullMarked;
