package dev.tocsin.core.detect;

import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.RegisteredDomain;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Evidence;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import dev.tocsin.core.finding.ThreatMatch;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the signal of a name query: the same resource, action and evidence members whatever the type. */
public final class NameSignal {

    /** Answers that evidence shows. Ours; the cut of long values does the rest. */
    private static final int ANSWERS_SHOWN = 10;

    private final FindingType type;
    private final NameQuery query;
    private final Doc additional = new Doc();
    private final Map<String, String> facts = new HashMap<>();
    private List<ThreatMatch> matches = List.of();
    private String aggregation = "";
    private String recordId;
    private List<NameQuery> records;
    private long first;
    private long last;

    private NameSignal(FindingType type, NameQuery query) {
        this.type = type;
        this.query = query;
        this.recordId = recordId(query);
        this.records = List.of(query);
        this.first = query.at();
        this.last = query.at();
        facts.put("domain", query.name());
        facts.put("host", host(query));
    }

    /** Starts a signal of {@code type} about the host that asked. */
    public static NameSignal of(FindingType type, NameQuery query) {
        return new NameSignal(type, query);
    }

    /** Adds a member of additionalInfo. */
    public NameSignal additional(String name, @Nullable Object value) {
        additional.with(name, value);
        return this;
    }

    /** Names the list entries that matched, the weightiest first. */
    public NameSignal matches(List<ThreatMatch> entries) {
        matches = entries;
        if (!entries.isEmpty()) {
            additional
                    .with("threatListName", entries.getFirst().list())
                    .with("threatName", entries.getFirst().threat());
        }
        return this;
    }

    /** Adds a part to the finding's id beside the host. */
    public NameSignal aggregation(String part) {
        aggregation = part;
        return this;
    }

    /** Counts the signal by {@code window} instead of by its record. */
    public NameSignal window(String window) {
        recordId = host(query) + "/" + window;
        return this;
    }

    /** Says from when to when it went on, epoch seconds. */
    public NameSignal during(long from, long to) {
        first = Math.min(first, from);
        last = Math.max(last, to);
        return this;
    }

    /** Shows {@code queries} as evidence, in place of the one that the signal began with. */
    public NameSignal evidence(List<NameQuery> queries) {
        records = List.copyOf(queries);
        return this;
    }

    /** Adds a fact for the texts. */
    public NameSignal fact(String name, Object value) {
        facts.put(name, String.valueOf(value));
        return this;
    }

    private static String recordId(NameQuery query) {
        return "dns:" + HexFormat.of().toHexDigits(query.contentHash());
    }

    /** The signal. */
    public Signal build() {
        Subject.NameClient client = new Subject.NameClient(
                query.instanceId(), query.vpcId(), query.sourceAddress(), query.resolverEndpoint());
        return new Signal(
                type,
                query.account(),
                query.region(),
                client,
                aggregation,
                recordId,
                first,
                last,
                type.severity(),
                type.role(),
                action(),
                additional,
                matches,
                facts,
                records.stream().map(NameSignal::evidence).toList(),
                false);
    }

    private static String host(NameQuery query) {
        if (query.instanceId() != null) {
            return query.instanceId();
        }
        return query.resolverEndpoint() != null
                ? query.resolverEndpoint()
                : query.sourceAddress() + " in " + query.vpcId();
    }

    private Doc action() {
        return new Doc()
                .with("actionType", "DNS_REQUEST")
                .with(
                        "dnsRequestAction",
                        new Doc()
                                .with("domain", query.name())
                                .with("protocol", query.transport())
                                .with("blocked", query.blocked())
                                .with("domainWithSuffix", RegisteredDomain.of(query.name()))
                                .with("vpcOwnerAccountId", query.account()));
    }

    private static Evidence evidence(NameQuery query) {
        String answers = query.answers().stream()
                .limit(ANSWERS_SHOWN)
                .map(answer -> answer.type() + " " + answer.data())
                .collect(Collectors.joining(", "));
        Doc fields = new Doc()
                .with("query_name", Evidence.cut(query.name()))
                .with("query_type", Evidence.cut(query.type()))
                .with("rcode", Evidence.cut(query.responseCode()))
                .with("answers", Evidence.cut(answers))
                .with("srcaddr", query.sourceAddress())
                .with("srcids.instance", query.instanceId())
                .with("srcids.resolver_endpoint", query.resolverEndpoint())
                .with("vpc_id", query.vpcId())
                .with("firewall_rule_action", query.firewallAction());
        return new Evidence(
                query.origin().object().source(), query.origin().position(), null, query.at(), recordId(query), fields);
    }
}
