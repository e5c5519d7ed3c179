package dev.tocsin.core.process;

import org.jspecify.annotations.Nullable;

/**
 * A process as the state of its host holds it. Strings are cut, so that an entry stays below 2 KB.
 *
 * @param pid as the host counts
 * @param parentPid likewise, 0 if unknown
 * @param namespacePid as its own namespace counts, 0 if unknown
 * @param startedAt epoch seconds of its start or of what was first seen of it
 * @param seenAt epoch seconds of what was last seen of it, in steps of ten minutes
 * @param userId -1 if unknown
 * @param effectiveUserId -1 if unknown
 * @param path of its program, or null
 * @param name short, or null
 * @param commandLine cut to {@link #LONGEST_COMMAND}, or null
 * @param directory it works in, or null
 * @param sha256 of its program, or null
 * @param container the id of its container, or null
 * @param marks of {@link Mark}
 * @param socket the file descriptor of its newest outward connection, -1 without one
 * @param peer the other end of that, for texts, or null
 * @param connectedAt epoch seconds of that, 0 without one
 */
public record ProcessEntry(
        int pid,
        int parentPid,
        int namespacePid,
        long startedAt,
        long seenAt,
        long userId,
        long effectiveUserId,
        @Nullable String path,
        @Nullable String name,
        @Nullable String commandLine,
        @Nullable String directory,
        @Nullable String sha256,
        @Nullable String container,
        int marks,
        long socket,
        @Nullable String peer,
        long connectedAt) {

    /** Longest command line that is kept, in characters. Ours: enough to tell what it did. */
    public static final int LONGEST_COMMAND = 512;

    /** Longest path that is kept, in characters. */
    public static final int LONGEST_PATH = 256;

    /** Whether it has any of {@code some}. */
    public boolean has(int some) {
        return (marks & some) != 0;
    }

    /** Whether what it does is suspicious because of what it descends from. */
    public boolean isSuspicious() {
        return has(Mark.SUSPICIOUS)
                || (has(Mark.SERVICE) && !has(Mark.PACKAGE | Mark.MONITORING | Mark.ENGINE | Mark.BUILD));
    }

    /** The name of its program's file, else its short name. */
    public String program() {
        return path == null ? String.valueOf(name) : Programs.name(path);
    }

    /** The same with {@code more} marks. */
    public ProcessEntry marked(int more) {
        return (marks | more) == marks ? this : change(marks | more, socket, peer, connectedAt, seenAt, container);
    }

    /** The same without {@code some} marks. */
    ProcessEntry without(int some) {
        return change(marks & ~some, socket, peer, connectedAt, seenAt, container);
    }

    /** The same with an outward connection. */
    ProcessEntry connected(long fd, String other, long at) {
        return change(marks & ~Mark.STANDARD, fd, other, at, seenAt, container);
    }

    /** The same, seen at {@code at}. */
    ProcessEntry seen(long at) {
        return change(marks, socket, peer, connectedAt, at, container);
    }

    /** The same in a container. */
    ProcessEntry in(@Nullable String id) {
        return change(marks, socket, peer, connectedAt, seenAt, id);
    }

    private ProcessEntry change(
            int bits, long fd, @Nullable String other, long connected, long at, @Nullable String id) {
        return new ProcessEntry(
                pid,
                parentPid,
                namespacePid,
                startedAt,
                at,
                userId,
                effectiveUserId,
                path,
                name,
                commandLine,
                directory,
                sha256,
                id,
                bits,
                fd,
                other,
                connected);
    }

    static @Nullable String cut(@Nullable String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest);
    }
}
