package dev.tocsin.server.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A text as it stands in an index: databases limit its length, and some do not take the character 0. */
final class KeyText {

    /** Longest text that stands as it is, in characters. */
    static final int LONGEST = 500;

    /** Of a longer one so much stands before its digest. */
    private static final int KEPT = 400;

    private KeyText() {}

    /** The text itself, or a short form that no other text has in practice. The short form of it is itself. */
    static String of(String text) {
        if (text.length() <= LONGEST && text.indexOf('\0') < 0) {
            return text;
        }
        String start = text.substring(0, Math.min(KEPT, text.length())).replace('\0', ' ');
        return start + "…" + HexFormat.of().formatHex(digest(text));
    }

    /** The SHA-256 of {@code text}. */
    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
