package dev.tocsin.input.container;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a queue's message says, in whichever of the forms that AWS sends.
 *
 * @param names the objects that it names
 * @param holdsRecords whether it holds log records itself and is to be read like an object
 * @param report how it reads as a whole
 */
public record Notice(List<Name> names, boolean holdsRecords, ObjectReport report) {

    private static final String NAME = "message";

    /**
     * An object of a bucket.
     *
     * @param bucket its bucket
     * @param key its key, decoded
     */
    public record Name(String bucket, String key) {}

    /** Reads the message {@code body}; one that says nothing usable is no exception, its report says so. */
    public static Notice of(String body) {
        Names names = new Names();
        ParseContext context = new ParseContext(LogObject.named(NAME), FieldPlan.NONE, null, null);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ObjectReport report = ObjectReader.ofThread().read(new ByteArrayInputStream(bytes), NAME, context, names);
        return new Notice(List.copyOf(names.found), names.records > 0, report);
    }

    /** Whether nothing can be made of the message, or not of all of it. */
    public boolean isUnreadable() {
        return report.rejected() > 0
                || (names.isEmpty() && !holdsRecords && report.kind() != ObjectReport.Kind.NOTIFICATION);
    }

    /** What is wrong or to be known, in words; null if nothing. */
    public @Nullable String message() {
        return report.message() == null && isUnreadable() ? "no message that names objects" : report.message();
    }

    private static final class Names implements RecordSink {
        private final List<Name> found = new ArrayList<>();
        private long records;

        @Override
        public void accept(Event event) {
            records++;
        }

        @Override
        public void ignore(long count, String reason) {}

        @Override
        public void reject(long position, String reason) {}

        @Override
        public void note(long position, String text) {}

        @Override
        public void names(String bucket, String key) {
            found.add(new Name(bucket, key));
        }
    }
}
