package dev.tocsin.server.feed;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What feeds prove themselves with, from the environment: {@code TOCSIN_FEED_NAME_KEY} and so on, never from a file or URL. */
final class FeedSecrets {

    private static final String PREFIX = "TOCSIN_FEED_";

    private final Map<String, String> environment;

    FeedSecrets(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The variable that holds {@code what} of {@code feed}: its name in capitals, a dash is an underscore. */
    static String variable(Feed feed, String what) {
        return PREFIX + feed.name().toUpperCase(Locale.ROOT).replace('-', '_') + "_" + what;
    }

    /** The key of {@code feed}, or null. */
    @Nullable
    String key(Feed feed) {
        return given(feed, "KEY");
    }

    /** The Authorization header of {@code feed}: a bearer's {@code _TOKEN}, else {@code _USER} and {@code _PASSWORD}, else null. */
    @Nullable
    String authorization(Feed feed) {
        String token = given(feed, "TOKEN");
        if (token != null) {
            return "Bearer " + token;
        }
        String user = given(feed, "USER");
        if (user == null) {
            return null;
        }
        String password = given(feed, "PASSWORD");
        byte[] both = (user + ":" + (password == null ? "" : password)).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private @Nullable String given(Feed feed, String what) {
        String value = environment.get(variable(feed, what));
        return value == null || value.isBlank() ? null : value.strip();
    }
}
