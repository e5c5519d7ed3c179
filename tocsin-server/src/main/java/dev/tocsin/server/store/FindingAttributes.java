package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The attributes by which findings are searched: their names are paths into the finding's document. */
public final class FindingAttributes {

    /** As ListFindings and the console name them (GuardDuty user guide: filtering findings). */
    private static final Map<String, FindingPath> LISTED = read();

    /** The attack sequence that a finding is part of, by which our own API lists findings too. */
    public static final String SEQUENCE = "associatedAttackSequenceArn";

    /** The custom detection rules that have part in a finding, by which our own API lists and counts findings too. */
    public static final String RULE = "service.detection.sequence.signals.name";

    private static final List<String> RESOURCE_IDS = List.of(
            "resource.instanceDetails.instanceId",
            "resource.lambdaDetails.functionName",
            "resource.s3BucketDetails.name",
            "resource.rdsDbInstanceDetails.dbInstanceIdentifier",
            "resource.eksClusterDetails.name",
            "resource.kubernetesDetails.kubernetesWorkloadDetails.name",
            "resource.ecsClusterDetails.name",
            "resource.containerDetails.id",
            "resource.accessKeyDetails.accessKeyId");

    private FindingAttributes() {}

    /** Whether findings can be listed by {@code name}. */
    public static boolean isListed(String name) {
        return LISTED.containsKey(name);
    }

    /** Whether our own API lists findings by {@code name}, beside what GuardDuty's does. */
    public static boolean isOwn(String name) {
        return name.equals(SEQUENCE) || name.equals(RULE);
    }

    /** All that findings can be listed by. */
    static Set<String> listed() {
        return LISTED.keySet();
    }

    /** The values of {@code name} in {@code document}; of lists, those of all elements. */
    static Set<FindingPath.Value> values(Doc document, String name) {
        FindingPath path = LISTED.get(name);
        return (path == null ? FindingPath.of(name) : path).values(document);
    }

    /** Orders documents by the first value of {@code name}, numbers as numbers, then by id. */
    public static Comparator<Doc> order(String name, boolean descending) {
        Comparator<Doc> byNumber =
                Comparator.comparingDouble(document -> first(document, name).number() == null
                        ? Double.NEGATIVE_INFINITY
                        : Objects.requireNonNull(first(document, name).number()));
        Comparator<Doc> order = byNumber.thenComparing(
                        document -> first(document, name).text())
                .thenComparing(document -> String.valueOf(document.text("id")));
        return descending ? order.reversed() : order;
    }

    private static FindingPath.Value first(Doc document, String name) {
        return values(document, name).stream().findFirst().orElse(new FindingPath.Value("", null));
    }

    /** What kind of resource the finding is about. */
    static String resourceType(Doc document) {
        String type = document.part("resource").text("resourceType");
        return type == null ? "" : type;
    }

    /** The name by which statistics group resources (F50). */
    public static String resourceId(Doc document) {
        return RESOURCE_IDS.stream()
                .flatMap(name -> values(document, name).stream())
                .map(FindingPath.Value::text)
                .findFirst()
                .orElse("");
    }

    private static Map<String, FindingPath> read() {
        try (InputStream in = FindingAttributes.class.getResourceAsStream("finding-attributes.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of attributes is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableMap(name -> name, FindingPath::of));
        } catch (IOException e) {
            throw new UncheckedIOException("the list of attributes cannot be read", e);
        }
    }
}
