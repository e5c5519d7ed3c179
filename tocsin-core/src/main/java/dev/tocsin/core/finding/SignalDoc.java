package dev.tocsin.core.finding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Signals and subjects as state entries hold them. */
public final class SignalDoc {

    private SignalDoc() {}

    /** {@code signal} as an object. */
    public static Doc of(Signal signal) {
        Doc facts = new Doc();
        signal.facts().forEach(facts::with);
        return new Doc()
                .with("type", signal.type().name())
                .with("account", signal.account())
                .with("region", signal.region())
                .with("subject", subject(signal.subject()))
                .with("aggregation", signal.aggregation())
                .with("recordId", signal.recordId())
                .with("first", signal.first())
                .with("last", signal.last())
                .with("severity", Math.round(signal.severity() * 10))
                .with("role", signal.role().name())
                .with("action", signal.action())
                .with("additional", signal.additional())
                .with("matches", signal.matches().stream().map(SignalDoc::match).toList())
                .with("facts", facts)
                .with(
                        "evidence",
                        signal.evidence().stream().map(Evidence::toState).toList())
                .with("detection", signal.detection().isEmpty() ? null : signal.detection())
                .with("global", signal.global());
    }

    /** The signal that {@link #of} wrote; its type is found by name in {@code types}. */
    public static Signal read(Doc doc, Function<String, FindingType> types) {
        Map<String, String> facts = new HashMap<>();
        doc.part("facts").members().forEach((name, value) -> facts.put(name, String.valueOf(value)));
        return new Signal(
                types.apply(text(doc, "type")),
                text(doc, "account"),
                text(doc, "region"),
                subject(doc.part("subject")),
                text(doc, "aggregation"),
                text(doc, "recordId"),
                doc.number("first", 0),
                doc.number("last", 0),
                doc.number("severity", 10) / 10.0,
                FindingType.Role.valueOf(text(doc, "role")),
                doc.part("action"),
                doc.part("additional"),
                docs(doc, "matches").stream().map(SignalDoc::match).toList(),
                facts,
                docs(doc, "evidence").stream().map(Evidence::fromState).toList(),
                doc.part("detection"),
                Boolean.TRUE.equals(doc.get("global")));
    }

    private static String text(Doc doc, String name) {
        return String.valueOf(doc.text(name));
    }

    private static List<Doc> docs(Doc doc, String name) {
        return doc.get(name) instanceof List<?> list
                ? list.stream().map(item -> (Doc) Objects.requireNonNull(item)).toList()
                : List.of();
    }

    private static Doc match(ThreatMatch match) {
        return new Doc()
                .with("list", match.list())
                .with("listVersion", match.listVersion())
                .with("listKind", match.listKind())
                .with("entry", match.entry())
                .with("category", match.category())
                .with("threat", match.threat())
                .with("port", match.port())
                .with("firstSeen", match.firstSeen())
                .with("lastSeen", match.lastSeen())
                .with("cautions", match.cautions())
                .with("reference", match.reference());
    }

    private static ThreatMatch match(Doc doc) {
        return new ThreatMatch(
                text(doc, "list"),
                text(doc, "listVersion"),
                text(doc, "listKind"),
                text(doc, "entry"),
                text(doc, "category"),
                doc.text("threat"),
                (int) doc.number("port", 0),
                doc.number("firstSeen", 0),
                doc.number("lastSeen", 0),
                doc.get("cautions") instanceof List<?> cautions
                        ? cautions.stream().map(String::valueOf).toList()
                        : List.of(),
                doc.text("reference"));
    }

    /** {@code subject} as an object. */
    static Doc subject(Subject subject) {
        return switch (subject) {
            case Subject.Known known -> new Doc().with("key", known.key()).with("resource", known.resource());
            case Subject.Interface host ->
                new Doc()
                        .with("interfaceId", host.interfaceId())
                        .with("instanceId", host.instanceId())
                        .with("vpcId", host.vpcId())
                        .with("subnetId", host.subnetId())
                        .with("address", host.address())
                        .with("onLambda", host.onLambda());
            case Subject.Machine machine ->
                new Doc()
                        .with("machine", machine.name())
                        .with("key", machine.key())
                        .with("instanceId", machine.instanceId())
                        .with("resource", machine.resource());
            case Subject.NameClient client ->
                new Doc()
                        .with("client", true)
                        .with("instanceId", client.instanceId())
                        .with("vpcId", client.vpcId())
                        .with("address", client.address())
                        .with("resolverEndpoint", client.resolverEndpoint());
        };
    }

    /** The subject that {@link #subject(Subject)} wrote. */
    static Subject subject(Doc doc) {
        if (doc.text("interfaceId") != null) {
            return new Subject.Interface(
                    text(doc, "interfaceId"),
                    doc.text("instanceId"),
                    doc.text("vpcId"),
                    doc.text("subnetId"),
                    text(doc, "address"),
                    doc.text("onLambda"));
        }
        String machine = doc.text("machine");
        if (machine != null) {
            return new Subject.Machine(text(doc, "key"), machine, doc.text("instanceId"), doc.part("resource"));
        }
        if (doc.get("client") != null) {
            return new Subject.NameClient(
                    doc.text("instanceId"), doc.text("vpcId"), doc.text("address"), doc.text("resolverEndpoint"));
        }
        return new Subject.Known(text(doc, "key"), doc.part("resource"));
    }
}
