package dev.tocsin.server.api.own;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.Techniques;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code GET /tocsin/v1/types}: the finding types as {@code tocsin types} tells of them, with the tactic each is filed under. */
final class TypesApi {

    /** Tactics of the purposes that MITRE ATT&amp;CK calls otherwise or does not know, in words. */
    private static final Map<String, String> TACTICS = Map.ofEntries(
            Map.entry("Stealth", "Defense Evasion"),
            Map.entry("DefenseImpairment", "Defense Evasion"),
            Map.entry("Recon", "Discovery"),
            Map.entry("PenTest", "Discovery"),
            Map.entry("UnauthorizedAccess", "Initial Access"),
            Map.entry("Policy", "Persistence"),
            Map.entry("Backdoor", "Command and Control"),
            Map.entry("Trojan", "Command and Control"),
            Map.entry("Behavior", "Command and Control"),
            Map.entry("CryptoCurrency", "Impact"),
            Map.entry("AttackSequence", "Several tactics"));

    /** The technique, with those below it, of getting data out, whatever the purpose is called. */
    private static final String ALTERNATIVE_PROTOCOL = "T1048";

    private static final String PUBLIC_BUCKETS = "Policy:S3/";

    void addTo(OwnApi api) {
        api.on(
                "GET types",
                OwnApi.READERS,
                (caller, request) -> OwnAnswers.json(200, new Doc().with("types", types())));
    }

    private static List<Doc> types() {
        return Detectors.types().values().stream()
                .sorted(Comparator.comparing(FindingType::name))
                .map(TypesApi::type)
                .toList();
    }

    private static Doc type(FindingType type) {
        Doc thresholds = new Doc();
        type.thresholds().forEach(thresholds::with);
        return new Doc()
                .with("type", type.name())
                .with("tactic", tactic(type))
                .with("technique", type.technique())
                .with("techniqueName", Techniques.named(type.technique()))
                .with("severity", type.severity())
                .with("source", type.source().name())
                .with("feature", type.feature().name())
                .with("resourceType", type.resource().wire())
                .with("needs", type.needs())
                .with("firesWhen", type.firesWhen())
                .with("doesNotSee", type.doesNotSee())
                .with("nextSteps", type.nextSteps())
                .with("thresholds", thresholds);
    }

    private static String tactic(FindingType type) {
        boolean getsDataOut = String.valueOf(type.technique()).startsWith(ALTERNATIVE_PROTOCOL)
                || type.name().startsWith(PUBLIC_BUCKETS);
        String purpose = type.name().substring(0, type.name().indexOf(':'));
        return getsDataOut ? "Exfiltration" : TACTICS.getOrDefault(purpose, Techniques.words(purpose));
    }
}
