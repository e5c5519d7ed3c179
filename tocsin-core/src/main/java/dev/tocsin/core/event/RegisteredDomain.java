package dev.tocsin.core.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
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

    static {
        load();
    }

    private RegisteredDomain() {}

    private static void load() {
        try (InputStream resource = RegisteredDomain.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(RegisteredDomain::rule);
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
        int suffix = suffix(name, ALL);
        return suffix <= 0 ? null : name.substring(name.lastIndexOf('.', suffix - 2) + 1);
    }

    /** Whether {@code name} is a public suffix: of a registry, or of a service that gives names to its users. */
    public static boolean isPublicSuffix(String name) {
        return listed(name, ALL);
    }

    /** Whether {@code name} is a suffix below which a registry sells names: {@code com}, {@code co.uk}. */
    public static boolean isRegistrySuffix(String name) {
        return listed(name, REGISTRY);
    }

    /** Where the longest public suffix of {@code name} begins. */
    private static int suffix(String name, Set<String> rules) {
        int from = 0;
        while (!listed(name.substring(from), rules)) {
            int dot = name.indexOf('.', from);
            if (dot < 0) {
                return from;
            }
            from = dot + 1;
        }
        return from;
    }

    private static boolean listed(String name, Set<String> rules) {
        if (rules.contains(name)) {
            return true;
        }
        int dot = name.indexOf('.');
        return dot > 0 && rules.contains("*" + name.substring(dot)) && !rules.contains("!" + name);
    }
}
