package dev.tocsin.server.security;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.sign.SignatureVerifier;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The access keys of a store. A secret is shown once, when it is made, and kept sealed. */
public final class AccessKeys implements SignatureVerifier.Keys {

    private static final String KIND = "access-key";
    private static final String ANYWHERE = "";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_LETTERS = 16;
    private static final int SECRET_BYTES = 30;

    private final Store store;
    private final Sealer sealer;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * A key as lists show it.
     *
     * @param id the access key id
     * @param account whose API it opens
     * @param createdAt epoch seconds
     */
    public record Listed(String id, String account, Role role, boolean enabled, long createdAt) {}

    /**
     * A key just made.
     *
     * @param secret shown this once
     */
    public record Fresh(String id, String secret, String account) {
        /** In the form of AWS's shared credentials file. */
        public String toCredentials() {
            return "[default]\naws_access_key_id = " + id + "\naws_secret_access_key = " + secret
                    + "\naws_account_id = " + account + "\n";
        }
    }

    /** Keys kept in {@code store}, their secrets sealed by {@code sealer}. */
    public AccessKeys(Store store, Sealer sealer, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.sealer = sealer;
        this.random = random;
        this.clock = clock;
    }

    /** Makes a key for {@code account}. */
    public Fresh create(String account, Role role) throws StoreException {
        StringBuilder id = new StringBuilder("AKIA");
        for (int i = 0; i < ID_LETTERS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        Fresh fresh = new Fresh(id.toString(), Base64.getEncoder().encodeToString(secret), account);
        Doc document = new Doc()
                .with("account", account)
                .with("role", role.text())
                .with("enabled", true)
                .with("createdAt", clock.instant().getEpochSecond())
                .with("secret", sealer.seal(fresh.secret(), fresh.id()));
        store.write(transaction -> transaction.resource(new Resource(ANYWHERE, ANYWHERE, KIND, fresh.id(), document)));
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

    @Override
    public @Nullable String secret(String id) {
        Doc key = enabled(id);
        String sealed = key == null ? null : key.text("secret");
        return sealed == null ? null : sealer.open(sealed, id);
    }

    /** The key, if it is there and enabled. */
    public @Nullable Listed find(String id) throws StoreException {
        Resource key = store.resource(ANYWHERE, ANYWHERE, KIND, id);
        Listed listed = key == null ? null : listed(id, key.document());
        return listed != null && listed.enabled() ? listed : null;
    }

    private @Nullable Doc enabled(String id) {
        try {
            Resource key = store.resource(ANYWHERE, ANYWHERE, KIND, id);
            return key != null && Boolean.TRUE.equals(key.document().get("enabled")) ? key.document() : null;
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Listed listed(String id, Doc key) {
        return new Listed(
                id,
                String.valueOf(key.text("account")),
                Role.of(String.valueOf(key.text("role"))),
                Boolean.TRUE.equals(key.get("enabled")),
                key.number("createdAt", 0));
    }
}
