package dev.tocsin.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Passwords as the store keeps them: Argon2id, in the usual text form, which names its own parameters. */
final class Passwords {

    /** Fewest characters; length is what makes a password hard to guess. */
    static final int SHORTEST = 12;

    /** Most characters: a longer one costs time and nothing is gained. */
    static final int LONGEST = 256;

    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** Checks at once: each takes 19 MiB, and who guesses must not take all of the machine. */
    private static final Semaphore AT_ONCE = new Semaphore(4);

    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private Passwords() {}

    /** {@code password} as it is kept. */
    static String kept(String password, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        byte[] hash = hash(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /** Whether {@code password} is the one that is kept as {@code kept}. */
    static boolean matches(String password, String kept) {
        Matcher form = FORM.matcher(kept);
        if (!form.matches() || password.length() > LONGEST) {
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(form.group(5));
        byte[] salt = Base64.getDecoder().decode(form.group(4));
        AT_ONCE.acquireUninterruptibly();
        try {
            byte[] found = hash(
                    password,
                    salt,
                    Integer.parseInt(form.group(1)),
                    Integer.parseInt(form.group(2)),
                    Integer.parseInt(form.group(3)),
                    expected.length);
            return MessageDigest.isEqual(expected, found);
        } finally {
            AT_ONCE.release();
        }
    }

    private static byte[] hash(String password, byte[] salt, int memory, int passes, int lanes, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
