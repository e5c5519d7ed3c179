package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Calls with the credentials of instances, tasks and functions. Addresses in 203.0.113.0/24 and 2001:db8:a::/48 are Amazon's,
 * those in 198.51.100.0/24 another network's, of the rest nothing is known.
 */
final class CredentialFixture {

    static final String ACCOUNT = "111122223333";
    static final String NAT = "203.0.113.1";

    /** 2026-03-01T12:00:00Z. */
    static final long START = 1_772_366_400;

    static final long HOUR = 3_600;
    static final long DAY = 86_400;

    final List<ApiCall> calls = new ArrayList<>();
    private int number;

    private static Doc network(Address address) {
        String text = address.toString();
        String asn = text.startsWith("203.0.113.") || text.startsWith("2001:db8:a:")
                ? "16509"
                : text.startsWith("198.51.100.") ? "64500" : null;
        return asn == null ? new Doc() : new Doc().with("organization", new Doc().with("asn", asn));
    }

    static EngineServices services() {
        return new EngineServices(
                        CredentialFixture::network,
                        () -> Intelligence.EMPTY,
                        List.of(Objects.requireNonNull(Network.parse("198.51.100.128/25"))),
                        null)
                .affiliating(Set.of("222233334444"));
    }

    /** A role session of {@code role}, in the words of records: delivery, scope, name, task or function. */
    static Identity session(String kind, String role, String holder, long created) {
        String scope = switch (kind) {
            case "scope" -> scope("AWS::EC2::Instance", "arn:aws:ec2:us-east-1:1:instance/" + holder);
            case "task" -> scope("AWS::ECS::Task", "arn:aws:ecs:us-east-1:1:task/c/" + holder);
            case "function" -> scope("AWS::Lambda::Function", "arn:aws:lambda:us-east-1:1:function:" + holder);
            default -> null;
        };
        return new Identity(
                "AssumedRole",
                "AROA" + role + ":" + holder,
                "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + role + "/" + holder,
                ACCOUNT,
                "ASIA" + holder,
                null,
                null,
                "Role",
                "arn:aws:iam::" + ACCOUNT + ":role/" + role,
                "AROA" + role,
                ACCOUNT,
                role,
                null,
                created,
                null,
                null,
                kind.equals("delivery") ? "2.0" : null,
                scope,
                null);
    }

    private static String scope(String type, String arn) {
        return "{\"issuerType\":\"" + type + "\",\"credentialsIssuedTo\":\"" + arn + "\"}";
    }

    ApiCall.Draft draft(Identity who, long at, String from) {
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.at = at;
        draft.account = ACCOUNT;
        draft.region = "us-east-1";
        draft.service = "s3.amazonaws.com";
        draft.action = "ListBuckets";
        draft.eventId = "event-" + number++;
        draft.contentHash = number;
        draft.caller = Caller.of(from);
        draft.userAgent = "Boto3/1.34.0";
        draft.identity = who;
        return draft;
    }

    /** One call. */
    CredentialFixture call(Identity who, long at, String from) {
        calls.add(draft(who, at, from).build());
        return this;
    }

    /** A call every hour from {@code from}, with credentials that are renewed each day, from {@code days} before START. */
    CredentialFixture habit(String kind, String role, String holder, int days, long end, String from) {
        for (long at = START - days * DAY; at < end; at += HOUR) {
            call(session(kind, role, holder, Math.floorDiv(at, DAY) * DAY), at, from);
        }
        return this;
    }

    /** What is said of stolen credentials, in the order of time. */
    List<Signal> run(FakeHost<ApiCall> host) {
        calls.forEach(call -> host.take(ACCOUNT, call));
        host.saveAndLoad();
        host.advance(Long.MAX_VALUE);
        return host.signals.stream()
                .filter(signal -> signal.type().name().contains("CredentialExfiltration"))
                .toList();
    }

    List<Signal> run() {
        return run(new FakeHost<>(new AccountFunction(services(), Detectors.ALL)));
    }
}
