package dev.tocsin.core.process;

import dev.tocsin.core.event.HostContainer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the process that acts, and of its host, at the time of an event. */
public interface HostView {

    /** Most ancestors that are told. */
    int MOST_ANCESTORS = 16;

    /** The process as it is after the event; for a program's start what it became. */
    ProcessEntry process();

    /** The process before a program's start, else the same. */
    ProcessEntry before();

    /** Its ancestors, the parent first, as far as they were seen. */
    List<ProcessEntry> ancestors();

    /** The container it runs in, or null. */
    @Nullable
    HostContainer container();

    /** Who made or changed {@code path}, seen from the process, since its container or the log began; null if nobody did. */
    @Nullable
    Written written(@Nullable String path);

    /** A name of {@code entry} that stays its own though process ids come again. */
    String uuid(ProcessEntry entry);
}
