package dev.tocsin.input.container;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.parse.ParseLimits;
import dev.tocsin.core.parse.RecordSink;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Passes records on and counts them, for the object's report. */
final class CountingSink implements RecordSink {

    private static final int NOTES_NAMED = 20;

    private final RecordSink next;
    private final Map<String, Long> ignoredBy = new LinkedHashMap<>();
    private final StringJoiner named = new StringJoiner("; ");
    private int notes;
    private boolean cut;
    private boolean incomplete;
    private long accepted;
    private long ignored;
    private long rejected;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private @Nullable String place;
    private ObjectReport.Kind kind = ObjectReport.Kind.UNKNOWN;
    private ObjectReport.Kind usualKind = ObjectReport.Kind.UNKNOWN;

    CountingSink(RecordSink next) {
        this.next = next;
    }

    @Override
    public void accept(Event event) {
        accepted++;
        first = Math.min(first, event.at());
        last = Math.max(last, event.at());
        if (kind == ObjectReport.Kind.UNKNOWN) {
            kind = kindOf(event);
        }
        next.accept(event);
    }

    private static ObjectReport.Kind kindOf(Event event) {
        return switch (event) {
            case ApiCall call -> ObjectReport.Kind.CLOUDTRAIL;
            case Flow flow -> ObjectReport.Kind.VPCFLOW;
            case NameQuery query -> ObjectReport.Kind.DNS;
            case HostEvent host -> ObjectReport.Kind.RUNTIME;
        };
    }

    @Override
    public void ignore(long count, String reason) {
        ignored += count;
        ignoredBy.merge(reason, count, Long::sum);
        next.ignore(count, reason);
    }

    @Override
    public void reject(long position, String reason) {
        if (rejected < ParseLimits.MAX_REJECTIONS_NAMED) {
            named.add("at " + named(position) + ": " + reason);
        }
        rejected++;
        next.reject(position, reason);
    }

    @Override
    public void note(long position, String text) {
        if (notes < NOTES_NAMED) {
            named.add("note at " + named(position) + ": " + text);
        }
        notes++;
        next.note(position, text);
    }

    @Override
    public void incomplete(long position, String text) {
        incomplete = true;
        note(position, text);
    }

    private String named(long position) {
        return place == null ? Long.toString(position) : place;
    }

    /** A record of a stream begins, which people call {@code name} if its position says nothing; it may be cut itself. */
    void begin(@Nullable String name) {
        place = name;
        cut = false;
    }

    /** The input ends too early; the first that says so counts. */
    void cut(long position, String reason) {
        if (!cut) {
            cut = true;
            reject(position, reason);
        }
    }

    /** The stored bytes are damaged: one rejection together with the cut that it made. */
    void damage(long position, String reason) {
        if (cut) {
            say("at byte " + position + " of the stored object: " + reason);
        } else {
            cut = true;
            reject(position, reason + " (byte " + position + " of the stored object)");
        }
    }

    /** Something to say of the object as a whole. */
    void say(String text) {
        named.add(text);
    }

    /** Says what the object holds, if that is not known yet. */
    void kind(ObjectReport.Kind found) {
        if (kind == ObjectReport.Kind.UNKNOWN) {
            kind = found;
        }
    }

    /** What a member of the archive holds. */
    void memberKind(ObjectReport.Kind member) {
        if (usualKind == ObjectReport.Kind.UNKNOWN) {
            usualKind = member;
        }
    }

    /** What the object holds if its records do not say otherwise. */
    void usualKind(ObjectReport.Kind usual) {
        usualKind = usual;
    }

    boolean isCloudTrail() {
        return shownKind() == ObjectReport.Kind.CLOUDTRAIL;
    }

    private ObjectReport.Kind shownKind() {
        return kind == ObjectReport.Kind.UNKNOWN ? usualKind : kind;
    }

    /** An object's key is accepted: it is no event, and is passed on as what it is. */
    @Override
    public void names(String bucket, String key) {
        accepted++;
        next.names(bucket, key);
    }

    /** The report of an object of {@code bytes} unpacked bytes; {@code known} if its structure was one that is read. */
    ObjectReport report(long bytes, boolean known) {
        return new ObjectReport(
                shownKind(),
                status(known),
                accepted,
                ignored,
                rejected,
                bytes,
                first == Long.MAX_VALUE ? 0 : first,
                last == Long.MIN_VALUE ? 0 : last,
                message());
    }

    private ObjectReport.Status status(boolean known) {
        if (rejected > 0) {
            return accepted + ignored > 0 ? ObjectReport.Status.PARTIAL : ObjectReport.Status.REFUSED;
        }
        if (incomplete) {
            return ObjectReport.Status.PARTIAL;
        }
        if (accepted > 0 || (known && ignored == 0)) {
            return ObjectReport.Status.ACCEPTED;
        }
        return ObjectReport.Status.SKIPPED;
    }

    private @Nullable String message() {
        StringJoiner all = new StringJoiner("; ");
        if (named.length() > 0) {
            all.add(named.toString());
        }
        if (rejected > ParseLimits.MAX_REJECTIONS_NAMED) {
            all.add((rejected - ParseLimits.MAX_REJECTIONS_NAMED) + " more rejected");
        }
        if (notes > NOTES_NAMED) {
            all.add((notes - NOTES_NAMED) + " more notes");
        }
        ignoredBy.forEach((reason, count) -> all.add("ignored " + count + ": " + reason));
        return all.length() == 0 ? null : all.toString();
    }
}
