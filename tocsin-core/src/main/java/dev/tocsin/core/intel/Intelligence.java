package dev.tocsin.core.intel;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Indicator.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All lists at one moment: immutable, shared by threads without locks.
 *
 * <p>Almost every look-up misses. A miss reads a few words of a filter, allocates nothing and does not touch the tables.
 */
public final class Intelligence {

    /** Without lists. */
    public static final Intelligence EMPTY = new Builder().build();

    private final AddressTable addresses;
    private final RangeTable ranges;
    private final TextTable domains;
    private final TextTable keys;
    private final TextTable hashes;
    private final EntryTable entries;
    private final List<@Nullable IndicatorList> lists;

    private Intelligence(Builder parts) {
        addresses = parts.addresses;
        domains = parts.domains;
        keys = parts.keys;
        hashes = parts.hashes;
        entries = parts.entries;
        lists = Collections.unmodifiableList(new ArrayList<>(parts.lists));
        addresses.freeze();
        domains.freeze();
        keys.freeze();
        hashes.freeze();
        entries.freeze();
        ranges = new RangeTable(addresses);
    }

    /**
     * What the threat lists say of an address.
     *
     * @param high upper half of the {@link Address}
     * @param low lower half
     * @param port the port that belongs to the address, 0 if there is none: then entries with a port are evidence only
     * @param at the event's time, epoch seconds
     * @return null if no threat list holds it
     */
    public @Nullable Match address(long high, long low, int port, long at) {
        return maybe(high, low) ? gather(high, low, port, at).match() : null;
    }

    /** {@link #address(long, long, int, long)} of one {@link Address}. */
    public @Nullable Match address(Address address, int port, long at) {
        return address(address.high(), address.low(), port, at);
    }

    /** Whether a trusted list holds the address. */
    public boolean isTrusted(long high, long low, int port) {
        return maybe(high, low) && gather(high, low, port, 0).trusted();
    }

    private boolean maybe(long high, long low) {
        return addresses.maybe(high, low) || ranges.maybe(high, low);
    }

    private Hits gather(long high, long low, int port, long at) {
        Hits hits = new Hits(port, at);
        int single = addresses.find(high, low, AddressTable.SINGLE);
        if (single >= 0) {
            gatherNetwork(single, hits);
        }
        for (int range = ranges.smallest(high, low); range >= 0; range = ranges.wider(range)) {
            gatherNetwork(ranges.key(range), hits);
        }
        return hits;
    }

    private void gatherNetwork(int key, Hits hits) {
        Kind kind = addresses.prefix(key) == AddressTable.SINGLE ? Kind.IP : Kind.CIDR;
        gatherChain(addresses.head(key), addresses.text(key), kind, hits);
    }

    private void gatherChain(int head, String value, Kind kind, Hits hits) {
        boolean ported = kind == Kind.IP || kind == Kind.CIDR;
        for (int entry = head; entry != EntryTable.NONE; entry = entries.next(entry)) {
            IndicatorList list = lists.get(entries.list(entry));
            if (list != null) {
                hits.add(entries.indicator(entry, value, kind), list, ported);
            }
        }
    }

    /**
     * What the threat lists say of a name: entries for it and for every name above it. Names of the VPC itself, single
     * labels and reverse look-ups match nothing.
     *
     * @param name lower-case A-labels without final dot
     * @param at the event's time, epoch seconds
     * @return null if no threat list holds it
     */
    public @Nullable Match domain(String name, long at) {
        return maybeListed(name) ? gatherNames(name, at).match() : null;
    }

    /** Whether a trusted list holds the name or one above it. */
    public boolean isTrusted(String name) {
        return maybeListed(name) && gatherNames(name, 0).trusted();
    }

