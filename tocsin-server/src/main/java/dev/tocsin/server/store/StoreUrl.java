package dev.tocsin.server.store;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database that holds a store.
 *
 * @param url {@code jdbc:postgresql://HOST[:PORT]/DATABASE[?…]}, without a secret
 * @param login user and password, where they are given
 */
public record StoreUrl(String url, Map<String, String> login) {

    /** The environment's variable that names the user. */
    static final String USER = "TOCSIN_STORE_USER";

    /** The environment's variable that holds the password. */
    static final String PASSWORD = "TOCSIN_STORE_PASSWORD";

    private static final String SCHEME = "jdbc:postgresql:";

    /**
     * The database at {@code url}; user and password are read from {@code environment}.
     *
     * @throws IllegalArgumentException if it is no such URL or holds a password; the message says so
     */
    public static StoreUrl of(String url, Map<String, String> environment) {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException(
                    "expected " + SCHEME + "//HOST/DATABASE; without a url the store is kept" + " in the data folder");
        }
        if (url.toLowerCase(Locale.ROOT).contains("password=") || url.contains("@")) {
            throw new IllegalArgumentException("no password in the url; give it in the variable " + PASSWORD);
        }
        Map<String, String> login = new HashMap<>();
        put(login, "user", environment.get(USER));
        put(login, "password", environment.get(PASSWORD));
        return new StoreUrl(url, Map.copyOf(login));
    }

    private static void put(Map<String, String> login, String name, @Nullable String value) {
        if (value != null) {
            login.put(name, value);
        }
    }

    /** Without what it opens with. */
    @Override
    public String toString() {
        return url;
    }
}
