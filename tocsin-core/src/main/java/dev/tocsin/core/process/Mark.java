package dev.tocsin.core.process;

/** What is remembered of a process and handed down to its children, as bits. */
public final class Mark {

    /** It is or descends from a program that serves the network. */
    public static final int SERVICE = 1;

    /** It descends from a package manager or a tool of configuration management. */
    public static final int PACKAGE = 1 << 1;

    /** It descends from a tool that builds software. */
    public static final int BUILD = 1 << 2;

    /** It descends from a debugger or tracer. */
    public static final int DEBUGGER = 1 << 3;

    /** Its standard input or output is a connection that was opened outwards. */
    public static final int STDIO_SOCKET = 1 << 4;

    /** It descends from a shell on such a connection. */
    public static final int REVERSE_SHELL = 1 << 5;

    /** It descends from a program that lives in memory only. */
    public static final int FILELESS = 1 << 6;

    /** It descends from a program that was downloaded on this host. */
    public static final int DOWNLOADED = 1 << 7;

    /** It descends from a tool that attackers alone use, or a miner. */
    public static final int OFFENSIVE = 1 << 8;

    /** It descends from the engine of containers, and is no part of one. */
    public static final int ENGINE = 1 << 9;

    /** It descends from a monitoring agent. */
    public static final int MONITORING = 1 << 10;

    /** Its standard input is that connection; the same bit moved by one is its output, by two its errors. */
    static final int STANDARD_INPUT = 1 << 11;

    /** All three of them. */
    static final int STANDARD = 7 * STANDARD_INPUT;

    /** What alone makes a process's other doings suspicious. */
    public static final int SUSPICIOUS = REVERSE_SHELL | FILELESS | DOWNLOADED | OFFENSIVE;

    private Mark() {}
}
