package dev.tocsin.core.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a part of a {@link Sequence}: one signal, with the actor, resources and endpoint that the resource and action members
 * of a finding name. A rule's finding is one such part a record: {@code new SequencePart(SignalType.CLOUD_TRAIL, rule, rule,
 * at, at).about(resource, account, region).from(action).toDoc()}.
 */
public final class SequencePart {

    /** Where a signal was read, by the API's names. */
    public enum SignalType {
        /** A finding. */
        FINDING,
        /** A management event. */
        CLOUD_TRAIL,
        /** A data event of a bucket. */
        S3_DATA_EVENTS,
        /** Flow logs. */
        FLOW_LOGS,
        /** Name queries. */
        DNS_LOGS
    }

    /** What makes a signal suspicious, by the API's names (behaviour.md F85); those that our logs can tell. */
    public enum Indicator {
        /** A MITRE ATT&amp;CK tactic, in words. */
        ATTACK_TACTIC,
        /** A technique: {@code T1098 - Account Manipulation}. */
        ATTACK_TECHNIQUE,
        /** {@code service:Action}. */
        HIGH_RISK_API,
        /** An address on a threat list. */
        MALICIOUS_IP,
        /** An exit of Tor. */
        TOR_IP,
        /** A network that a list says is a VPN's, proxy's or the like. */
        SUSPICIOUS_NETWORK,
        /** A tool that attackers use, or one that is new to the identity. */
        SUSPICIOUS_USER_AGENT,
        /** An API that nobody in the account had used. */
        UNUSUAL_API_FOR_ACCOUNT,
        /** A network that nobody in the account had used. */
        UNUSUAL_ASN_FOR_ACCOUNT,
        /** A network that the identity had not used. */
        UNUSUAL_ASN_FOR_USER,
        /** A domain of mining. */
        CRYPTOMINING_DOMAIN,
        /** An address of mining. */
        CRYPTOMINING_IP,
        /** A domain on a threat list. */
        MALICIOUS_DOMAIN
    }

    private final Doc signal;
    private final Map<String, List<String>> indicators = new TreeMap<>();
    private final List<Doc> actors = new ArrayList<>();
    private final List<Doc> resources = new ArrayList<>();
    private final List<Doc> endpoints = new ArrayList<>();

    /**
     * A part with one signal.
     *
     * @param type where it was read
     * @param uid what tells it from other signals of the sequence: those with one uid are counted together
     * @param name the finding type, {@code service:Action}, or the rule
     * @param first epoch seconds of its first record
     * @param last epoch seconds of its last
     */
    public SequencePart(SignalType type, String uid, String name, long first, long last) {
        signal = new Doc()
                .with("uid", uid)
                .with("type", type.name())
                .with("name", name)
                .with("createdAt", first * 1_000)
                .with("updatedAt", last * 1_000)
                .with("firstSeenAt", first * 1_000)
                .with("lastSeenAt", last * 1_000)
                .with("count", 1);
    }

    /** How many records the signal is of, if not one. */
    public SequencePart count(long value) {
        signal.with("count", value);
        return this;
    }

    /** How severe the signal is by itself: a finding's severity, 1.0 to 10.0. */
    public SequencePart severity(double value) {
        signal.with("severity", value);
        return this;
    }

    /** Adds a value of an indicator; null and the empty text add nothing. */
    public SequencePart indicator(Indicator key, @Nullable String value) {
        List<String> values = indicators.computeIfAbsent(key.name(), name -> new ArrayList<>());
        if (value != null && !value.isEmpty() && !values.contains(value)) {
            values.add(value);
        }
        return this;
    }

    /** Takes actor and resources from a finding's resource member. */
    public SequencePart about(Doc resource, String account, String region) {
        Doc key = resource.part("accessKeyDetails");
        Doc actor = SequenceParties.actor(key, account);
        if (actor != null) {
            actors.add(actor);
        }
        resources.addAll(SequenceParties.resources(resource, account, region));
        return this;
    }

    /** Adds what the actor's session is known to be: uid, mfaStatus, createdTime (epoch milliseconds), issuer. */
    public SequencePart session(Doc session) {
        if (!session.isEmpty()) {
            actors.forEach(actor -> actor.with("session", session));
        }
        return this;
    }

    /** Takes the endpoint from a finding's action member. */
    public SequencePart from(Doc action) {
        Doc endpoint = SequenceParties.endpoint(action);
        if (endpoint != null) {
            endpoints.add(endpoint);
        }
        return this;
    }

    /** The part, in the form that {@link Sequence#add} takes. */
    public Doc toDoc() {
        List<Doc> told = new ArrayList<>();
        indicators.forEach((key, values) -> {
            if (!values.isEmpty()) {
                told.add(new Doc().with("key", key).with("values", values).with("title", Sequence.title(key)));
            }
        });
        Doc one = new Doc()
                .withAll(signal)
                .with("resourceUids", named(resources, "uid"))
                .with("actorIds", named(actors, "id"))
                .with("endpointIds", named(endpoints, "id"))
                .with("signalIndicators", told);
        return new Doc()
                .with("actors", List.copyOf(actors))
                .with("resources", List.copyOf(resources))
                .with("endpoints", List.copyOf(endpoints))
                .with("signals", List.of(one));
    }

    private static List<String> named(List<Doc> docs, String member) {
        return docs.stream().map(doc -> String.valueOf(doc.text(member))).toList();
    }
}
