package dev.tocsin.core.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a name that someone registered: its public suffix and one label more. The suffixes are those of the Public
 * Suffix List; below a suffix that the list does not know, the last label counts as the suffix.
 */
public final class RegisteredDomain {

    private static final String RESOURCE = "public-suffixes.txt";

    /** Suffixes that registries run, and those of services that give names to their users. */
    private static final Set<String> REGISTRY = new HashSet<>();

    private static final Set<String> ALL = new HashSet<>();

    private static final SuffixRules RULES = load();

    private RegisteredDomain() {}

    private static SuffixRules load() {
        try (InputStream resource = RegisteredDomain.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            List<String> rules = new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            rules.forEach(RegisteredDomain::rule);
            return new SuffixRules(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rule(String line) {
        if (line.startsWith("~")) {
            ALL.add(line.substring(1));
        } else {
            ALL.add(line);
            REGISTRY.add(line);
        }
    }

    /**
     * The registered part of {@code name}.
     *
     * @param name lower-case A-labels without final dot
     * @return null if the name is a public suffix or a single label
     */
    public static @Nullable String of(String name) {
        int start = start(place(name));
        return start < 0 ? null : name.substring(start);
    }

    /**
     * Where the registered part of {@code name} stands in it, for {@link #start}, {@link #isDelegated} and {@link
     * #isOfService}: what is asked of every record makes no text.
     *
     * @return negative if the name is a public suffix or a single label
     */
    public static long place(String name) {
        int suffix = RULES.suffix(name);
        int from = SuffixRules.start(suffix);
        return from <= 0 ? -1 : (long) (name.lastIndexOf('.', from - 2) + 1) << 32 | suffix;
    }

    /** Index at which the registered part begins; negative if there is none. */
    public static int start(long place) {
        return (int) (place >> 32);
    }

    /** Index at which the public suffix begins. */
    public static int suffixStart(long place) {
        return SuffixRules.start((int) place);
    }

    /** Whether the suffix is one of the list: other top-level domains are private ones or none. */
    public static boolean isDelegated(long place) {
        return place >= 0 && (place & SuffixRules.KNOWN) != 0;
    }

    /** Whether the suffix is that of a service which gives names to its users. */
    public static boolean isOfService(long place) {
        return place >= 0 && (place & SuffixRules.OF_SERVICE) != 0;
    }

    /** Whether {@code name} is a public suffix: of a registry, or of a service that gives names to its users. */
    public static boolean isPublicSuffix(String name) {
        return listed(name, ALL);
    }

    /** Whether {@code name} is a suffix below which a registry sells names: {@code com}, {@code co.uk}. */
    public static boolean isRegistrySuffix(String name) {
        return listed(name, REGISTRY);
    }

    /**
     * Whether {@code name} itself is listed as the suffix of a service that gives names to its users: {@code duckdns.org}.
     * A name that a wildcard of the service stands for is one user's.
     */
    public static boolean isServiceSuffix(String name) {
        return ALL.contains(name) && !REGISTRY.contains(name);
    }

    private static boolean listed(String name, Set<String> rules) {
        if (rules.contains(name)) {
            return true;
        }
        int dot = name.indexOf('.');
        return dot > 0 && rules.contains("*" + name.substring(dot)) && !rules.contains("!" + name);
    }
}
