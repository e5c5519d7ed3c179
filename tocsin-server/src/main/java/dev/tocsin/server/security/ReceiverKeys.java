package dev.tocsin.server.security;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which Amazon Data Firehose proves itself to receivers: one or, while it is changed, several a source. A key is
 * shown once, when it is made, and kept sealed.
 */
public final class ReceiverKeys {

    /** How the id of such a key begins. */
    public static final String PREFIX = "rk-";

    /** Fewest letters of a key that an operator sets: it is not to be guessed. */
    public static final int SHORTEST = 32;

    /** Most bytes of a key: Firehose's own limit. */
    public static final int LONGEST = 4_096;

    private static final String KIND = "receiver-key";
    private static final String ANYWHERE = "";
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;

    private final Store store;
    private final Sealer sealer;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * A key as lists show it.
     *
     * @param source whose it is
     * @param createdAt epoch seconds
     */
    public record Listed(String id, String source, boolean enabled, long createdAt) {}

    /**
     * A key just made.
     *
     * @param key shown this once
     */
    public record Fresh(String id, String key) {}

    /** Keys kept in {@code store}, sealed by {@code sealer}. */
    public ReceiverKeys(Store store, Sealer sealer, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.sealer = sealer;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What an agent's key is for.
     *
     * @param account whose hosts
     * @param region where they are
     * @param instance the one host, or null for all
     */
    public record Host(
            String account, String region, @Nullable String instance) {}

    /** Makes a key for the source called {@code source}; its other keys go on to be taken. */
    public Fresh create(String source) throws StoreException {
        return create(source, new Doc());
    }

    /** Makes a key by which agents on {@code host} prove themselves to the source called {@code source}. */
    public Fresh create(String source, Host host) throws StoreException {
        return create(
                source,
                new Doc()
                        .with("account", host.account())
                        .with("region", host.region())
                        .with("instance", host.instance()));
    }

    private Fresh create(String source, Doc bound) throws StoreException {
        byte[] bytes = new byte[ID_BYTES + SECRET_BYTES];
        random.nextBytes(bytes);
        String id = PREFIX + HexFormat.of().formatHex(bytes, 0, ID_BYTES);
        byte[] secret = Arrays.copyOfRange(bytes, ID_BYTES, bytes.length);
        Fresh fresh =
                new Fresh(id, id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        Doc document = new Doc()
                .withAll(bound)
                .with("source", source)
                .with("enabled", true)
                .with("createdAt", clock.instant().getEpochSecond())
                .with("secret", sealer.seal(fresh.key(), id));
        store.write(transaction -> transaction.resource(new Resource(ANYWHERE, ANYWHERE, KIND, id, document)));
        return fresh;
    }

    /** All keys, oldest first. */
    public List<Listed> list() throws StoreException {
        return store.resources(ANYWHERE, ANYWHERE, KIND).stream()
                .map(key -> listed(key.id(), key.document()))
                .toList();
    }

    /** Ends the use of {@code id}; false if there is no such key. */
    public boolean disable(String id) throws StoreException {
        Resource key = store.resource(ANYWHERE, ANYWHERE, KIND, id);
        if (key == null) {
            return false;
        }
        Doc document = new Doc().withAll(key.document()).with("enabled", false);
        store.write(transaction -> transaction.resource(key.with(document)));
        return true;
    }

    /** Whether {@code presented} is a key of {@code source}. What it takes does not depend on how much of it is right. */
    public boolean isRight(String source, String presented) throws StoreException {
        boolean right = false;
        for (Resource key : store.resources(ANYWHERE, ANYWHERE, KIND)) {
            Listed listed = listed(key.id(), key.document());
            String sealed = key.document().text("secret");
            if (listed.enabled() && listed.source().equals(source) && sealed != null) {
                right |= same(sealer.open(sealed, key.id()), presented);
            }
        }
        return right;
    }

    /** The hosts whose key for {@code source} is {@code presented}, or null if it is none. */
    public @Nullable Host host(String source, String presented) throws StoreException {
        Host host = null;
        for (Resource key : store.resources(ANYWHERE, ANYWHERE, KIND)) {
            Listed listed = listed(key.id(), key.document());
            String sealed = key.document().text("secret");
            String account = key.document().text("account");
            String region = key.document().text("region");
            if (listed.enabled()
                    && listed.source().equals(source)
                    && sealed != null
                    && account != null
                    && region != null
                    && same(sealer.open(sealed, key.id()), presented)) {
                host = new Host(account, region, key.document().text("instance"));
            }
        }
        return host;
    }

    /** Whether both are the same; what that takes depends on the length of {@code presented} alone. */
    public static boolean same(String expected, String presented) {
        return MessageDigest.isEqual(
                presented.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private static Listed listed(String id, Doc key) {
        return new Listed(
                id,
                String.valueOf(key.text("source")),
                Boolean.TRUE.equals(key.get("enabled")),
                key.number("createdAt", 0));
    }
}
