package dev.tocsin.server.deliver;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.Nearest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members of a destination, checked. docs/destinations.md explains each. */
public final class DestinationForm {

    /** Minutes that a destination may fail before what waits is dead, unless it is said. */
    static final long GIVE_UP_MINUTES = 24 * 60;

    /** Messages a minute of a format for people, unless it is said. Ours: what somebody can follow. */
    static final int RATE_FOR_PEOPLE = 20;

    /** The member that holds several texts by name, secrets among them. */
    static final String PROPERTIES = "properties";

    /** Members that nobody is shown; an address of a webhook often carries a key. */
    static final List<String> SECRETS = List.of("url", "secret", "authorization", PROPERTIES);

    /** Members that say where a destination is. */
    private static final List<String> ADDRESSES = List.of("url", "brokers");

    /** Secrets that are sent to it. What signs ({@code secret}) is never sent. */
    private static final List<String> LOGINS = List.of("authorization", PROPERTIES);

    /** Members that only the configuration may set, as they reach beyond the service. */
    static final List<String> CONFIGURED = List.of("allowLinkLocal", "certificates");

    private static final List<String> ALL = List.of(
            "name",
            "type",
            "format",
            "enabled",
            "minSeverity",
            "types",
            "accounts",
            "regions",
            "replicas",
            "frequency",
            "rate",
            "giveUpAfter",
            "allowLinkLocal");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");
    private static final Pattern TOPIC = Pattern.compile("arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}");
    private static final Pattern KAFKA_TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
    private static final Pattern BROKER = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):\\d{1,5}");
    private static final Pattern SERVER = Pattern.compile("(?:udp|tcp|tls)://[^/?#@]+:\\d{1,5}");
    private static final Pattern HEADER = Pattern.compile("[\\x20-\\x7e]{1,4096}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final int MOST_LISTED = 1_000;
    private static final int MOST_RATE = 100_000;
    private static final int MOST_GIVE_UP = 90 * 24 * 60;

    private DestinationForm() {}

    /**
     * Checks that {@code changes} send no login of {@code before} to another address.
     *
     * @throws Wrong if one of them would
     */
    static void keepsLogins(Doc before, Doc changes) throws Wrong {
        boolean moves = ADDRESSES.stream()
                .anyMatch(member ->
                        changes.get(member) != null && !Objects.equals(changes.get(member), before.get(member)));
        for (String login : LOGINS) {
            if (moves && before.get(login) != null && changes.get(login) == null) {
                throw new Wrong(login, "Give it anew, or empty, where the address changes.");
            }
        }
    }

    /** A member that is wrong; the message says what was expected. */
    public static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;
        private final String member;

        Wrong(String member, String expected) {
            super(expected);
            this.member = member;
        }

        /** Which. */
        public String member() {
            return member;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /**
     * Checks {@code members}.
     *
     * @param configured whether the operator's configuration says it, which may do more
     */
    public static void check(Doc members, boolean configured) throws Wrong {
        String name = members.text("name");
        if (name == null || !NAME.matcher(name).matches()) {
            throw new Wrong("name", "Expected 1 to 64 letters, digits, blanks, '.', '_' or '-'.");
        }
        DestinationType type = oneOf(members, "type", DestinationType.names()) ? type(members) : null;
        if (type == null) {
            throw new Wrong("type", "Expected one of " + String.join(", ", DestinationType.names()) + ".");
        }
        oneOf(members, "format", Format.names());
        oneOf(members, "frequency", Frequency.NAMES);
        known(members, type, configured);
        number(members, "minSeverity", 0, 10);
        number(members, "rate", 0, MOST_RATE);
        number(members, "giveUpAfter", 1, MOST_GIVE_UP);
        for (String flag : List.of("enabled", "replicas", "allowLinkLocal")) {
            if (members.get(flag) != null && !(members.get(flag) instanceof Boolean)) {
                throw new Wrong(flag, "Expected true or false.");
            }
        }
        for (String list : List.of("types", "accounts", "regions")) {
            list(members, list);
        }
        ofType(members, type, configured);
    }

    private static void known(Doc members, DestinationType type, boolean configured) throws Wrong {
        Set<String> known = new LinkedHashSet<>(ALL);
        known.addAll(type.required());
        known.addAll(type.optional());
        for (String member : members.members().keySet()) {
            if (!known.contains(member)) {
                throw new Wrong(
                        member, "A destination of type " + type.wire() + " has none" + Nearest.hint(member, known));
            }
            if (!configured && CONFIGURED.contains(member)) {
                throw new Wrong(member, "Only the configuration of the service sets it.");
            }
        }
        for (String member : type.required()) {
            boolean given = member.equals("brokers")
                    ? members.get(member) != null && !List.of().equals(members.get(member))
                    : members.text(member) != null;
            if (!given) {
                throw new Wrong(member, "A destination of type " + type.wire() + " needs it.");
            }
        }
    }

    private static void ofType(Doc members, DestinationType type, boolean configured) throws Wrong {
        if (members.text("url") != null) {
            address(String.valueOf(members.text("url")), "url");
        }
        if (members.text("queue") != null) {
            address(String.valueOf(members.text("queue")), "queue");
        }
        if (type == DestinationType.KAFKA) {
            matches(
                    members,
                    "topic",
                    KAFKA_TOPIC,
                    "Expected a topic's name: 1 to 249 letters, digits, '.', '_' or '-'.");
            list(members, "brokers");
            if (!texts(members, "brokers").stream()
                    .allMatch(one -> BROKER.matcher(one).matches())) {
                throw new Wrong("brokers", "Expected HOST:PORT each, such as kafka-1.example.com:9092.");
            }
            KafkaSettings.check(members.get(PROPERTIES), configured);
        } else {
            matches(
                    members,
                    "topic",
                    TOPIC,
                    "Expected a topic's ARN such as arn:aws:sns:eu-central-1:111122223333:alerts.");
        }
        matches(members, "server", SERVER, "Expected udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT.");
        matches(members, "secret", HEADER, "Expected 1 to 4096 letters of ASCII.");
        matches(members, "authorization", HEADER, "Expected 1 to 4096 letters of ASCII.");
        number(members, "maxMegabytes", 1, 100_000);
        number(members, "keep", 0, 1_000);
        String path = members.text("path");
        if (path != null && !configured && !FILE.matcher(path).matches()) {
            throw new Wrong(
                    "path",
                    "Expected the name of a file in the folder 'destinations' of the service's data; the configuration may"
                            + " name any.");
        }
        if (path != null && configured && Path.of(path).getFileName() == null) {
            throw new Wrong("path", "Expected a file.");
        }
    }

    private static void address(String url, String member) throws Wrong {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new Wrong(member, "Expected a URL: " + e.getMessage());
        }
        boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        if (url.endsWith("/...")) {
            throw new Wrong(member, "Expected the whole address; what is shown is cut.");
        }
        if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new Wrong(
                    member, "Expected a URL such as https://receiver.example.com/findings, without a user in it.");
        }
    }

    private static void matches(Doc members, String member, Pattern pattern, String expected) throws Wrong {
        Object value = members.get(member);
        if (value != null
                && !(value instanceof String text && pattern.matcher(text).matches())) {
            throw new Wrong(member, expected);
        }
    }

    private static boolean oneOf(Doc members, String member, List<String> names) throws Wrong {
        Object value = members.get(member);
        if (value != null && !(value instanceof String text && names.contains(text))) {
            throw new Wrong(
                    member, "Expected one of " + String.join(", ", names) + Nearest.hint(String.valueOf(value), names));
        }
        return value != null;
    }

    private static void number(Doc members, String member, double least, double most) throws Wrong {
        Object value = members.get(member);
        boolean right = value instanceof Long || (value instanceof Double && member.equals("minSeverity"));
        if (value != null
                && (!right || ((Number) value).doubleValue() < least || ((Number) value).doubleValue() > most)) {
            throw new Wrong(member, "Expected a number from " + (long) least + " to " + (long) most + ".");
        }
    }

    private static void list(Doc members, String member) throws Wrong {
        Object value = members.get(member);
        boolean right = value instanceof List<?> list
                && list.size() <= MOST_LISTED
                && list.stream().allMatch(one -> one instanceof String text && !text.isEmpty());
        if (value != null && !right) {
            throw new Wrong(member, "Expected a list of texts, at most " + MOST_LISTED + ".");
        }
    }

    /** The type, or null if it names none. */
    static @Nullable DestinationType typeOrNull(Doc members) {
        for (DestinationType type : DestinationType.values()) {
            if (type.wire().equals(members.text("type"))) {
                return type;
            }
        }
        return null;
    }

    static DestinationType type(Doc members) {
        DestinationType type = typeOrNull(members);
        if (type == null) {
            throw new IllegalArgumentException("no type of destinations: " + members.text("type"));
        }
        return type;
    }

    static Format format(Doc members, DestinationType type) {
        for (Format format : Format.values()) {
            if (format.wire().equals(members.text("format"))) {
                return format;
            }
        }
        return type.usual();
    }

    static List<String> texts(Doc members, String member) {
        List<String> texts = new ArrayList<>();
        if (members.get(member) instanceof List<?> list) {
            list.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }

    /** {@code members} without secrets, as somebody is shown them: of an address only where it leads. */
    public static Doc shown(Doc members) {
        Doc shown = new Doc();
        for (Map.Entry<String, Object> member : members.members().entrySet()) {
            if (member.getKey().equals("url")) {
                shown.with("url", origin(String.valueOf(member.getValue())));
            } else if (SECRETS.contains(member.getKey())) {
                shown.with(member.getKey() + "Set", true);
            } else {
                shown.with(member.getKey(), member.getValue());
            }
        }
        return shown;
    }

    private static String origin(String url) {
        URI uri = URI.create(url);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        boolean more = path.length() > 1 || uri.getRawQuery() != null;
        return uri.getScheme() + "://" + uri.getRawAuthority() + (more ? "/..." : path);
    }
}
