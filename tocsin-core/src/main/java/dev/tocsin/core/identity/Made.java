package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Identities that others of the account made, or made credentials for, from unusual places: what was unusual about the
 * maker goes on in what they made (anomaly research 3.2, rule b).
 */
final class Made {

    /** Days that a made identity answers for its maker (ours: an attacker seldom waits longer to use what they made). */
    static final int DAYS = 14;

    /** Identities kept; beyond that the one made the longest ago goes. */
    static final int MOST = 256;

    /** Calls that make an identity or a credential of one. */
    static final Set<String> ACTIONS =
            Set.of("CreateUser", "CreateRole", "CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile");

    private static final FieldPath USER = FieldPath.of("requestParameters.userName");
    private static final FieldPath ROLE = FieldPath.of("requestParameters.roleName");
    private static final FieldPath KEY = FieldPath.of("responseElements.accessKey.accessKeyId");

    /** The fields that it reads. */
    static final List<FieldPath> FIELDS = List.of(USER, ROLE, KEY);

    private static final String USERS = "user/";
    private static final String ROLES = "role/";
    private static final String KEYS = "key/";

    private final Map<String, By> made = new HashMap<>();

    private record By(long day, Surroundings from) {}

    /** Notes what {@code call} of {@code day}, made from {@code from}, makes. */
    void note(ApiCall call, long day, Surroundings from) {
        if (!ACTIONS.contains(call.action()) || call.failed() || !from.isUnusual()) {
            return;
        }
        String key = call.field(KEY);
        String user = call.field(USER);
        String role = call.field(ROLE);
        By by = new By(day, from.copy());
        if (key != null) {
            put(KEYS + key, by); // others of the user's keys are no less theirs
        } else if (user != null) {
            put(USERS + user, by);
        } else if (role != null) {
            put(ROLES + role, by);
        }
    }

    private void put(String name, By by) {
        made.put(name, by);
        if (made.size() > MOST) {
            made.keySet().stream().min((one, other) -> older(one, other)).ifPresent(made::remove);
        }
    }

    private int older(String one, String other) {
        By first = made.get(one);
        By second = made.get(other);
        int days = Long.compare(first == null ? 0 : first.day(), second == null ? 0 : second.day());
        return days == 0 ? one.compareTo(other) : days;
    }

    /**
     * Where the maker of the caller of {@code call} came from, if it, or the key that it uses, was made lately.
     *
     * @param young whether the caller has too little history to be judged by it
     */
    @Nullable
    Surroundings maker(ApiCall call, boolean young, long day) {
        if (made.isEmpty()) {
            return null;
        }
        By by = made.get(KEYS + call.identity().accessKeyId());
        if (by == null && young) {
            by = made.get(name(call));
        }
        return by == null || day - by.day() > DAYS ? null : by.from();
    }

    private static String name(ApiCall call) {
        String user = call.identity().userName();
        return "IAMUser".equals(call.identity().type()) && user != null
                ? USERS + user
                : ROLES + call.identity().issuerUserName();
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Map.Entry<String, By> one : new TreeMap<>(made).entrySet()) {
            out.writeString(one.getKey());
            out.writeNumber(one.getValue().day());
            one.getValue().from().write(out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote, from the next token on. */
    static Made read(JsonParser in) throws IOException {
        Made made = new Made();
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            String name = in.getText();
            made.made.put(name, new By(in.nextLongValue(0), Surroundings.read(in)));
        }
        return made;
    }
}
