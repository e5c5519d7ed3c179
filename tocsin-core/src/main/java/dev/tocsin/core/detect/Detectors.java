package dev.tocsin.core.detect;

import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.rule.Rules;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one list of all detectors. To add one: its file, its test, one line here. */
public final class Detectors {

    /** All detectors, in the order of the reference pages. */
    public static final List<Detector> ALL = List.of(
            new RootCredentialUsage(),
            new KaliLinux(),
            new CloudTrailLoggingDisabled(),
            new PublicBuckets(),
            new ServerAccessLoggingDisabled(),
            new PasswordPolicyChange(),
            new AnomalousBehavior(),
            new StolenCredentials(),
            new AnomalousBucketUse(),
            new DistantSignIns(),
            new BedrockLoggingDisabled(),
            new CompromisedCredentials(),
            new ListedCaller(),
            new ListedS3Caller(),
            new LogSourceTampered(),
            new NamedRules(Rules.ALL),
            new ConsoleGuessing(),
            new ListedName(),
            new MetadataDnsRebind(),
            new NameTunnel(),
            new GeneratedNames(),
            new ListedServer(),
            new MaliciousIpTraffic(),
            new TorClient(),
            new TorRelay(),
            new PortProbe(),
            new Scans(),
            new BruteForce(),
            new Floods(),
            new Spambot(),
            new Beacons(),
            new UnusualPort(),
            new UnusualVolume(),
            new UnusualResolver(),
            new UnusualPlaces(),
            new AttackSequences(),
            new ListedHostPeer(),
            new ListedHostName(),
            new ProcessInjection(),
            new ContainerEscape(),
            new NewPrograms(),
            new RemoteShells(),
            new HostileTools(),
            new SuspiciousCommands(),
            new SensitiveFiles(),
            new RootAndModules());

    private static final Map<String, FindingType> TYPES = ALL.stream()
            .flatMap(detector -> detector.types().stream())
            .collect(Collectors.toUnmodifiableMap(FindingType::name, Function.identity()));

    private Detectors() {}

    /** All finding types by name. */
    public static Map<String, FindingType> types() {
        return TYPES;
    }

    /** The detectors of one kind. */
    public static <D extends Detector> List<D> of(Class<D> kind) {
        return of(kind, ALL);
    }

    /** Those of {@code detectors} that are of one kind. */
    public static <D extends Detector> List<D> of(Class<D> kind, List<Detector> detectors) {
        return detectors.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The fields that all API call detectors together read. */
    public static FieldPlan fieldPlan() {
        FieldPlan.Builder plan = new FieldPlan.Builder();
        plan(plan);
        return plan.build();
    }

    /** Adds the fields that all API call detectors read to {@code plan}. */
    public static void plan(FieldPlan.Builder plan) {
        of(ApiCallDetector.class).forEach(detector -> detector.plan(plan));
        of(BucketDetector.class).forEach(detector -> plan.take(detector.actions(), detector.fields()));
    }

    /** Whether no filter may archive findings of {@code type}. */
    public static boolean neverHidden(@Nullable String type) {
        FindingType known = type == null ? null : types().get(type);
        return known != null && known.neverHidden();
    }
}
