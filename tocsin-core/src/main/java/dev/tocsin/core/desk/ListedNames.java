package dev.tocsin.core.desk;

import dev.tocsin.core.detect.ListedName;
import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which hosts ask for so many listed names of so many kinds, within a day, that one finding of the host says more than one of
 * each kind. From then on, and looking back, its listed names are that one finding.
 */
final class ListedNames {

    /** Different listed names within a day (UTC). Ours: a threat intelligence tool asks for hundreds, malware for a few of its own. */
    static final int NAMES = 20;

    /**
     * Finding types that they make. Ours: malware has names of its own kind, of where it was loaded from and of where it
     * leaves data, and perhaps mines; phishing, drive-by, sinkholes and free services come in addition where all lists are
     * looked up.
     */
    static final int TYPES = 6;

    /** Days remembered of a host; late queries count in theirs. */
    static final int MOST_DAYS = 3;

    private static final long DAY_SECONDS = 86_400;

    private static final StateKind<Doc> KIND = StateKind.ofDocs("listedNames", 1);

    private static final Set<FindingType> CONCERNED = Set.copyOf(ListedName.LISTED);

    /** What is known of a host. */
    enum Verdict {
        /** Its listed names are findings each. */
        FEW,
        /** They are one finding from this signal on: the others are to be gathered. */
        BECAME_MANY,
        /** They are one finding. */
        MANY
    }

    private ListedNames() {}

    /** Notes {@code signal} of the resource {@code key}; what that makes of it. */
    static Verdict note(Signal signal, String key, KeyContext context) {
        if (!CONCERNED.contains(signal.type())) {
            return Verdict.FEW;
        }
        Doc known = context.get(KIND, key);
        Doc host = known == null ? new Doc() : known;
        boolean many = Boolean.TRUE.equals(host.get("many"));
        Set<String> types = texts(host, "types");
        boolean newType = types.add(signal.type().name());
        if (many) {
            if (newType) {
                context.put(KIND, key, new Doc().with("many", true).with("types", List.copyOf(types)));
            }
            return Verdict.MANY;
        }
        Doc days = new Doc().withAll(host.part("days"));
        if (add(signal, days)) {
            context.put(KIND, key, new Doc().with("many", true).with("types", List.copyOf(types)));
            return Verdict.BECAME_MANY;
        }
        context.put(KIND, key, new Doc().with("types", List.copyOf(types)).with("days", latest(days)));
        return Verdict.FEW;
    }

    /** Adds to the day of {@code signal}; whether that day has enough. */
    private static boolean add(Signal signal, Doc days) {
        String day = String.valueOf(Math.floorDiv(signal.last(), DAY_SECONDS));
        Doc known = days.part(day);
        Set<String> names = texts(known, "names");
        Set<String> types = texts(known, "types");
        types.add(signal.type().name());
        if (names.size() < NAMES) {
            names.add(Long.toHexString(Hash.of(name(signal))));
        }
        days.with(day, new Doc().with("names", List.copyOf(names)).with("types", List.copyOf(types)));
        return names.size() >= NAMES && types.size() >= TYPES;
    }

    private static String name(Signal signal) {
        return String.valueOf(signal.action().part("dnsRequestAction").text("domain"));
    }

    private static Doc latest(Doc days) {
        Doc kept = new Doc();
        days.members().keySet().stream()
                .sorted((one, other) -> Long.compare(Long.parseLong(other), Long.parseLong(one)))
                .limit(MOST_DAYS)
                .forEach(day -> kept.with(day, days.get(day)));
        return kept;
    }

    private static Set<String> texts(Doc doc, String member) {
        Set<String> texts = new TreeSet<>();
        if (doc.get(member) instanceof List<?> list) {
            list.forEach(text -> texts.add(String.valueOf(text)));
        }
        return texts;
    }

    /** Names of the types that the finding of the resource {@code key} stands for. */
    static List<String> types(String key, KeyContext context) {
        Doc host = context.get(KIND, key);
        return host == null ? List.of() : List.copyOf(texts(host, "types"));
    }
}
