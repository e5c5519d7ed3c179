package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.deliver.form.AsffForm;
import dev.tocsin.server.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;

/** Findings in the AWS Security Finding Format, against what Security Hub's client knows of it. */
final class AsffAgainstJavaSdkTest {

    /** The enumerations of the format that we fill, from its documentation. */
    private static final Map<String, Set<String>> VALUES = Map.of(
            "Label", Set.of("INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"),
            "RecordState", Set.of("ACTIVE", "ARCHIVED"),
            "Partition", Set.of("aws", "aws-cn", "aws-us-gov"));

    @Test
    void everyTypesFindingIsOne() throws IOException, InterruptedException {
        List<SdkField<?>> contract = AwsSecurityFinding.builder().build().sdkFields();
        for (FindingState finding : Scenario.play()) {
            Doc asff = AsffForm.of(finding.document(), "https://tocsin.example.com/#/findings/1");
            List<String> problems = new ArrayList<>();
            check(asff, contract, "finding", problems);
            assertEquals(List.of(), problems, () -> finding.type() + ": " + asff.toJson());
        }
    }

    @Test
    void theContractRefusesWhatItDoesNotKnow() {
        List<String> problems = new ArrayList<>();
        Doc wrong = new Doc()
                .with("Titel", "x")
                .with("Confidence", "high")
                .with("Severity", new Doc().with("Label", "BAD"));
        check(wrong, AwsSecurityFinding.builder().build().sdkFields(), "finding", problems);
        assertEquals(
                3, problems.stream().filter(one -> !one.endsWith("missing")).count(), problems::toString);
    }

    private static void check(Doc doc, List<SdkField<?>> fields, String path, List<String> problems) {
        Map<String, SdkField<?>> known =
                fields.stream().collect(Collectors.toMap(SdkField::locationName, Function.identity()));
        for (SdkField<?> field : fields) {
            if (field.containsTrait(RequiredTrait.class) && doc.get(field.locationName()) == null) {
                problems.add(path + "." + field.locationName() + " is missing");
            }
        }
        doc.members().forEach((name, value) -> {
            SdkField<?> field = known.get(name);
            if (field == null) {
                problems.add(path + "." + name + " is not known");
            } else {
                value(value, field, path + "." + name, problems);
            }
        });
    }

    private static void value(Object value, SdkField<?> field, String path, List<String> problems) {
        MarshallingType<?> type = field.marshallingType();
        boolean right = true;
        if (type.equals(MarshallingType.STRING)) {
            Set<String> values = VALUES.get(field.locationName());
            right = value instanceof String text && !text.isBlank() && (values == null || values.contains(text));
        } else if (type.equals(MarshallingType.BOOLEAN)) {
            right = value instanceof Boolean;
        } else if (type.equals(MarshallingType.INTEGER) || type.equals(MarshallingType.LONG)) {
            right = value instanceof Long;
        } else if (type.equals(MarshallingType.DOUBLE)) {
            right = value instanceof Number;
        } else if (type.equals(MarshallingType.MAP)) {
            right = value instanceof Doc doc && doc.members().values().stream().allMatch(String.class::isInstance);
        } else if (type.equals(MarshallingType.LIST)) {
            right = value instanceof List<?>;
            if (value instanceof List<?> list) {
                SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
                list.forEach(one -> value(one, member, path + "[]", problems));
            }
        } else if (type.equals(MarshallingType.SDK_POJO)) {
            right = value instanceof Doc;
            if (value instanceof Doc doc) {
                check(doc, field.constructor().get().sdkFields(), path, problems);
            }
        }
        if (!right) {
            problems.add(path + " is no " + type + " that is allowed: " + value);
        }
    }
}
