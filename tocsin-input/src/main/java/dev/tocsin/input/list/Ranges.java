package dev.tocsin.input.list;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Network;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Ranges of addresses as networks. */
final class Ranges {

    private static final int BITS = 128;
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger LOW_HALF = ONE.shiftLeft(Long.SIZE).subtract(ONE);

    private Ranges() {}

    /** The mask length of a dotted mask, or -1 if its ones are not all before its zeros. */
    static int maskBits(int mask) {
        int bits = Integer.bitCount(mask);
        return mask == (bits == 0 ? 0 : -1 << (Integer.SIZE - bits)) ? bits : -1;
    }

    /** The fewest networks that hold just the addresses from {@code first} to {@code last}; none if it ends before. */
    static List<Network> networks(Address first, Address last) {
        List<Network> networks = new ArrayList<>();
        BigInteger from = number(first);
        BigInteger end = number(last).add(ONE);
        while (from.compareTo(end) < 0) {
            int free = from.signum() == 0 ? BITS : Math.min(BITS, from.getLowestSetBit());
            int size = Math.min(free, end.subtract(from).bitLength() - 1);
            networks.add(Network.of(
                    from.shiftRight(Long.SIZE).longValue(), from.and(LOW_HALF).longValue(), BITS - size));
            from = from.add(ONE.shiftLeft(size));
        }
        return networks;
    }

    private static BigInteger number(Address address) {
        return unsigned(address.high()).shiftLeft(Long.SIZE).or(unsigned(address.low()));
    }

    private static BigInteger unsigned(long half) {
        return BigInteger.valueOf(half).and(LOW_HALF);
    }
}
