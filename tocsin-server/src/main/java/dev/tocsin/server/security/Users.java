package dev.tocsin.server.security;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The people who sign in with a password. It is kept as Argon2id makes it. */
public final class Users {

    private static final String KIND = "console-user";
    private static final String ANYWHERE = "";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,64}");

    private final Store store;
    private final SecureRandom random;
    private final InstantSource clock;

    private @Nullable String nobody;

    /**
     * A user as lists show it.
     *
     * @param account whose API it opens
     * @param createdAt epoch seconds
     */
    public record Listed(String name, String account, Role role, boolean enabled, long createdAt) {}

    /** Users kept in {@code store}. */
    public Users(Store store, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes a user.
     *
     * @throws IllegalArgumentException if name, password or role will not do, or there is one of that name; the message is
     *     for people
     */
    public void create(String name, String account, Role role, String password) throws StoreException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name has 1 to 64 letters, digits and . _ @ + -");
        }
        if (role == Role.INGEST) {
            throw new IllegalArgumentException("a user is administrator or reader; engines have keys");
        }
        check(password);
        Doc document = new Doc()
                .with("account", account)
                .with("role", role.text())
                .with("enabled", true)
                .with("createdAt", clock.instant().getEpochSecond())
                .with("password", Passwords.kept(password, random));
        boolean[] taken = new boolean[1];
        store.write(transaction -> {
            taken[0] = store.resource(ANYWHERE, ANYWHERE, KIND, name) != null;
            if (!taken[0]) {
                transaction.resource(new Resource(ANYWHERE, ANYWHERE, KIND, name, document));
            }
        });
        if (taken[0]) {
            throw new IllegalArgumentException("there is a user " + name + " already");
        }
    }

    private static void check(String password) {
        if (password.length() < Passwords.SHORTEST || password.length() > Passwords.LONGEST) {
            throw new IllegalArgumentException(
                    "a password has " + Passwords.SHORTEST + " to " + Passwords.LONGEST + " characters");
        }
    }

    /** Gives a user another password; false if there is no such user. */
    public boolean password(String name, String password) throws StoreException {
        check(password);
        return change(name, new Doc().with("password", Passwords.kept(password, random)));
    }

    /** Ends what a user may do, at once; false if there is no such user. */
    public boolean disable(String name) throws StoreException {
        return change(name, new Doc().with("enabled", false));
    }

    private boolean change(String name, Doc change) throws StoreException {
        Resource user = store.resource(ANYWHERE, ANYWHERE, KIND, name);
        if (user == null) {
            return false;
        }
        store.write(transaction -> transaction.resource(
                user.with(new Doc().withAll(user.document()).withAll(change))));
        return true;
    }

    /** All users, oldest first. */
    public List<Listed> list() throws StoreException {
        return store.resources(ANYWHERE, ANYWHERE, KIND).stream()
                .map(Users::listed)
                .toList();
    }

    /** The user, if it is there and enabled. */
    public @Nullable Listed find(String name) throws StoreException {
        Resource user = store.resource(ANYWHERE, ANYWHERE, KIND, name);
        Listed listed = user == null ? null : listed(user);
        return listed != null && listed.enabled() ? listed : null;
    }

    /** The user whose name and password these are, or null. */
    @Nullable
    Listed signIn(String name, String password) throws StoreException {
        Resource user = store.resource(ANYWHERE, ANYWHERE, KIND, name);
        String kept = user == null ? nobody() : String.valueOf(user.document().text("password"));
        boolean right = Passwords.matches(password, kept);
        return right ? find(name) : null;
    }

    /** What is compared where there is no such user, so that both take the same time. */
    private synchronized String nobody() {
        String made = nobody == null ? Passwords.kept("nobody", random) : nobody;
        nobody = made;
        return made;
    }

    private static Listed listed(Resource user) {
        Doc document = user.document();
        return new Listed(
                user.id(),
                String.valueOf(document.text("account")),
                Role.of(String.valueOf(document.text("role"))),
                Boolean.TRUE.equals(document.get("enabled")),
                document.number("createdAt", 0));
    }
}
