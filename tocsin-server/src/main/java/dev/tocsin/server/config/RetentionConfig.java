package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/** How long things are kept. */
public record RetentionConfig(
        @Setting(
                value =
                        "Days that a finding is kept after its last change, or after an analysis of old logs wrote it here,"
                                + " or forever. Default: 90.",
                example = "365")
        @Nullable
        String findings,

        @Setting(
                value = "Days that a ledger row without trouble is kept before it is folded into one a day, or forever."
                        + " Default: 30.",
                example = "forever")
        @Nullable
        String ledger,

        @Setting(
                value = "Days that it is kept how much was analysed, by day, or forever. Default: 400.",
                example = "forever")
        @Nullable
        String usage) {

    private static final String FOREVER = "forever";

    /** All by default. */
    public static final RetentionConfig DEFAULT = new RetentionConfig(null, null, null);

    /**
     * The number of days that {@code text} says, or null for ever.
     *
     * @throws ConfigException if it says neither
     */
    public static @Nullable Integer days(String key, @Nullable String text, int otherwise) throws ConfigException {
        if (FOREVER.equals(text)) {
            return null;
        }
        if (text != null && !text.matches("[1-9]\\d{0,4}")) {
            throw new ConfigException(
                    "retention." + key + ": expected days, 1 to 99999, or forever, found '" + text + "'");
        }
        return text == null ? (Integer) otherwise : Integer.valueOf(text);
    }
}
