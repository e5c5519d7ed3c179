package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostContainer;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.event.HostProcess;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.Origin;
import org.jspecify.annotations.Nullable;

/** A host event while its record is read: see {@link HostEvent} and {@link HostProcess} for what the members mean. */
final class HostDraft {

    /** Longest path or command line that is kept, in characters: the kernel's own limit on a path. */
    static final int LONGEST_TEXT = 4_096;

    long millis;

    @Nullable
    Action action;

    int pid;
    int parentPid;
    int namespacePid;
    long startedAt;
    long userId = -1;
    long effectiveUserId = -1;
    long loginUserId = -1;

    @Nullable
    String executable;

    @Nullable
    String name;

    @Nullable
    String commandLine;

    @Nullable
    String directory;

    @Nullable
    String sha256;

    @Nullable
    String preload;

    boolean terminal;

    @Nullable
    HostContainer container;

    @Nullable
    HostProcess parent;

    @Nullable
    String path;

    @Nullable
    String other;

    long number;

    @Nullable
    Address address;

    int port;
    int protocol = -1;

    @Nullable
    NameQuery query;

    boolean failed;

    @Nullable
    String rule;

    /** The process as it stands. */
    HostProcess process() {
        return new HostProcess(
                pid,
                parentPid,
                namespacePid,
                startedAt,
                userId,
                effectiveUserId,
                loginUserId,
                cut(executable),
                cut(name),
                cut(commandLine),
                cut(directory),
                cut(sha256),
                cut(preload),
                terminal,
                container,
                parent);
    }

    /** The event of {@code what}, which stands at {@code origin}. */
    HostEvent event(Action what, Origin origin, Host host, long contentHash) {
        HostEvent.Peer peer = address == null ? null : new HostEvent.Peer(address, port, protocol);
        return new HostEvent(
                origin,
                millis,
                host,
                what,
                process(),
                cut(path),
                cut(other),
                number,
                peer,
                query,
                failed,
                rule,
                contentHash);
    }

    static @Nullable String cut(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
