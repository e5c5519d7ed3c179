package dev.tocsin.server.watch;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an operator should look into, each said once in the log. Safe for use by many threads. */
public final class Alarms {

    private static final System.Logger LOG = System.getLogger(Alarms.class.getName());

    /** Alarms kept; beyond them the oldest is forgotten. */
    private static final int MOST = 1_000;

    /** What may be wrong. */
    public enum Kind {
        /** A source has brought nothing for a while. */
        SILENT("silent"),
        /** A source brings far less than it usually does at this hour of the week. */
        STARVED("starved"),
        /** A log has no records of a stretch of time. */
        GAP("gap"),
        /** Messages of a queue were set aside. */
        SET_ASIDE("set-aside"),
        /** Records of a stream were deleted before they were read. */
        LOST("lost"),
        /** Two different records claim to be one. */
        CONFLICT("conflict"),
        /** Log files are not what CloudTrail's digests say they were. */
        DIGEST("digest"),
        /** A destination takes nothing. */
        UNDELIVERED("undelivered"),
        /** Messages to a destination are not tried any more. */
        DEAD_LETTERS("dead-letters"),
        /** A list that is fetched cannot be renewed, or waits for a decision. */
        FEED("feed");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        /** As metrics and answers name it. */
        public String wire() {
            return wire;
        }
    }

    /**
     * One alarm.
     *
     * @param source whose
     * @param account about whose records it is; null if about the source as a whole
     * @param kind what
     * @param since epoch seconds of the host when it was raised
     * @param text for people
     */
    public record Alarm(String source, @Nullable String account, Kind kind, long since, String text) {
        /** As answers show it. */
        public Doc toDoc() {
            return new Doc()
                    .with("source", source)
                    .with("kind", kind.wire())
                    .with("since", Times.iso(since))
                    .with("message", text);
        }
    }

    /** What somebody may have done to a source so that it brings less: it is told out of turn. */
    private static final Set<Kind> TOLD = EnumSet.of(Kind.SILENT, Kind.STARVED);

    private final Map<String, Alarm> open = new LinkedHashMap<>();
    private final Telling telling;

    /** Tells somebody of an alarm. */
    @FunctionalInterface
    public interface Telling {
        void tell(Alarm alarm) throws IOException;
    }

    /** Alarms that nobody is told of who does not ask. */
    Alarms() {
        this(alarm -> {});
    }

    /** Alarms; {@code telling} is told of those that may be somebody's work. */
    public Alarms(Telling telling) {
        this.telling = telling;
    }

    private static String key(String source, Kind kind, String what) {
        return source + " " + kind + " " + what;
    }

    /** Raises an alarm, if it is not raised already; {@code what} tells it from others of its kind. */
    public void raise(String source, Kind kind, String what, String text, long now) {
        raise(what, new Alarm(source, null, kind, now, text));
    }

    /** The same; {@code what} tells the alarm from others of its source and kind. */
    public synchronized void raise(String what, Alarm alarm) {
        if (open.putIfAbsent(key(alarm.source(), alarm.kind(), what), alarm) == null) {
            LOG.log(System.Logger.Level.WARNING, "source " + alarm.source() + ": " + alarm.text());
            tell(alarm);
            if (open.size() > MOST) {
                open.remove(open.keySet().iterator().next());
            }
        }
    }

    private void tell(Alarm alarm) {
        try {
            if (TOLD.contains(alarm.kind())) {
                telling.tell(alarm);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "the alarm could not be sent: " + e.getMessage());
        }
    }

    /** Takes an alarm back whose cause is gone. */
    public synchronized void clear(String source, Kind kind, String what) {
        Alarm gone = open.remove(key(source, kind, what));
        if (gone != null) {
            LOG.log(System.Logger.Level.INFO, "source " + source + ": over: " + gone.text());
        }
    }

    /** Those that are raised, in the order of raising. */
    public synchronized List<Alarm> open() {
        return new ArrayList<>(open.values());
    }

    /** How many are raised, by source and kind. */
    public synchronized Map<String, Map<String, Long>> counts() {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (Alarm alarm : open.values()) {
            counts.computeIfAbsent(alarm.source(), source -> new TreeMap<>())
                    .merge(alarm.kind().wire(), 1L, Long::sum);
        }
        return counts;
    }
}
