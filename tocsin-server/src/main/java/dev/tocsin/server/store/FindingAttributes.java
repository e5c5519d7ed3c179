package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The attributes by which findings are searched: their names are paths into the finding's document. */
public final class FindingAttributes {

    /** As ListFindings and the console name them (GuardDuty user guide: filtering findings). */
    private static final Map<String, List<String>> LISTED = read();

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

    /**
     * A value of an attribute.
     *
     * @param number the value, if it is one
     */
    record Value(String text, @Nullable Double number) {}

    /** Whether findings can be listed by {@code name}. */
    public static boolean isListed(String name) {
        return LISTED.containsKey(name);
    }

    /** All that findings can be listed by. */
    static Set<String> listed() {
        return LISTED.keySet();
    }

    /** The values of {@code name} in {@code document}; of lists, those of all elements. */
    static Set<Value> values(Doc document, String name) {
        Set<Value> values = new LinkedHashSet<>();
        collect(document, LISTED.getOrDefault(name, path(name)), 0, values);
        return values;
    }

    /** The user guide writes one member otherwise than the API. */
    private static List<String> path(String name) {
        return List.of(name.replace("outpostARN", "outpostArn").split("\\."));
    }

    private static void collect(@Nullable Object value, List<String> path, int at, Set<Value> values) {
        boolean end = at == path.size();
        if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, path, at, values));
        } else if (value instanceof Doc doc) {
            if (!end) {
                collect(doc.get(path.get(at)), path, at + 1, values);
            }
        } else if (end && value instanceof Number number) {
            values.add(new Value(canonical(number.doubleValue()), number.doubleValue()));
        } else if (end && value != null) {
            values.add(new Value(String.valueOf(value), null));
        }
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

    private static Value first(Doc document, String name) {
        return values(document, name).stream().findFirst().orElse(new Value("", null));
    }

    /** What kind of resource the finding is about. */
    static String resourceType(Doc document) {
        String type = document.part("resource").text("resourceType");
        return type == null ? "" : type;
    }

    /** The name by which statistics group resources (F50). */
    static String resourceId(Doc document) {
        return RESOURCE_IDS.stream()
                .flatMap(name -> values(document, name).stream())
                .map(Value::text)
                .findFirst()
                .orElse("");
    }

    /** A number as text, the same for 8, 8.0 and "8.0": clients ask for numbers as text. */
    static String canonical(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    private static Map<String, List<String>> read() {
        try (InputStream in = FindingAttributes.class.getResourceAsStream("finding-attributes.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of attributes is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableMap(name -> name, FindingAttributes::path));
        } catch (IOException e) {
            throw new UncheckedIOException("the list of attributes cannot be read", e);
        }
    }
}
