package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code PenTest:IAMUser/KaliLinux}, {@code …/ParrotLinux}, {@code …/PentooLinux} and the same of {@code PenTest:S3}: a
 * tester's system in the user agent.
 */
final class KaliLinux implements ApiCallDetector {

    static final FindingType KALI = type("IAMUser/KaliLinux", "Kali Linux").build();
    static final FindingType PARROT =
            type("IAMUser/ParrotLinux", "Parrot Security Linux").build();
    static final FindingType PENTOO =
            type("IAMUser/PentooLinux", "Pentoo Linux").build();
    static final FindingType S3_KALI = ofBucket(type("S3/KaliLinux", "Kali Linux"));
    static final FindingType S3_PARROT = ofBucket(type("S3/ParrotLinux", "Parrot Security Linux"));
    static final FindingType S3_PENTOO = ofBucket(type("S3/PentooLinux", "Pentoo Linux"));

    /** The word as a token of the operating-system part: {@code distrib#kali.2024}, {@code Linux/6.6.9-kali1-amd64}. */
    private static final Pattern SYSTEM = Pattern.compile(
            "(?:linux[/#]\\S*[-.+]|source/\\S*[.]|distrib[#/]|os/|[(; ])(kali|parrot|pentoo)(?:[\\d.\\-_ );/+]|$)");

    /** Agents remembered; a power of two. */
    private static final int AGENTS = 1_024;

    private record Agent(String text, @Nullable String system) {}

    /** No state: it holds what follows from the agent alone, whole in one object, so threads may share it. */
    private final @Nullable Agent[] agents = new Agent[AGENTS];

    private static FindingType ofBucket(FindingType.Builder type) {
        return type.feature(FindingType.Feature.S3_DATA_EVENTS)
                .about(FindingType.DataSource.S3_DATA, FindingType.ResourceKind.S3_BUCKET, FindingType.Role.TARGET)
                .build();
    }

    private static FindingType.Builder type(String family, String system) {
        return FindingType.named("PenTest:" + family)
                .severity(5)
                .texts(
                        "API {api} was invoked from a " + system + " computer.",
                        "API {api} was invoked by {user} from IP address {address}, a computer that runs " + system
                                + ", a system made for penetration tests. An attacker may be using it to look for"
                                + " weak places.")
                .firesWhen("the user agent of any call names " + system + " as its operating system.")
                .doesNotSee("a changed user agent; the word elsewhere in it, such as in an application's name.")
                .nextSteps("Ask whether a test is going on and whether this identity belongs to it. If not, take the"
                        + " credentials for stolen: disable them and read what they did.")
                .technique("T1078.004");
    }

    @Override
    public List<FindingType> types() {
        return List.of(KALI, PARROT, PENTOO, S3_KALI, S3_PARROT, S3_PENTOO);
    }

    @Override
    public Set<String> actions() {
        return Set.of();
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        String system = call.userAgent() == null || call.byService() ? null : system(call.userAgent());
        if (system != null) {
            boolean bucket = call.isS3Data();
            FindingType type = type(system, bucket);
            ApiCallSignal signal =
                    bucket ? S3DataCalls.signal(type, call, context) : ApiCallSignal.of(type, call, context);
            out.accept(signal.additional("userAgent", new Doc().with("fullUserAgent", call.userAgent()))
                    .build());
        }
    }

    private static FindingType type(String system, boolean bucket) {
        return switch (system) {
            case "kali" -> bucket ? S3_KALI : KALI;
            case "parrot" -> bucket ? S3_PARROT : PARROT;
            default -> bucket ? S3_PENTOO : PENTOO;
        };
    }

    /** The system that an agent names; agents come again and again, so what the last ones named is remembered. */
    private @Nullable String system(String userAgent) {
        int hash = userAgent.hashCode();
        int place = (hash ^ hash >>> 16) & (AGENTS - 1);
        Agent known = agents[place];
        if (known == null || !known.text().equals(userAgent)) {
            known = new Agent(userAgent, found(userAgent));
            agents[place] = known;
        }
        return known.system();
    }

    private static @Nullable String found(String userAgent) {
        String lower = userAgent.toLowerCase(Locale.ROOT);
        if (!lower.contains("kali") && !lower.contains("parrot") && !lower.contains("pentoo")) {
            return null;
        }
        var found = SYSTEM.matcher(lower);
        return found.find() ? found.group(1) : null;
    }
}
