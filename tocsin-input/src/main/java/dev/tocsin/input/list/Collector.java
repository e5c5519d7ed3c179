package dev.tocsin.input.list;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Indicator;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Network;
import dev.tocsin.core.intel.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What formats hand their entries to: it judges, counts and passes on. */
final class Collector {

    /** Characters of a rejected line that the report shows. */
    private static final int SHOWN = 80;

    /** Different reasons that are kept apart. */
    private static final int MOST_REASONS = 100;

    private final ListRequest request;
    private final Section section;
    private final Map<String, Long> ignored = new TreeMap<>();
    private final List<ListReport.Rejection> rejections = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private Category fallback;
    private long accepted;
    private long duplicates;
    private long rejected;
    private long internal;
    private long hostBits;
    private long urls;
    private boolean wholeHosts;
    private long dated;

    Collector(ListRequest request, Section section) {
        this.request = request;
        this.section = section;
        this.fallback = request.operators() ? Category.CUSTOM : Category.SUSPICIOUS;
    }

    ListRequest request() {
        return request;
    }

    /** The category of entries whose row names none, unless the operator gave one. */
    void fallback(Category category) {
        fallback = category;
    }

    /** The category an entry will have. */
    Category category(Details details) {
        if (details.category() != null) {
            return details.category();
        }
        return request.category() != null ? request.category() : fallback;
    }

    /** Takes a value of any kind, as {@link ValueReader} tells it. */
    void take(long line, String value, Details details) {
        ValueReader.read(line, value, details, this);
    }

    /** Takes a network. */
    void network(long line, Network network, Details details) {
        String refusal = Width.refusal(network, request);
        if (refusal != null) {
            reject(line, refusal, network.toString());
            return;
        }
        if (Width.wide(network)) {
            warnings.add(network + " is very wide: this list " + (request.trusted() ? "hides" : "flags")
                    + " a large part of the internet");
        }
        if (!new Address(network.high(), network.low()).isPublic()) {
            internal++;
        }
        add(network.toString(), network.single() ? Indicator.Kind.IP : Indicator.Kind.CIDR, details);
    }

    /** Takes a value that is neither address nor network, in its canonical form. */
    void add(String value, Indicator.Kind kind, Details details) {
        Section.Outcome outcome = section.add(new Indicator(
                value,
                kind,
                details.port(),
                details.family(),
                category(details),
                details.reference(),
                details.cautions(),
                details.firstSeen(),
                details.lastSeen(),
                details.confidence()));
        switch (outcome) {
            case NEW -> accepted++;
            case DUPLICATE -> {
                accepted++;
                duplicates++;
            }
            case TOO_MANY -> ignore("too many entries of one value");
        }
    }

    /** Counts an entry that is recognised and not used. */
    void ignore(String reason) {
        boolean known = ignored.containsKey(reason) || ignored.size() < MOST_REASONS;
        ignored.merge(known ? reason : "other", 1L, Long::sum);
    }

    /** Counts a line or entry that cannot be used. */
    void reject(long line, String reason, CharSequence text) {
        rejected++;
        if (rejections.size() < ListReport.MOST_REJECTIONS) {
            boolean cut = text.length() > SHOWN;
            String shown = cut ? text.subSequence(0, SHOWN) + "…" : text.toString();
            rejections.add(new ListReport.Rejection(line, reason, shown));
        }
    }

    /** Notes that host bits of a network were cleared. */
    void hostBits() {
        hostBits++;
    }

    /** Says that the list's maker means the whole host where a URL stands. */
    void takeWholeHosts() {
        wholeHosts = true;
    }

    boolean wholeHosts() {
        return wholeHosts;
    }

    /** Notes that the whole host of a URL was taken. */
    void wholeHost() {
        urls++;
    }

    /** Takes the time a comment states for the whole list, if it does; the last one counts. */
    void comment(String text) {
        long stated = ListTimes.stated(text);
        dated = stated != 0 ? stated : dated;
    }

    void warn(String text) {
        warnings.add(text);
    }

    long accepted() {
        return accepted;
    }

    long duplicates() {
        return duplicates;
    }

    long rejected() {
        return rejected;
    }

    List<ListReport.Rejection> rejections() {
        return List.copyOf(rejections);
    }

    Map<String, Long> ignored() {
        return Map.copyOf(ignored);
    }

    /** What a person should know, one sentence a matter. */
    List<String> warnings() {
        List<String> all = new ArrayList<>();
        note(all, internal, " private or reserved addresses: lists are compared with public ones");
        note(all, hostBits, " networks had host bits set; they were cleared");
        note(all, urls, " URLs: the whole host counts, for logs do not show paths");
        all.addAll(warnings.stream().limit(MOST_REASONS).toList());
        return all;
    }

    private static void note(List<String> all, long count, String text) {
        if (count > 0) {
            all.add(count + text);
        }
    }

    /** The list under this version. */
    IndicatorList list(String version) {
        return new IndicatorList(
                request.name(), request.kind(), dated == 0 ? request.dated() : dated, request.loadedAt(), version);
    }

    /** Makes the entries count. */
    void commit(@Nullable IndicatorList list) {
        if (list != null) {
            section.commit(list);
        }
    }
}
