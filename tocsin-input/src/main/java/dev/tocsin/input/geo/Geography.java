package dev.tocsin.input.geo;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Network;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Country, town and network of public addresses, as members of GuardDuty's remoteIpDetails; an empty object where
 * nothing is known. Safe for many threads; asked only for what becomes a finding.
 */
public final class Geography implements Function<Address, Doc>, Closeable {

    /** Answers remembered; beyond that it starts over. Ours: a flood has few peers, a cache of it is small. */
    static final int CACHED = 20_000;

    /** Something that files tell of an address. */
    public enum Fact {
        /** The country. */
        COUNTRY,
        /** Town and place on the map. */
        CITY,
        /** Number and holder of the network. */
        NETWORK
    }

    /** Documentation and test ranges: registries book them somewhere, which says nothing of who used them. */
    private static final List<Network> NOWHERE = Stream.of(
                    "192.0.2.0/24",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "198.18.0.0/15",
                    "240.0.0.0/4",
                    "2001:db8::/32")
            .map(Network::parse)
            .map(Objects::requireNonNull)
            .toList();

    private final List<PlaceFile> files;
    private final int own;
    private final ConcurrentHashMap<Address, Doc> cache = new ConcurrentHashMap<>();

    private Geography(List<PlaceFile> files, int own) {
        this.files = List.copyOf(files);
        this.own = own;
    }

    /**
     * Opens files, the most trusted first: mmdb with MaxMind's nested or ip-location-db's flat records, or a table that
     * {@link AsnTable#compile} made; told by content.
     *
     * @param own the operator's, believed in whatever they say
     * @param fetched public tables, asked after them
     * @throws IOException if one cannot be read or is neither; its message names the file
     */
    public static Geography open(List<Path> own, List<Path> fetched) throws IOException {
        List<PlaceFile> opened = new ArrayList<>();
        try {
            for (Path file : Stream.concat(own.stream(), fetched.stream()).toList()) {
                opened.add(AsnTable.isOne(file) ? AsnTable.open(file) : MmdbFile.open(file));
            }
        } catch (IOException e) {
            new Geography(opened, 0).close();
            throw e;
        }
        return new Geography(opened, own.size());
    }

    /** What its files are there to tell. */
    public Set<Fact> facts() {
        Set<Fact> facts = EnumSet.noneOf(Fact.class);
        files.forEach(file -> facts.addAll(file.facts()));
        return facts;
    }

    @Override
    public Doc apply(Address address) {
        if (files.isEmpty() || !address.isPublic()) {
            return new Doc();
        }
        Doc known = cache.get(address);
        if (known == null) {
            known = find(address).toDoc();
            if (cache.size() >= CACHED) {
                cache.clear();
            }
            cache.put(address, known);
        }
        return known;
    }

    private Place find(Address address) {
        Place place = Place.UNKNOWN;
        for (PlaceFile file : isNowhere(address) ? files.subList(0, own) : files) {
            place = place.orElse(file.find(address));
        }
        return place;
    }

    private static boolean isNowhere(Address address) {
        return NOWHERE.stream()
                .anyMatch(network -> Network.of(address.high(), address.low(), network.prefix())
                        .equals(network));
    }

    @Override
    public void close() throws IOException {
        for (PlaceFile file : files) {
            file.close();
        }
    }
}
