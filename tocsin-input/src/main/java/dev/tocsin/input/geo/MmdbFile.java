package dev.tocsin.input.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.Reader;
import dev.tocsin.core.event.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file in MaxMind's binary form. Its records are read as maps, for there are two schemas: MaxMind's own ({@code
 * country.iso_code}) and the flat one of ip-location-db ({@code country_code}).
 */
final class MmdbFile implements PlaceFile {

    private static final int V6 = 6;

    private final Reader reader;
    private final boolean both;
    private final Set<Geography.Fact> facts;

    private MmdbFile(Reader reader) {
        this.reader = reader;
        this.both = reader.getMetadata().ipVersion() == V6;
        this.facts = facts(reader.getMetadata().databaseType().toLowerCase(Locale.ROOT));
    }

    /** Opens {@code file}; its pages are read as they are asked for. */
    static MmdbFile open(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + ": cannot be read");
        }
        try {
            return new MmdbFile(new Reader(file.toFile(), new CHMCache()));
        } catch (InvalidDatabaseException e) {
            throw new IOException(file + ": neither an mmdb file nor a table of networks", e);
        }
    }

    private static Set<Geography.Fact> facts(String type) {
        Set<Geography.Fact> facts = EnumSet.noneOf(Geography.Fact.class);
        boolean enterprise = type.contains("enterprise");
        if (type.contains("asn") || type.contains("isp") || enterprise) {
            facts.add(Geography.Fact.NETWORK);
        }
        if (type.contains("city") || type.contains("location") || enterprise) {
            facts.add(Geography.Fact.CITY);
        }
        if (type.contains("country") || facts.contains(Geography.Fact.CITY)) {
            facts.add(Geography.Fact.COUNTRY);
        }
        return facts;
    }

    @Override
    public Set<Geography.Fact> facts() {
        return facts;
    }

    @Override
    public Place find(Address address) {
        if (!both && !address.isV4()) {
            return Place.UNKNOWN; // a file of IPv4 alone answers wrongly instead of refusing
        }
        try {
            Map<?, ?> entry = reader.get(InetAddress.getByAddress(bytes(address)), Map.class);
            return entry == null ? Place.UNKNOWN : place(entry);
        } catch (IOException e) {
            return Place.UNKNOWN; // a damaged part of the file tells nothing; the finding stands without
        }
    }

    private static byte[] bytes(Address address) {
        return address.isV4()
                ? ByteBuffer.allocate(Integer.BYTES).putInt((int) address.low()).array()
                : ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(address.high())
                        .putLong(address.low())
                        .array();
    }

    private static Place place(Map<?, ?> entry) {
        Map<?, ?> traits = map(entry, "traits");
        String country = text(map(entry, "country"), "iso_code");
        String registered = text(map(entry, "registered_country"), "iso_code");
        Double latitude = degrees(map(entry, "location"), "latitude");
        Double longitude = degrees(map(entry, "location"), "longitude");
        String flatCountry = text(entry, "country_code");
        String nested = country == null ? registered : country;
        String city = text(map(map(entry, "city"), "names"), "en");
        return new Place(
                nested == null ? flatCountry : nested,
                city == null ? text(entry, "city") : city,
                latitude == null ? degrees(entry, "latitude") : latitude,
                longitude == null ? degrees(entry, "longitude") : longitude,
                Math.max(number(entry, "autonomous_system_number"), number(traits, "autonomous_system_number")),
                either(entry, traits, "autonomous_system_organization"),
                either(entry, traits, "isp"),
                either(entry, traits, "organization"));
    }

    private static @Nullable String either(Map<?, ?> entry, Map<?, ?> traits, String name) {
        String own = text(entry, name);
        return own == null ? text(traits, name) : own;
    }

    private static Map<?, ?> map(Map<?, ?> in, String name) {
        return in.get(name) instanceof Map<?, ?> inner ? inner : Map.of();
    }

    private static @Nullable String text(Map<?, ?> in, String name) {
        return in.get(name) instanceof String text && !text.isBlank() ? text : null;
    }

    private static @Nullable Double degrees(Map<?, ?> in, String name) {
        return in.get(name) instanceof Number number
                ? Double.valueOf(Math.rint(number.doubleValue() * 10_000) / 10_000)
                : null;
    }

    private static long number(Map<?, ?> in, String name) {
        return in.get(name) instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
