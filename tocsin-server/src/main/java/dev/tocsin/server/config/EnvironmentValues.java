package dev.tocsin.server.config;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts what the environment says where a configured value names it as <code>${NAME}</code>: secrets stand in no file. */
public final class EnvironmentValues {

    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private EnvironmentValues() {}

    /**
     * {@code values} with what {@code environment} says.
     *
     * @throws IOException if it does not say something that is named; the message names it
     */
    public static Map<String, String> in(
            @Nullable Map<String, String> values, UnaryOperator<@Nullable String> environment) throws IOException {
        Map<String, String> filled = new LinkedHashMap<>();
        if (values != null) {
            for (Map.Entry<String, String> one : values.entrySet()) {
                filled.put(one.getKey(), filled(one.getKey(), one.getValue(), environment));
            }
        }
        return filled;
    }

    /** {@code value} of {@code key}, likewise. */
    public static String filled(String key, String value, UnaryOperator<@Nullable String> environment)
            throws IOException {
        Matcher named = NAMED.matcher(value);
        StringBuilder text = new StringBuilder();
        while (named.find()) {
            String found = environment.apply(named.group(1));
            if (found == null) {
                throw new IOException("property " + key + ": the environment has no " + named.group(1));
            }
            named.appendReplacement(text, Matcher.quoteReplacement(found));
        }
        return named.appendTail(text).toString();
    }
}
