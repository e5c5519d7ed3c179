package dev.tocsin.core.intel;

import dev.tocsin.core.event.Address;
import org.jspecify.annotations.Nullable;

/**
 * A network of addresses, host bits zero.
 *
 * @param high upper half of its first address
 * @param low lower half
 * @param prefix leading bits that are the network's, 0 to 128; IPv4 counts from the mapped form, so {@code /24} is 120
 */
public record Network(long high, long low, int prefix) {

    /** The network of {@code prefix} leading bits that holds the address; host bits are cleared. */
    public static Network of(long high, long low, int prefix) {
        long highMask = prefix >= Long.SIZE ? -1L : prefix == 0 ? 0 : -1L << (Long.SIZE - prefix);
        long lowMask = prefix <= Long.SIZE ? 0 : -1L << (AddressTable.SINGLE - prefix);
        return new Network(high & highMask, low & lowMask, prefix);
    }

    /** Reads an address or {@code ADDRESS/BITS}; null if it is neither. */
    public static @Nullable Network parse(String text) {
        int slash = text.indexOf('/');
        Address address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int first = address.isV4() && text.indexOf(':') < 0 ? AddressTable.V4_BITS : 0;
        int bits = slash < 0 ? AddressTable.SINGLE - first : bits(text, slash + 1);
        return bits < 0 || bits > AddressTable.SINGLE - first ? null : of(address.high(), address.low(), first + bits);
    }

    /** One to three digits without leading zero, or -1. */
    private static int bits(String text, int from) {
        int digits = text.length() - from;
        if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int bits = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            bits = 10 * bits + digit;
        }
        return bits;
    }

    /** Whether {@code address} lies in it. */
    public boolean contains(Address address) {
        return of(address.high(), address.low(), prefix).equals(this);
    }

    /** Whether it is one address. */
    public boolean single() {
        return prefix == AddressTable.SINGLE;
    }

    /** Whether it lies in the IPv4 range. */
    public boolean isV4() {
        return prefix >= AddressTable.V4_BITS && Address.isV4(high, low);
    }

    /** Its mask length as written: IPv4 counts from 0 to 32. */
    public int bits() {
        return isV4() ? prefix - AddressTable.V4_BITS : prefix;
    }

    /** The canonical text, with a mask unless it is one address. */
    @Override
    public String toString() {
        String address = new Address(high, low).toString();
        return single() ? address : address + "/" + bits();
    }
}
