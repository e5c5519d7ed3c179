package dev.tocsin.server.deliver;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What destinations need to know of the service.
 *
 * @param data its folder
 * @param console where people look findings up, without a slash at the end; it is known once the service listens
 */
public record Outlets(Path data, AtomicReference<String> console) {}
