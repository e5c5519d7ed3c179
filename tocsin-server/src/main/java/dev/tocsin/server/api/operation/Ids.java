package dev.tocsin.server.api.operation;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes ids as GuardDuty's look: 32 lowercase hex digits. */
public final class Ids {

    private static final int BYTES = 16;

    private final RandomGenerator random;

    /** Ids from {@code random}. */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** A new one. */
    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
