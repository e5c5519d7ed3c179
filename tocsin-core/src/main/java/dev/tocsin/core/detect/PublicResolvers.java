package dev.tocsin.core.detect;

import dev.tocsin.core.event.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Public DNS resolvers, by address: {@code public-resolvers.tsv}, which names for each its operator, what it serves and where
 * the operator publishes it. Addresses that serve other content too are not among them.
 */
final class PublicResolvers {

    /** Those of the product. */
    static final PublicResolvers KNOWN = read();

    private record Resolver(String operator, boolean servesHttps) {}

    private final Map<Address, Resolver> resolvers = new HashMap<>();

    private PublicResolvers() {}

    /** Who runs the resolver at {@code address}; null if none is known there. */
    @Nullable
    String operator(Address address) {
        Resolver resolver = resolvers.get(address);
        return resolver == null ? null : resolver.operator();
    }

    /** Whether a resolver at {@code address} serves DNS over HTTPS. */
    boolean servesHttps(Address address) {
        Resolver resolver = resolvers.get(address);
        return resolver != null && resolver.servesHttps();
    }

    /** How many addresses there are. */
    int size() {
        return resolvers.size();
    }

    private static PublicResolvers read() {
        PublicResolvers known = new PublicResolvers();
        InputStream file = Objects.requireNonNull(PublicResolvers.class.getResourceAsStream("public-resolvers.tsv"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    known.add(List.of(line.split("\t", -1)), line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    private void add(List<String> columns, String line) {
        Address address = Address.parse(columns.getFirst());
        if (columns.size() != 4 || address == null) {
            throw new IllegalStateException(
                    "public-resolvers.tsv: address, operator, serves, source expected in: " + line);
        }
        boolean servesHttps = List.of(columns.get(2).split(",", -1)).contains("doh");
        resolvers.put(address, new Resolver(columns.get(1), servesHttps));
    }
}
