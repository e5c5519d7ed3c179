package dev.tocsin.core.intel;

import dev.tocsin.core.event.Address;
import java.util.Arrays;

/**
 * The networks of an {@link AddressTable}, found by an address they hold. Networks nest and never overlap in part: sorted
 * by their start, the last one that starts at or before an address holds it, or one of its parents does, or none.
 */
final class RangeTable {

    private static final int NO_PARENT = -1;

    private final AddressTable addresses;
    private final int[] keys;
    private final int[] parents;

    /** One bit for each IPv4 network of 16 bits: whether a listed network lies in it or holds it. */
    private final long[] touched = new long[1 << 10];

    private boolean v6;

    RangeTable(AddressTable addresses) {
        this.addresses = addresses;
        this.keys = sorted(addresses);
        this.parents = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            parents[i] = parentOf(i);
            touch(keys[i]);
        }
    }

    private static int[] sorted(AddressTable addresses) {
        Integer[] networks = new Integer[addresses.size()];
        int count = 0;
        for (int key = 0; key < networks.length; key++) {
            if (addresses.prefix(key) != AddressTable.SINGLE) {
                networks[count++] = key;
            }
        }
        networks = Arrays.copyOf(networks, count);
        Arrays.sort(networks, (a, b) -> {
            int order = compare(addresses, a, addresses.high(b), addresses.low(b));
            return order != 0 ? order : Integer.compare(addresses.prefix(a), addresses.prefix(b));
        });
        int[] keys = new int[count];
        for (int i = 0; i < count; i++) {
            keys[i] = networks[i];
        }
        return keys;
    }

    private static int compare(AddressTable addresses, int key, long high, long low) {
        int order = Long.compareUnsigned(addresses.high(key), high);
        return order != 0 ? order : Long.compareUnsigned(addresses.low(key), low);
    }

    private int parentOf(int index) {
        int key = keys[index];
        int parent = index - 1;
        while (parent != NO_PARENT && !contains(keys[parent], addresses.high(key), addresses.low(key))) {
            parent = parents[parent];
        }
        return parent;
    }

    private boolean contains(int key, long high, long low) {
        int prefix = addresses.prefix(key);
        long highMask = prefix >= 64 ? -1L : prefix == 0 ? 0 : -1L << (64 - prefix);
        long lowMask = prefix <= 64 ? 0 : -1L << (128 - prefix);
        return ((addresses.high(key) ^ high) & highMask) == 0 && ((addresses.low(key) ^ low) & lowMask) == 0;
    }

    private void touch(int key) {
        boolean v4 = Address.isV4(addresses.high(key), addresses.low(key));
        if (!v4 || addresses.prefix(key) < AddressTable.V4_BITS) {
            v6 = true;
            if (contains(key, 0, Address.V4_PREFIX)) {
                Arrays.fill(touched, -1L);
            }
            return;
        }
        int first = block(addresses.low(key));
        int bits = Math.max(0, AddressTable.V4_BITS + 16 - addresses.prefix(key));
        for (int block = first; block < first + (1 << bits); block++) {
            touched[block >>> 6] |= 1L << block;
        }
    }

    private static int block(long low) {
        return (int) low >>> 16;
    }

    /** Whether a network may hold the address. */
    boolean maybe(long high, long low) {
        if (Address.isV4(high, low)) {
            int block = block(low);
            return (touched[block >>> 6] & 1L << block) != 0;
        }
        return v6;
    }

    /** The position of the smallest network that holds the address, or -1; {@link #wider} leads on. */
    int smallest(long high, long low) {
        int from = 0;
        int to = keys.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (compare(addresses, keys[middle], high, low) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        int position = from - 1;
        while (position != NO_PARENT && !contains(keys[position], high, low)) {
            position = parents[position];
        }
        return position;
    }

    /** The position of the next wider network, or -1. */
    int wider(int position) {
        return parents[position];
    }

    /** The number in the address table of the network at a position. */
    int key(int position) {
        return keys[position];
    }

    long bytes() {
        return 4L * (keys.length + parents.length) + 8L * touched.length;
    }
}
