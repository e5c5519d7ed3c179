package dev.tocsin.core.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests: a quick one for tables, and a strong one for ids that people see. */
public final class Hash {

    private Hash() {}

    /** A 64-bit digest of {@code text}, well mixed, the same in every run; not against an adversary. */
    public static long of(String text) {
        int length = text.length();
        long hash = 0x9E3779B97F4A7C15L ^ length;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            long four = text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48;
            hash = mixed(hash ^ four);
        }
        for (; i < length; i++) {
            hash = mixed(hash ^ text.charAt(i));
        }
        return mixed(hash);
    }

    private static long mixed(long value) {
        long hash = value * 0xFF51AFD7ED558CCDL;
        return hash ^ hash >>> 32;
    }

    /** The first 32 hex digits of the SHA-256 of the parts, none of which can run into the next. */
    public static String id(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((byte) (bytes.length >>> 8));
                digest.update((byte) bytes.length);
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
