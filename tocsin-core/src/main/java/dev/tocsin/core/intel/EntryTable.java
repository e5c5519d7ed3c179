package dev.tocsin.core.intel;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries of all lists, a column each; the entries of one value are a chain. */
final class EntryTable {

    /** The end of a chain, and no text. */
    static final int NONE = -1;

    private static final List<Category> CATEGORIES = List.of(Category.values());
    private static final Map<Category, Byte> CODES = new EnumMap<>(Category.class);

    static {
        for (int code = 0; code < CATEGORIES.size(); code++) {
            CODES.put(CATEGORIES.get(code), (byte) code);
        }
    }

    private final TextTable families = new TextTable();
    private final TextTable references = new TextTable();
    private int[] next = new int[16];
    private int[] family = new int[16];
    private int[] reference = new int[16];
    private int[] firstSeen = new int[16];
    private int[] lastSeen = new int[16];
    private char[] port = new char[16];
    private char[] list = new char[16];
    private byte[] category = new byte[16];
    private byte[] cautions = new byte[16];
    private byte[] confidence = new byte[16];
    private int size;

    /** Adds an entry of list number {@code ofList} before the chain that starts at {@code chain}; its number. */
    int add(Indicator entry, int ofList, int chain) {
        if (size == next.length) {
            resize(size + size / 2);
        }
        next[size] = chain;
        family[size] = intern(families, entry.family());
        reference[size] = intern(references, entry.reference());
        firstSeen[size] = seconds(entry.firstSeen());
        lastSeen[size] = seconds(entry.lastSeen());
        port[size] = (char) entry.port();
        list[size] = (char) ofList;
        category[size] = code(entry.category());
        cautions[size] = Caution.pack(entry.cautions());
        confidence[size] = (byte) entry.confidence();
        return size++;
    }

    /** Whether the entry says the same as {@code other} from list number {@code ofList}, times apart. */
    boolean same(int entry, Indicator other, int ofList) {
        return list[entry] == ofList
                && port[entry] == other.port()
                && category[entry] == code(other.category())
                && family[entry] == intern(families, other.family());
    }

    /** Widens the entry's times to hold {@code other}'s. */
    void widen(int entry, Indicator other) {
        int first = seconds(other.firstSeen());
        if (first != 0 && (firstSeen[entry] == 0 || Integer.compareUnsigned(first, firstSeen[entry]) < 0)) {
            firstSeen[entry] = first;
        }
        int last = seconds(other.lastSeen());
        if (Integer.compareUnsigned(last, lastSeen[entry]) > 0) {
            lastSeen[entry] = last;
        }
    }

    private static byte code(Category category) {
        return requireNonNull(CODES.get(category));
    }

    private static int intern(TextTable texts, @Nullable String text) {
        return text == null ? NONE : texts.intern(latin(text));
    }

    /** Family names and references in other scripts are shown with question marks. */
    private static String latin(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return text.replaceAll("[^\\x00-\\xFF]", "?");
            }
        }
        return text;
    }

    /** Epoch seconds as 32 bits without sign; what lies outside them is unknown. */
    private static int seconds(long epochSeconds) {
        return epochSeconds < 0 || epochSeconds > 0xFFFF_FFFFL ? 0 : (int) epochSeconds;
    }

    int next(int entry) {
        return next[entry];
    }

    int list(int entry) {
        return list[entry];
    }

    int port(int entry) {
        return port[entry];
    }

    /** The entry as it was read. */
    Indicator indicator(int entry, String value, Indicator.Kind kind) {
        return new Indicator(
                value,
                kind,
                port[entry],
                family[entry] == NONE ? null : families.text(family[entry]),
                CATEGORIES.get(category[entry]),
                reference[entry] == NONE ? null : references.text(reference[entry]),
                Caution.unpack(cautions[entry]),
                Integer.toUnsignedLong(firstSeen[entry]),
                Integer.toUnsignedLong(lastSeen[entry]),
                confidence[entry]);
    }

    int size() {
        return size;
    }

    /** Gives back unused memory. */
    void freeze() {
        resize(size);
        families.freeze();
        references.freeze();
    }

    private void resize(int length) {
        next = Arrays.copyOf(next, length);
        family = Arrays.copyOf(family, length);
        reference = Arrays.copyOf(reference, length);
        firstSeen = Arrays.copyOf(firstSeen, length);
        lastSeen = Arrays.copyOf(lastSeen, length);
        port = Arrays.copyOf(port, length);
        list = Arrays.copyOf(list, length);
        category = Arrays.copyOf(category, length);
        cautions = Arrays.copyOf(cautions, length);
        confidence = Arrays.copyOf(confidence, length);
    }

    long bytes() {
        return 27L * next.length + families.bytes() + references.bytes();
    }
}
