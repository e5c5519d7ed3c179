package dev.tocsin.core.intel;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why an entry may be wrong: many use the same address or name, or it changed hands. */
public enum Caution {
    /** In a list of the most visited names. */
    POPULAR(1 << 0, true),
    /** In the ranges of a content delivery network. */
    CDN(1 << 1, true),
    /** In the ranges of a cloud. */
    CLOUD(1 << 2, true),
    /** A public resolver. */
    PUBLIC_DNS(1 << 3, true),
    /** In the ranges of hosters that sell to VPN services; information only, for the ranges are very wide. */
    VPN(1 << 4, false),
    /** In a defender's hands: a match means a black hole, not command and control. */
    SINKHOLE(1 << 5, false);

    private final int bit;
    private final boolean mutes;

    Caution(int bit, boolean mutes) {
        this.bit = bit;
        this.mutes = mutes;
    }

    /** Whether an entry with this caution never fires alone. */
    public boolean mutes() {
        return mutes;
    }

    /** As lists write it: {@code public-dns}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The caution that lists write so, or null. */
    public static @Nullable Caution of(String wireName) {
        for (Caution caution : values()) {
            if (caution.wireName().equals(wireName)) {
                return caution;
            }
        }
        return null;
    }

    /** The set as one byte for the tables. */
    static byte pack(Set<Caution> cautions) {
        int bits = 0;
        for (Caution caution : cautions) {
            bits |= caution.bit;
        }
        return (byte) bits;
    }

    /** The set that {@link #pack} made the byte of. */
    static Set<Caution> unpack(byte bits) {
        if (bits == 0) {
            return Set.of();
        }
        EnumSet<Caution> cautions = EnumSet.noneOf(Caution.class);
        for (Caution caution : values()) {
            if ((bits & caution.bit) != 0) {
                cautions.add(caution);
            }
        }
        return Collections.unmodifiableSet(cautions);
    }
}
