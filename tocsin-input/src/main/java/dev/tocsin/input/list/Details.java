package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Caution;
import dev.tocsin.core.intel.Indicator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a row says beside its value; the parts are those of {@link Indicator}. */
record Details(
        int port,
        @Nullable String family,
        @Nullable Category category,
        @Nullable String reference,
        Set<Caution> cautions,
        long firstSeen,
        long lastSeen,
        int confidence) {

    /** Nothing. */
    static final Details NONE = new Details(0, null, null, null, Set.of(), 0, 0, Indicator.NO_CONFIDENCE);

    /** The words feeds write for an absent value. */
    private static final Set<String> ABSENT = Set.of("", "None", "none", "null", "NULL", "-", "N/A", "n/a");

    private static final int LONGEST_ABSENT = 4;

    /** {@code text} without blanks around it, or null where a feed means that there is none. */
    static @Nullable String text(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String bare = text.strip();
        return bare.length() <= LONGEST_ABSENT && ABSENT.contains(bare) ? null : bare;
    }

    Details port(int number) {
        return new Details(number, family, category, reference, cautions, firstSeen, lastSeen, confidence);
    }

    Details family(@Nullable String name) {
        return new Details(port, text(name), category, reference, cautions, firstSeen, lastSeen, confidence);
    }

    Details category(@Nullable Category of) {
        return new Details(port, family, of, reference, cautions, firstSeen, lastSeen, confidence);
    }

    Details reference(@Nullable String address) {
        return new Details(port, family, category, text(address), cautions, firstSeen, lastSeen, confidence);
    }

    /** Times as the feed writes them. */
    Details seen(@Nullable String first, @Nullable String last) {
        return new Details(
                port,
                family,
                category,
                reference,
                cautions,
                ListTimes.seconds(first),
                ListTimes.seconds(last),
                confidence);
    }

    /** A confidence of 0 to 100; anything else is none. */
    Details confidence(@Nullable String percent) {
        int value = number(percent, 100);
        return new Details(port, family, category, reference, cautions, firstSeen, lastSeen, value);
    }

    /** A whole number of 0 to {@code most}, or -1. */
    static int number(@Nullable String text, int most) {
        String digits = text(text);
        if (digits == null || digits.length() > 9) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value > most ? -1 : value;
    }
}