    private boolean maybeListed(String name) {
        long hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            char c = name.charAt(i);
            if (c == '.' && domains.maybe(Mix.finish(hash))) {
                return true;
            }
            hash = Mix.before(hash, c);
        }
        return domains.maybe(Mix.finish(hash));
    }

    private Hits gatherNames(String name, long at) {
        Hits hits = new Hits(0, at);
        if (!OwnNames.holds(name)) {
            int from = 0;
            do {
                gatherText(domains, name, from, Kind.DOMAIN, hits);
                from = name.indexOf('.', from) + 1;
            } while (from > 0);
        }
        return hits;
    }

    private void gatherText(TextTable table, String text, int from, Kind kind, Hits hits) {
        int key = table.find(text, from, Mix.text(text, from));
        if (key >= 0) {
            gatherChain(table.head(key), text.substring(from), kind, hits);
        }
    }

    /** What the threat lists say of an access key id, or null. */
    public @Nullable Match accessKey(String id) {
        return text(keys, id, Kind.ACCESS_KEY);
    }

    /** What the threat lists say of a file's SHA-256, 64 lower-case hex digits, or null. */
    public @Nullable Match sha256(String hash) {
        return text(hashes, hash, Kind.SHA256);
    }

    private @Nullable Match text(TextTable table, String text, Kind kind) {
        if (!table.maybe(Mix.text(text, 0))) {
            return null;
        }
        Hits hits = new Hits(0, 0);
        gatherText(table, text, 0, kind, hits);
        return hits.match();
    }

    /** The lists it was made of, in the order they were read. */
    public List<IndicatorList> lists() {
        return lists.stream().filter(Objects::nonNull).toList();
    }

    /** The categories that entries of threat lists support, and how fresh each is; each look goes over all entries. */
    public Map<Category, Freshness> categories() {
        Map<Category, Freshness> held = new EnumMap<>(Category.class);
        for (int key = 0; key < addresses.size(); key++) {
            freshen(addresses.head(key), Kind.IP, held);
        }
        freshen(domains, Kind.DOMAIN, held);
        freshen(keys, Kind.ACCESS_KEY, held);
        freshen(hashes, Kind.SHA256, held);
        return held;
    }

    private void freshen(TextTable table, Kind kind, Map<Category, Freshness> held) {
        for (int key = 0; key < table.size(); key++) {
            freshen(table.head(key), kind, held);
        }
    }

    private void freshen(int head, Kind kind, Map<Category, Freshness> held) {
        for (int at = head; at != EntryTable.NONE; at = entries.next(at)) {
            IndicatorList list = lists.get(entries.list(at));
            if (list != null && !list.trusted()) {
                Indicator entry = entries.indicator(at, "", kind);
                long seen = entry.lastSeen() != 0 ? entry.lastSeen() : list.dated();
                Category category =
                        list.kind() == IndicatorList.Kind.OPERATOR_THREAT ? Category.CUSTOM : entry.effectiveCategory();
                Freshness known = held.getOrDefault(category, Freshness.NONE);
                held.put(category, known.or(seen, Ageing.until(entry, list)));
            }
        }
    }

    /** Distinct entries of all lists. */
    public int size() {
        return entries.size();
    }

    /** Bytes that its tables hold: the sum of their arrays. */
    public long retainedBytes() {
        return addresses.bytes() + ranges.bytes() + domains.bytes() + keys.bytes() + hashes.bytes() + entries.bytes();
    }

    /** Makes a snapshot: sections are added, one a list, then {@link #build} is called once. */
    public static final class Builder {

        /** Lists that one snapshot can hold: their number is 16 bits. */
        static final int MAX_LISTS = 0xFFFF;

        private final AddressTable addresses = new AddressTable();
        private final TextTable domains = new TextTable();
        private final TextTable keys = new TextTable();
        private final TextTable hashes = new TextTable();
        private final EntryTable entries = new EntryTable();

        /** The list of each section, null until it is committed. */
        private final ArrayList<@Nullable IndicatorList> lists = new ArrayList<>();

        /** Begins a list. What is added to a section that is never committed does not count. */
        public Section begin() {
            if (lists.size() == MAX_LISTS) {
                throw new IllegalStateException("more than " + MAX_LISTS + " lists");
            }
            lists.add(null);
            return new Section(this, lists.size() - 1);
        }

        void commit(int list, IndicatorList as) {
            lists.set(list, as);
        }

        Section.Outcome add(int list, Indicator entry) {
            return switch (entry.kind()) {
                case DOMAIN -> addText(domains, list, entry);
                case ACCESS_KEY -> addText(keys, list, entry);
                case SHA256 -> addText(hashes, list, entry);
                case IP, CIDR -> addNetwork(list, entry);
            };
        }

        private Section.Outcome addText(TextTable table, int list, Indicator entry) {
            int key = table.intern(entry.value());
            int old = table.head(key);
            int head = chain(old, list, entry);
            if (head >= 0) {
                table.head(key, head);
            }
            return Section.Outcome.of(head);
        }

        private Section.Outcome addNetwork(int list, Indicator entry) {
            Network network = Network.parse(entry.value());
            if (network == null) {
                throw new IllegalArgumentException("neither address nor network: " + entry.value());
            }
            int key = addresses.intern(network.high(), network.low(), network.prefix());
            int head = chain(addresses.head(key), list, entry);
            if (head >= 0) {
                addresses.head(key, head);
            }
            return Section.Outcome.of(head);
        }

        /** The head of the chain with the entry added, or a {@link Section.Outcome}'s code. */
        private int chain(int head, int list, Indicator entry) {
            int length = 0;
            for (int at = head; at != EntryTable.NONE; at = entries.next(at)) {
                if (entries.same(at, entry, list)) {
                    entries.widen(at, entry);
                    return Section.DUPLICATE;
                }
                length++;
            }
            return length >= Section.MOST_FOR_ONE_VALUE ? Section.TOO_MANY : entries.add(entry, list, head);
        }

        /** The snapshot; the builder is used up. */
        public Intelligence build() {
            return new Intelligence(this);
        }
    }
}
