package dev.tocsin.core.detect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** Registered domains below which products ask for encoded names by design: a list with date, kept by hand. */
final class LookupServices {

    private static final String RESOURCE = "lookup-services.txt";
    private static final Set<String> DOMAINS = load();

    private LookupServices() {}

    private static Set<String> load() {
        try (InputStream in = LookupServices.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isEmpty())
                    .map(line -> line.substring(0, line.indexOf('\t')))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@code domain}, a registered one, is such a service's. */
    static boolean holds(String domain) {
        return DOMAINS.contains(domain);
    }
}
