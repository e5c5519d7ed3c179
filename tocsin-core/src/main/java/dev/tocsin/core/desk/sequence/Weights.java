package dev.tocsin.core.desk.sequence;

import dev.tocsin.core.desk.sequence.Item.Kind;
import dev.tocsin.core.detect.Techniques;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What findings weigh as signals of a sequence, by their type: log2 of how much likelier an intrusion makes one. */
final class Weights {

    /** Bits of a call from Tor or from an address of the operator's own threat list: one benign identity-day in 10,000. */
    static final int TOR_BITS = 11;

    /** Bits of an address of a public list: those hold shared and reused addresses too. */
    static final int LIST_BITS = 8;

    /** Bits of an attacker's operating system: testers use it too. */
    static final int TOOL_BITS = 9;

    /** Bits of credentials that were stolen or are known to have leaked. */
    static final int THEFT_BITS = 11;

    /** Bits of a theft of which not all is sure, told by a severity below High. */
    static final int UNSURE_THEFT_BITS = 6;

    /** Bits of a sign-in from places that one person cannot be at. */
    static final int TRAVEL_BITS = 6;

    /** Bits of a finding about a call (policy, logging, a rule) where the call is unusual for its identity. */
    static final int RULE_BITS = 6;

    /** Bits of unusual use of a bucket's objects: of identity-days without an attack one in a hundred has an anomaly. */
    static final int OBJECTS_BITS = 6;

    /** Severity of High. */
    private static final double HIGH = 7;

    /** What a finding is as a signal. */
    record Weight(Kind kind, String tactic, String family, int bits) {}

    /** Types by a part of their name, the first that fits; those of hosts in {@link #HOSTS}. */
    private record Row(String part, Kind kind, @Nullable String tactic, String family, int bits) {}

    private static final List<Row> CALLS = List.of(
            new Row("TorIPCaller", Kind.CLUE, null, "Tor", TOR_BITS),
            new Row("MaliciousIPCaller.Custom", Kind.CLUE, null, "own list", TOR_BITS),
            new Row("MaliciousIPCaller", Kind.CLUE, null, "list", LIST_BITS),
            new Row("PenTest:", Kind.CLUE, "Discovery", "tool", TOOL_BITS),
            new Row("CredentialExfiltration", Kind.CLUE, "Credential Access", "theft", THEFT_BITS),
            new Row("IAMUser/CompromisedCredentials", Kind.CLUE, "Credential Access", "theft", THEFT_BITS),
            new Row("ConsoleLoginSuccess", Kind.CLUE, "Initial Access", "travel", TRAVEL_BITS),
            new Row("IAMUser/AnomalousBehavior", Kind.STORY, null, "", 0),
            new Row("S3/AnomalousBehavior", Kind.OWN, null, "s3", OBJECTS_BITS),
            new Row("RootCredentialUsage", Kind.STORY, "Initial Access", "", 0),
            new Row("", Kind.RULE, null, "", RULE_BITS));

    private static final String CONTROL = "Command and Control";
    private static final String DISCOVERY = "Discovery";
    private static final String EXFILTRATION = "Exfiltration";
    private static final String IMPACT = "Impact";

    /** Asked names on lists, of whatever kind: what crawlers, relays and resolvers ask too, so they are one piece of evidence. */
    static final String NAMES = "listed names";

    private static final List<Row> HOSTS = List.of(
            new Row("BitcoinTool", Kind.OWN, IMPACT, "mining", 9),
            new Row("BitcoinDomain", Kind.OWN, IMPACT, NAMES, 9),
            new Row("C&CActivity", Kind.OWN, CONTROL, "command and control", 9),
            new Row("MaliciousIPCaller.Custom", Kind.OWN, CONTROL, "own list", 9),
            new Row("MaliciousDomainRequest", Kind.OWN, CONTROL, NAMES, 8),
            new Row("ManyListedDomains", Kind.OWN, CONTROL, NAMES, 3),
            new Row("DropPoint", Kind.OWN, EXFILTRATION, "drop point", 8),
            new Row("DNSDataExfiltration", Kind.OWN, EXFILTRATION, "tunnel", 8),
            new Row("DGADomainRequest", Kind.OWN, CONTROL, "generated names", 7),
            new Row("DenialOfService", Kind.OWN, IMPACT, "flood", 7),
            new Row("MetadataDNSRebind", Kind.OWN, "Credential Access", "rebind", 7),
            new Row("Spambot", Kind.OWN, IMPACT, "spam", 6),
            new Row("BruteForce", Kind.OWN, "Lateral Movement", "guessing", 6),
            new Row("DriveBySourceTraffic", Kind.OWN, "Initial Access", "drive-by", 5),
            new Row("PhishingDomainRequest", Kind.OWN, "Initial Access", NAMES, 4),
            new Row("BlackholeTraffic", Kind.OWN, CONTROL, "sinkhole", 5),
            new Row("TorClient", Kind.OWN, CONTROL, "Tor", 5),
            new Row("TorRelay", Kind.OWN, CONTROL, "Tor", 5),
            new Row("Beacon", Kind.OWN, CONTROL, "rhythm", 4),
            new Row("Portscan", Kind.OWN, DISCOVERY, "scan", 5),
            new Row("Sweep", Kind.OWN, DISCOVERY, "scan", 5),
            new Row("TrafficVolumeUnusual", Kind.OWN, EXFILTRATION, "volume", 4),
            new Row("SuspiciousDomainRequest", Kind.OWN, CONTROL, NAMES, 3),
            new Row("AbusedDomainRequest", Kind.OWN, CONTROL, NAMES, 3),
            new Row("Unusual", Kind.OWN, CONTROL, "habits", 3),
            new Row("LongConnection", Kind.OWN, CONTROL, "habits", 3));

    private Weights() {}

    /** What a finding about credentials or a bucket weighs. */
    static Weight ofCall(Signal signal) {
        String name = signal.type().name();
        for (Row row : CALLS) {
            if (name.contains(row.part())) {
                String tactic = row.tactic() == null ? tactic(name) : row.tactic();
                boolean unsure = row.family().equals("theft") && signal.severity() < HIGH;
                return new Weight(row.kind(), tactic, row.family(), unsure ? UNSURE_THEFT_BITS : row.bits());
            }
        }
        throw new IllegalStateException("the last row fits every name");
    }

    /** What a finding about a host weighs; null for what somebody else does to it. */
    static @Nullable Weight ofHost(Signal signal) {
        if (signal.role() == FindingType.Role.TARGET) {
            return null;
        }
        String name = signal.type().name();
        return HOSTS.stream()
                .filter(row -> name.contains(row.part()))
                .findFirst()
                .map(row -> new Weight(row.kind(), String.valueOf(row.tactic()), family(name, row), row.bits()))
                .orElse(null);
    }

    /** A name's look-up is evidence of one family; generated names and tunnels are behaviour and stay their own. */
    private static String family(String type, Row row) {
        boolean behaviour = row.part().equals("DGADomainRequest") || row.part().equals("DNSDataExfiltration");
        return type.endsWith("!DNS") && !behaviour ? NAMES : row.family();
    }

    /** The tactic that a type's purpose stands for, in words. */
    static String tactic(String type) {
        String purpose = type.substring(0, Math.max(0, type.indexOf(':')));
        return switch (purpose) {
            case "Stealth", "DefenseImpairment" -> "Defense Evasion";
            case "Recon", "PenTest" -> DISCOVERY;
            case "UnauthorizedAccess" -> "Initial Access";
            case "Policy" -> type.contains("S3/") ? EXFILTRATION : "Persistence";
            default -> Techniques.words(purpose);
        };
    }
}
