package dev.tocsin.input.container;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an object's name says, where AWS made it: account, Region, flow log and delivery time. Prefixes before and
 * organization ids inside do not matter.
 *
 * @param account twelve digits, or null
 * @param region or null
 * @param flowLog {@code fl-...}, or null
 * @param deliveredAt epoch seconds, or 0 if the name has no time
 */
public record ObjectKey(
        @Nullable String account,
        @Nullable String region,
        @Nullable String flowLog,
        long deliveredAt) {

    private static final Pattern ACCOUNT = Pattern.compile("(?:^|[/_=])(\\d{12})(?=[/_])");
    private static final Pattern REGION =
            Pattern.compile("(?:^|[/_=])((?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov|-iso[a-z]*)?-[a-z]+-\\d)(?=[/_])");
    private static final Pattern FLOW_LOG = Pattern.compile("_(fl-[0-9a-zA-Z]+)_");
    private static final Pattern TIME = Pattern.compile("_(\\d{8}T\\d{4})(\\d{2})?Z");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    /** Reads {@code name}; members it does not have are null or 0. */
    public static ObjectKey parse(String name) {
        return new ObjectKey(last(ACCOUNT, name), last(REGION, name), last(FLOW_LOG, name), time(name));
    }

    private static @Nullable String last(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        String found = null;
        while (matcher.find()) {
            found = matcher.group(1);
        }
        return found;
    }

    private static long time(String name) {
        Matcher matcher = TIME.matcher(name);
        if (!matcher.find()) {
            return 0;
        }
        String seconds = matcher.group(2) == null ? "00" : matcher.group(2);
        try {
            return LocalDateTime.parse(matcher.group(1) + seconds, STAMP).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return 0;
        }
    }
}
