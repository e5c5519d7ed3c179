package dev.tocsin.input.geo;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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

    private final List<PlaceFile> files;
    private final ConcurrentHashMap<Address, Doc> cache = new ConcurrentHashMap<>();

    private Geography(List<PlaceFile> files) {
        this.files = List.copyOf(files);
    }

    /**
     * Opens files, the most trusted first: mmdb with MaxMind's nested or ip-location-db's flat records, or a table that
     * {@link AsnTable#compile} made; told by content.
     *
     * @throws IOException if one cannot be read or is neither; its message names the file
     */
    public static Geography open(List<Path> files) throws IOException {
        List<PlaceFile> opened = new ArrayList<>();
        try {
            for (Path file : files) {
                opened.add(AsnTable.isOne(file) ? AsnTable.open(file) : MmdbFile.open(file));
            }
        } catch (IOException e) {
            new Geography(opened).close();
            throw e;
        }
        return new Geography(opened);
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
        for (PlaceFile file : files) {
            place = place.orElse(file.find(address));
        }
        return place;
    }

    @Override
    public void close() throws IOException {
        for (PlaceFile file : files) {
            file.close();
        }
    }
}
