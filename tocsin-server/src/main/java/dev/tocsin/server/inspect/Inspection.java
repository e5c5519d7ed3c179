package dev.tocsin.server.inspect;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.input.container.ObjectReader;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.server.report.Seen;
import dev.tocsin.server.source.SourceObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads objects and notes what is in them; nothing is analysed. */
public final class Inspection {

    /**
     * What one object is.
     *
     * @param source its name
     * @param wrapping how it is packed
     * @param report what reading it gave, or null if it could not be opened
     * @param scopes the accounts and Regions of its records, as {@code account Region}
     */
    public record Found(
            String source, Wrapping wrapping, @Nullable ObjectReport report, SortedSet<String> scopes) {

        /** What it holds, as the ledger writes it. */
        public String kind() {
            return report == null ? "unknown" : report.kind().wireName();
        }
    }

    private final @Nullable String account;
    private final @Nullable String region;
    private final Seen seen = new Seen();
    private final List<Found> found = new ArrayList<>();
    private final SortedSet<String> accounts = new TreeSet<>();
    private final SortedSet<String> regions = new TreeSet<>();
    private final SortedSet<String> interfaces = new TreeSet<>();
    private final SortedSet<String> fields = new TreeSet<>();

    /** An inspection of records that belong to {@code account} and {@code region} where nothing else tells. */
    public Inspection(@Nullable String account, @Nullable String region) {
        this.account = account;
        this.region = region;
    }

    /** Reads all of {@code objects}. */
    public void run(List<SourceObject> objects) {
        for (SourceObject object : objects) {
            Wrapping wrapping = Wrapping.of(object);
            fields.addAll(wrapping.fields());
            SortedSet<String> scopes = new TreeSet<>();
            ObjectReport report = read(object, Detectors.fieldPlan(), event -> note(event, scopes));
            found.add(new Found(object.name(), wrapping, report, scopes));
        }
    }

    /** Gives the records of {@code object} to {@code taker}; null if it cannot be opened. */
    private @Nullable ObjectReport read(SourceObject object, FieldPlan plan, Consumer<Event> taker) {
        ObjectKey key = ObjectKey.parse(object.name());
        ParseContext context =
                new ParseContext(key.object(0, object.name(), object.modifiedAt()), plan, account, region);
        try (InputStream in = object.opener().open()) {
            return new ObjectReader(true).read(in, object.name(), context, new Taker(taker));
        } catch (IOException e) {
            return null;
        }
    }

    private void note(Event event, SortedSet<String> scopes) {
        seen.add(List.of(event));
        accounts.add(event.account());
        regions.add(event.region());
        scopes.add(event.account() + " " + event.region());
        if (event instanceof Flow flow) {
            interfaces.add(flow.interfaceId());
        }
    }

    /** The objects, in the order given. */
    public List<Found> found() {
        return found;
    }

    /** The kinds of records met. */
    public Seen seen() {
        return seen;
    }

    /** The accounts of all records. */
    public SortedSet<String> accounts() {
        return accounts;
    }

    /** The Regions of all records. */
    public SortedSet<String> regions() {
        return regions;
    }

    /** The interfaces of all flows. */
    public SortedSet<String> interfaces() {
        return interfaces;
    }

    /** The fields that flow log headers name. */
    public SortedSet<String> fields() {
        return fields;
    }

    private record Taker(Consumer<Event> taker) implements RecordSink {
        @Override
        public void accept(Event event) {
            taker.accept(event);
        }

        @Override
        public void ignore(long count, String reason) {}

        @Override
        public void reject(long position, String reason) {}

        @Override
        public void note(long position, String text) {}
    }
}
