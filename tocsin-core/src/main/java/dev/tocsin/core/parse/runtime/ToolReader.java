package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Host;

/** Reads the lines of one local tool. */
interface ToolReader {

    /** Reads {@code buffer[from, to)}, line {@code number}, as one of {@code host}. */
    void line(byte[] buffer, int from, int to, long number, Host host);

    /** No line follows. */
    default void end() {}

    /** What is counted of a line that is well-formed and of no use. */
    String NOT_READ = "host event that no detector reads";
}
