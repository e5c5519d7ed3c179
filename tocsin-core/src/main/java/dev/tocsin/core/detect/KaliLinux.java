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

/** {@code PenTest:IAMUser/KaliLinux}, {@code …/ParrotLinux}, {@code …/PentooLinux}: a tester's system in the user agent. */
final class KaliLinux implements ApiCallDetector {

    static final FindingType KALI = type("KaliLinux", "Kali Linux");
    static final FindingType PARROT = type("ParrotLinux", "Parrot Security Linux");
    static final FindingType PENTOO = type("PentooLinux", "Pentoo Linux");

    /** The word as a token of the operating-system part: {@code distrib#kali.2024}, {@code Linux/6.6.9-kali1-amd64}. */
    private static final Pattern SYSTEM = Pattern.compile(
            "(?:linux[/#]\\S*[-.+]|source/\\S*[.]|distrib[#/]|os/|[(; ])(kali|parrot|pentoo)(?:[\\d.\\-_ );/+]|$)");

    private static FindingType type(String family, String system) {
        return FindingType.named("PenTest:IAMUser/" + family)
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
                .technique("T1078.004")
                .build();
    }

    @Override
    public List<FindingType> types() {
        return List.of(KALI, PARROT, PENTOO);
    }

    @Override
    public Set<String> actions() {
        return Set.of();
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        FindingType type = call.userAgent() == null || call.byService() ? null : system(call.userAgent());
        if (type != null) {
            out.accept(ApiCallSignal.of(type, call, context)
                    .additional("userAgent", new Doc().with("fullUserAgent", call.userAgent()))
                    .build());
        }
    }

    private static @Nullable FindingType system(String userAgent) {
        String lower = userAgent.toLowerCase(Locale.ROOT);
        if (!lower.contains("kali") && !lower.contains("parrot") && !lower.contains("pentoo")) {
            return null;
        }
        var found = SYSTEM.matcher(lower);
        if (!found.find()) {
            return null;
        }
        return switch (found.group(1)) {
            case "kali" -> KALI;
            case "parrot" -> PARROT;
            default -> PENTOO;
        };
    }
}
