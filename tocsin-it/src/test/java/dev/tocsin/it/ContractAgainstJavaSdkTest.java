package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.contract.Member;
import dev.tocsin.server.api.contract.Shape;
import dev.tocsin.server.api.contract.Type;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;

/** The table that the server goes by, against another official client's own: every field that the Java SDK knows. */
final class ContractAgainstJavaSdkTest {

    private static final String MODEL = "software/amazon/awssdk/services/guardduty/model/";

    /** The Java SDK of this version writes a capital where every other client has none. */
    private static final String SDK_FAULT = "Ec2LaunchTemplate.Version";

    private static final Map<MarshallingType<?>, String> KINDS = Map.of(
            MarshallingType.STRING, "STRING",
            MarshallingType.BOOLEAN, "BOOLEAN",
            MarshallingType.INTEGER, "INTEGER",
            MarshallingType.LONG, "INTEGER",
            MarshallingType.DOUBLE, "DOUBLE",
            MarshallingType.INSTANT, "TIMESTAMP",
            MarshallingType.LIST, "list",
            MarshallingType.MAP, "map");

    @Test
    void everyFieldOfTheSdkIsInTheTable() throws Exception {
        Map<String, Shape> shapes = new HashMap<>();
        Contract.get().shapes().forEach((name, shape) -> shapes.put(name.toLowerCase(Locale.ROOT), shape));
        List<String> differences = new ArrayList<>();
        int fields = 0;
        for (Class<?> model : models()) {
            Shape shape = shapes.get(model.getSimpleName().toLowerCase(Locale.ROOT));
            if (shape == null) {
                if (fields(model).isEmpty()) {
                    continue;
                }
                differences.add("no shape " + model.getSimpleName());
                continue;
            }
            for (SdkField<?> field : fields(model)) {
                fields++;
                Member member = member(shape, field);
                String name = model.getSimpleName() + "." + field.locationName();
                if (member == null) {
                    differences.add("no member " + name);
                } else if (!place(field).equals(member.place()) || !kind(field).equals(kind(member.type()))) {
                    differences.add(name + " is " + member + ", not " + place(field) + " " + kind(field));
                }
            }
        }
        assertEquals(List.of("no member " + SDK_FAULT), differences);
        assertTrue(fields > 1_000, "too few fields compared: " + fields);
    }

    @Test
    void everyOperationOfTheSdkIsInTheTable() throws IOException, URISyntaxException, ClassNotFoundException {
        TreeSet<String> missing = new TreeSet<>();
        Map<String, Object> known = new HashMap<>();
        Contract.get().operations().forEach((name, operation) -> known.put(name.toLowerCase(Locale.ROOT), operation));
        for (Class<?> model : models()) {
            String name = model.getSimpleName();
            if (name.endsWith("Request")) {
                String operation = name.substring(0, name.length() - "Request".length());
                if (!known.containsKey(operation.toLowerCase(Locale.ROOT))) {
                    missing.add(operation);
                }
            }
        }
        assertEquals(new TreeSet<>(), missing);
        assertEquals(103, known.size());
    }

    private static List<Class<?>> models() throws IOException, URISyntaxException, ClassNotFoundException {
        Path jar = Path.of(GuardDutyClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> models = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (String entry : file.stream().map(Object::toString).toList()) {
                if (entry.startsWith(MODEL) && entry.endsWith(".class") && !entry.contains("$")) {
                    Class<?> model = Class.forName(entry.substring(0, entry.length() - ".class".length())
                            .replace('/', '.'));
                    if (SdkPojo.class.isAssignableFrom(model)
                            && !Throwable.class.isAssignableFrom(model)
                            && !Modifier.isAbstract(model.getModifiers())) {
                        models.add(model);
                    }
                }
            }
        }
        assertTrue(models.size() > 300, "too few classes: " + models.size());
        return models;
    }

    private static List<SdkField<?>> fields(Class<?> model) throws ReflectiveOperationException {
        Object builder = model.getMethod("builder").invoke(null);
        return ((SdkPojo) builder).sdkFields();
    }

    /** In a path a member has no name on the wire; the SDK calls it otherwise than the model. */
    private static @Nullable Member member(Shape shape, SdkField<?> field) {
        if (field.location() != MarshallLocation.PATH) {
            return shape.member(field.locationName());
        }
        return shape.members().stream()
                .filter(member -> member.wire().equalsIgnoreCase(field.locationName()))
                .findFirst()
                .orElse(null);
    }

    private static Member.Place place(SdkField<?> field) {
        return switch (field.location()) {
            case MarshallLocation.PATH -> Member.Place.PATH;
            case MarshallLocation.QUERY_PARAM -> Member.Place.QUERY;
            default -> Member.Place.BODY;
        };
    }

    private static String kind(SdkField<?> field) {
        return KINDS.getOrDefault(field.marshallingType(), "shape");
    }

    private static String kind(Type type) {
        return switch (type) {
            case Type.Simple simple -> simple.name();
            case Type.ListOf list -> "list";
            case Type.MapOf map -> "map";
            case Type.OfShape shape -> "shape";
        };
    }
}
