package dev.tocsin.core.detect.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A grant to people whom nobody named: a statement of a policy or an entry of an ACL.
 *
 * @param audience who they are
 * @param read whether they may read or list
 * @param write whether they may write, delete or change permissions
 * @param digest the same for the same grant
 */
public record PublicGrant(Audience audience, boolean read, boolean write, String digest) {

    /** How wide a grant is. */
    public enum Audience {
        /** Everybody on the internet. */
        ANYONE,
        /** Everybody with an AWS account. */
        ANY_AWS_USER
    }

    private static final int DIGEST_BYTES = 8;

    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
