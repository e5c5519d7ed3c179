package dev.tocsin.input.geo;

import dev.tocsin.core.event.Address;
import java.io.Closeable;
import java.util.Set;

/** One file of places; safe for many threads. */
interface PlaceFile extends Closeable {

    /** What the file knows of {@code address}, {@link Place#UNKNOWN} for nothing. */
    Place find(Address address);

    /** What the file is there to tell. */
    Set<Geography.Fact> facts();
}
