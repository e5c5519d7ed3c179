package dev.tocsin.core.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.SequencePart.Indicator;
import dev.tocsin.core.finding.SequencePart.SignalType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** service.detection.sequence: what the document says, and that the order of adding changes nothing. */
final class SequenceTest {

    private static final long AT = 1_769_940_000L;

    @Test
    void aPartNamesActorResourcesAndEndpoint() {
        Doc part = part("cloudtrail:StopLogging", AT, "203.0.113.7");
        Doc actor = first(part, "actors");
        assertEquals("USER:AIDAEXAMPLE", actor.text("id"));
        assertEquals("AKIAEXAMPLE", actor.part("user").text("credentialUid"));
        assertEquals("DISABLED", actor.part("session").text("mfaStatus"));
        Doc resource = first(part, "resources");
        assertEquals("ACCESS_KEY", resource.text("resourceType"));
        assertEquals("alice", resource.part("data").part("accessKey").text("userName"));
        Doc endpoint = first(part, "endpoints");
        assertEquals("INBOUND", endpoint.part("connection").text("direction"));
        assertEquals(64_496, endpoint.part("autonomousSystem").number("number", 0));
        assertNull(endpoint.get("location"), "a place that nobody knows is not made up");
        Doc signal = first(part, "signals");
        assertEquals(List.of("USER:AIDAEXAMPLE"), signal.get("actorIds"));
        assertEquals(List.of("AKIAEXAMPLE"), signal.get("resourceUids"));
        assertEquals(List.of("203.0.113.7"), signal.get("endpointIds"));
    }

    @Test
    void signalsOfOneUidAreCountedTogether() {
        Sequence sequence = new Sequence();
        sequence.add(part("iam:CreateUser", AT + 60, "203.0.113.7"));
        sequence.add(part("iam:CreateUser", AT, "203.0.113.8"));
        Doc signal = sequence.signals().getFirst();
        assertEquals(1, sequence.signals().size());
        assertEquals(2, signal.number("count", 0));
        assertEquals(AT * 1_000, signal.number("firstSeenAt", 0));
        assertEquals((AT + 60) * 1_000, signal.number("lastSeenAt", 0));
        assertEquals(List.of("203.0.113.7", "203.0.113.8"), signal.get("endpointIds"));
    }

    @Test
    void theOrderOfAddingChangesNothing() {
        List<Doc> parts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            parts.add(part("iam:Call" + i % 7, AT + i, "203.0.113." + i % 4));
        }
        Sequence straight = new Sequence();
        parts.forEach(straight::add);
        Collections.shuffle(parts, new Random(5));
        Sequence shuffled = new Sequence();
        parts.forEach(shuffled::add);
        assertEquals(straight.toState(), shuffled.toState());
        Sequence restored = new Sequence();
        restored.add(straight.toState());
        assertEquals(straight.toState(), restored.toState());
    }

    @Test
    void theSignalsThatBeganFirstAreKept() {
        Sequence sequence = new Sequence();
        for (int i = Sequence.MOST_SIGNALS; i >= 0; i--) {
            sequence.add(part("iam:Call" + i, AT + i, "203.0.113.7"));
        }
        assertEquals(Sequence.MOST_SIGNALS, sequence.signals().size());
        assertEquals("iam:Call0", sequence.signals().getFirst().text("name"));
    }

    @Test
    void indicatorsOfAllSignalsAreToldOnce() {
        Sequence sequence = new Sequence();
        sequence.add(part("iam:CreateUser", AT, "203.0.113.7"));
        sequence.add(part("iam:CreateRole", AT + 1, "203.0.113.7"));
        Doc told = sequence.toDoc("id", "story", List.of());
        assertEquals(
                List.of(
                        new Doc()
                                .with("key", "HIGH_RISK_API")
                                .with("values", List.of("iam:CreateUser", "iam:CreateRole"))
                                .with("title", "High Risk Api"),
                        new Doc()
                                .with("key", "TOR_IP")
                                .with("values", List.of("203.0.113.7"))
                                .with("title", "Tor Ip")),
                told.get("sequenceIndicators"));
        assertEquals(List.of("iam:CreateUser", "iam:CreateRole"), sequence.values("HIGH_RISK_API"));
    }

    @Test
    void theApiHasSecondsWhereTheExportHasMilliseconds() {
        FindingType type = FindingType.named("Persistence:IAM/Rule")
                .texts("title", "story")
                .build();
        Signal signal = new Signal(
                type,
                "111122223333",
                "us-east-1",
                new Subject.Known("alice", new Doc().with("resourceType", "AccessKey")),
                "",
                "record",
                AT,
                AT,
                5,
                FindingType.Role.TARGET,
                new Doc(),
                new Doc(),
                List.of(),
                Map.of(),
                List.of(),
                new Doc().with("sequence", part("a rule", AT, "203.0.113.7")),
                false);
        FindingEntry entry = FindingEntry.started("0".repeat(32), signal, 0);
        entry.add(signal, new Doc(), new Doc());
        Doc export = FindingDocument.export(entry, type, "detector", new Doc());
        Doc sequence = export.part("service").part("detection").part("sequence");
        assertEquals("story", sequence.text("description"));
        assertEquals(entry.id(), sequence.text("uid"));
        assertEquals(AT * 1_000, first(sequence, "signals").number("firstSeenAt", 0));
        Doc api = FindingDocument.getFindings(export)
                .part("service")
                .part("detection")
                .part("sequence");
        assertEquals(AT, first(api, "signals").number("firstSeenAt", 0));
        assertEquals(AT, first(api, "actors").part("session").number("createdTime", 0));
        assertTrue(entry.joins("arn:sequence"));
        assertEquals(
                "arn:sequence",
                FindingDocument.export(entry, type, "detector", new Doc()).text("associatedAttackSequenceArn"));
    }

    private static Doc part(String name, long at, String address) {
        Doc resource = new Doc()
                .with(
                        "accessKeyDetails",
                        new Doc()
                                .with("accessKeyId", "AKIAEXAMPLE")
                                .with("principalId", "AIDAEXAMPLE")
                                .with("userName", "alice")
                                .with("userType", "IAMUser"));
        Doc remote = new Doc()
                .with("ipAddressV4", address)
                .with("organization", new Doc().with("asn", "64496").with("asnOrg", "EXAMPLE"));
        return new SequencePart(SignalType.CLOUD_TRAIL, name, name, at, at)
                .indicator(Indicator.HIGH_RISK_API, name)
                .indicator(Indicator.TOR_IP, "203.0.113.7")
                .about(resource, "111122223333", "us-east-1")
                .session(new Doc().with("mfaStatus", "DISABLED").with("createdTime", AT * 1_000))
                .from(new Doc().with("awsApiCallAction", new Doc().with("remoteIpDetails", remote)))
                .toDoc();
    }

    private static Doc first(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list && list.getFirst() instanceof Doc one ? one : new Doc();
    }
}
