package dev.tocsin.core.event;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a process did on a host, as a local tool saw it.
 *
 * @param origin where the record stands
 * @param millis when, epoch milliseconds
 * @param host where
 * @param action what was done
 * @param process who did it
 * @param path what it was done to: a file, a mount's target, a module, a name of memory, a Unix socket; or null
 * @param other the second of two paths: the old name, a link's target, a mount's source; or null
 * @param number what {@link Action} says, or 0
 * @param peer the other end of a connection, or the address bound; null without one
 * @param query a name look-up, only of {@link Action#DNS}
 * @param failed whether the kernel refused it
 * @param rule of the tool that made it an alert, such as Falco's; or null
 * @param contentHash a digest of the record
 */
public record HostEvent(
        Origin origin,
        long millis,
        Host host,
        Action action,
        HostProcess process,
        @Nullable String path,
        @Nullable String other,
        long number,
        @Nullable Peer peer,
        @Nullable NameQuery query,
        boolean failed,
        @Nullable String rule,
        long contentHash)
        implements Event {

    /** What a process can do. */
    public enum Action {
        /** Starts a program; the process is what it became. */
        EXEC,
        /** Starts a child, whose pid is the number. */
        FORK,
        /** Ends. */
        EXIT,
        /** Opens a file to read. */
        READ,
        /** Opens a file to write, or writes, or changes its mode. */
        WRITE,
        /** Gives a file another name. */
        RENAME,
        /** Makes another name of a file. */
        LINK,
        /** Deletes a file. */
        DELETE,
        /** Makes a file of memory. */
        MEMFD,
        /** Maps a file as code: loads a library. */
        LOAD_LIBRARY,
        /** Loads a kernel module. */
        LOAD_MODULE,
        /** Mounts. */
        MOUNT,
        /** Makes a socket. */
        SOCKET,
        /** Connects. */
        CONNECT,
        /** Takes an address. */
        BIND,
        /** Listens. */
        LISTEN,
        /** Takes a connection. */
        ACCEPT,
        /** Makes a file descriptor, the number, another's twin; with a peer, or a path {@code socket:}, it is a socket. */
        DUP,
        /** Calls ptrace; the path is the request's name, the number the other's pid. */
        PTRACE,
        /** Writes another process's memory; the number is its pid. */
        WRITE_MEMORY,
        /** Reads another process's memory; the number is its pid. */
        READ_MEMORY,
        /** Makes memory executable. */
        PROTECT,
        /** Handles page faults itself. */
        USERFAULTFD,
        /** Enters another namespace. */
        SETNS,
        /** Makes a namespace of its own. */
        UNSHARE,
        /** Changes its user, to the number. */
        SETUID,
        /** Asks for a name. */
        DNS,
        /** Anything else that a tool's rule found worth telling. */
        ALERT
    }

    /**
     * An address and port.
     *
     * @param address of either version
     * @param port 0 to 65535
     * @param protocol {@link Flow#TCP}, {@link Flow#UDP}, or -1 if unknown
     */
    public record Peer(Address address, int port, int protocol) {}

    @Override
    public long at() {
        return Math.floorDiv(millis, 1000);
    }

    @Override
    public String account() {
        return host.account();
    }

    @Override
    public String region() {
        return host.region();
    }

    @Override
    public void giveTo(Taker taker) {
        taker.host(this);
    }
}
