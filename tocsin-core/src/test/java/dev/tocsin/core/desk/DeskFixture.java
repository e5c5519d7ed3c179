package dev.tocsin.core.desk;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.detect.Beacons;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Evidence;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import dev.tocsin.core.profile.DaySummary;
import dev.tocsin.core.profile.Days;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One account's desk with types for tests, and what a store would hold of its findings. */
final class DeskFixture implements Output {

    /** 2026-03-01T12:00:00Z. */
    static final long NOON = 1_772_366_400;

    static final String ACCOUNT = "111122223333";

    static final FindingType HOST = type("Backdoor:EC2/C&CActivity.B", FindingType.ResourceKind.INSTANCE, 8);
    static final FindingType FUNCTION = type("Backdoor:Lambda/C&CActivity.B", FindingType.ResourceKind.LAMBDA, 8);
    static final FindingType CALL = type("PenTest:IAMUser/KaliLinux", FindingType.ResourceKind.ACCESS_KEY, 5);
    static final FindingType OTHER = type("Policy:IAMUser/RootCredentialUsage", FindingType.ResourceKind.ACCESS_KEY, 5);

    static final FindingType CRITICAL = type("Impact:IAMUser/Critical", FindingType.ResourceKind.ACCESS_KEY, 9);

    private static final Map<String, FindingType> TYPES = Stream.of(
                    HOST, FUNCTION, CALL, OTHER, CRITICAL, Beacons.BEACON)
            .collect(Collectors.toMap(FindingType::name, Function.identity()));

    final FakeKey key;
    private final DeskFunction desk = new DeskFunction(TYPES, finding -> false, null);
    private final TreeMap<String, FindingState> store = new TreeMap<>();

    DeskFixture() {
        this(true);
    }

    /** With state that goes through its codecs if {@code strict}. */
    DeskFixture(boolean strict) {
        key = new FakeKey(strict);
    }

    private static FindingType type(String name, FindingType.ResourceKind kind, double severity) {
        return FindingType.named(name)
                .about(FindingType.DataSource.FLOW, kind, FindingType.Role.ACTOR)
                .severity(severity)
                .texts("{host} and {user}", "{host}")
                .build();
    }

    /** A signal of {@code type} about {@code subject}, seen with {@code peer}. */
    static Signal signal(FindingType type, Subject subject, String recordId, long at, String peer) {
        Doc action = new Doc()
                .with(
                        "networkConnectionAction",
                        new Doc().with("remoteIpDetails", new Doc().with("ipAddressV4", peer)));
        return new Signal(
                type,
                ACCOUNT,
                "us-east-1",
                subject,
                "",
                recordId,
                at,
                at,
                type.severity(),
                type.role(),
                action,
                new Doc(),
                List.of(),
                Map.of("user", subject.key()),
                List.of(new Evidence("object", at, recordId, at, recordId, new Doc().with("peer", peer))),
                false);
    }

    static Subject known(String user) {
        Doc resource =
                new Doc().with("resourceType", "AccessKey").with("accessKeyDetails", new Doc().with("userName", user));
        return new Subject.Known(user, resource);
    }

    static Subject host(String interfaceId, String instanceId, String address) {
        return new Subject.Interface(interfaceId, instanceId, "vpc-1", "subnet-1", address, FUNCTION.name());
    }

    void hear(Signal signal) {
        desk.onElement(new DeskElement.Found(signal), key, this);
    }

    void learn(InventoryFact.Kind kind, String id, long from, Doc members) {
        desk.onElement(
                new DeskElement.Learned(new InventoryFact(
                        kind, ACCOUNT, id, InventoryFact.Source.EVENT, from, InventoryFact.OPEN, members)),
                key,
                this);
    }

    /** Tells that {@code instance} used {@code values} on the day of {@code at}. */
    void summarise(String instance, long at, long busiestHour, Long... values) {
        desk.onElement(
                new DeskElement.Summarised(new DaySummary(
                        ACCOUNT,
                        "us-east-1",
                        "eni-of-" + instance,
                        instance,
                        Days.of(at),
                        at,
                        List.of(values),
                        busiestHour)),
                key,
                this);
    }

    void advance(long at) {
        for (Long timer = key.takeTimer(at); timer != null; timer = key.takeTimer(at)) {
            desk.onTimer(timer, key, this);
        }
    }

    void finish() {
        advance(Long.MAX_VALUE);
    }

    List<FindingState> findings() {
        return List.copyOf(store.values());
    }

    FindingState only() {
        if (findings().size() != 1) {
            throw new AssertionError(findings().size() + " findings");
        }
        return findings().getFirst();
    }

    String documents() {
        return findings().stream().map(finding -> finding.document().toJson()).collect(Collectors.joining("\n"));
    }

    @Override
    public void finding(FindingState finding) {
        if (finding.isFolded()) {
            store.remove(finding.id());
            return;
        }
        store.merge(finding.id(), finding, (old, now) -> {
            if (now.revision() <= old.revision()) {
                throw new AssertionError("revision " + now.revision() + " after " + old.revision());
            }
            return now;
        });
    }

    @Override
    public void signal(Signal signal) {
        throw new AssertionError("the desk signals nothing");
    }

    @Override
    public void summary(DaySummary day) {
        throw new AssertionError("the desk sums up nothing");
    }

    @Override
    public void fact(InventoryFact fact) {
        throw new AssertionError("the desk states nothing");
    }

    @Override
    public void count(LogObject object, Count count) {
        throw new AssertionError("the desk counts nothing");
    }
}
