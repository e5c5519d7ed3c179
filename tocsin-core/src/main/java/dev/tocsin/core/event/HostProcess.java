package dev.tocsin.core.event;

import org.jspecify.annotations.Nullable;

/**
 * A process, as far as one record of a tool tells of it.
 *
 * @param pid as the host counts, 0 if unknown
 * @param parentPid likewise
 * @param namespacePid as its own namespace counts, 0 if unknown
 * @param startedAt epoch milliseconds, 0 if unknown
 * @param userId real user, -1 if unknown
 * @param effectiveUserId -1 if unknown
 * @param loginUserId whoever logged in, -1 if nobody or unknown
 * @param path of the executable, or null
 * @param name short, or null
 * @param commandLine words divided by blanks, or null
 * @param directory it works in, or null
 * @param sha256 of the executable, or null
 * @param preload LD_PRELOAD, or null
 * @param terminal whether it has one
 * @param container null on the host, or if the tool does not say
 * @param parent what the record itself tells of the parent, or null
 */
public record HostProcess(
        int pid,
        int parentPid,
        int namespacePid,
        long startedAt,
        long userId,
        long effectiveUserId,
        long loginUserId,
        @Nullable String path,
        @Nullable String name,
        @Nullable String commandLine,
        @Nullable String directory,
        @Nullable String sha256,
        @Nullable String preload,
        boolean terminal,
        @Nullable HostContainer container,
        @Nullable HostProcess parent) {}
