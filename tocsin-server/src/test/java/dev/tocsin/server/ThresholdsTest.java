package dev.tocsin.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docs/thresholds.md names every threshold of the code with its value in force, unit, source and effect. */
final class ThresholdsTest {

    private static final Path PAGE = Path.of("../docs/thresholds.md");

    /** Where thresholds live; a named one is a static number that is not private. */
    private static final String[] PACKAGES = {
        "dev.tocsin.core.credential",
        "dev.tocsin.core.desk",
        "dev.tocsin.core.detect",
        "dev.tocsin.core.direction",
        "dev.tocsin.core.engine",
        "dev.tocsin.core.finding",
        "dev.tocsin.core.identity",
        "dev.tocsin.core.intel",
        "dev.tocsin.core.lookup",
        "dev.tocsin.core.parse",
        "dev.tocsin.core.profile",
        "dev.tocsin.core.rule",
        "dev.tocsin.core.traffic",
        "dev.tocsin.input.geo",
        "dev.tocsin.input.list",
        "dev.tocsin.server.feed",
        "dev.tocsin.server.report"
    };

    private static final Set<String> NUMBERS = Set.of("int", "long", "double");

    /** Numbers that encode something and set no limit. */
    private static final Set<String> CODES = Set.of(
            "AddressTable.SINGLE",
            "AddressTable.V4_BITS",
            "Connections.OPENED_LOCALLY",
            "Connections.OPENED_REMOTELY",
            "Connections.SENT_CONTENT",
            "InventoryFact.OPEN");

    @Test
    void thePageNamesEveryThreshold() throws IOException, ReflectiveOperationException {
        Map<String, String> code = inCode();
        Map<String, String> page = onPage();
        code.forEach((name, value) ->
                assertEquals(value, page.get(name), name + " stands in docs/thresholds.md with the value in force"));
        page.keySet().forEach(name -> assertTrue(code.containsKey(name), name + " is no threshold any more"));
    }

    private static Map<String, String> inCode() throws ReflectiveOperationException {
        Map<String, String> found = new TreeMap<>();
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("tests.jar"))
                .importPackages(PACKAGES);
        for (var type : classes) {
            for (JavaField field : type.getFields()) {
                String owner = type.getName().substring(type.getPackageName().length() + 1);
                String name = owner.replace('$', '.') + "." + field.getName();
                if (isThreshold(field) && !CODES.contains(name)) {
                    String value = value(type.getName(), field.getName());
                    if (!value.startsWith("-")) {
                        found.put(name, value);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isThreshold(JavaField field) {
        Set<JavaModifier> modifiers = field.getModifiers();
        return modifiers.contains(JavaModifier.STATIC)
                && modifiers.contains(JavaModifier.FINAL)
                && !modifiers.contains(JavaModifier.PRIVATE)
                && !modifiers.contains(JavaModifier.SYNTHETIC)
                && NUMBERS.contains(field.getRawType().getName());
    }

    private static String value(String type, String name) throws ReflectiveOperationException {
        Field field = Class.forName(type).getDeclaredField(name);
        field.setAccessible(true);
        String value = String.valueOf(field.get(null));
        return value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
    }

    /** Rows {@code | Class.NAME | value | unit | source | effect |}, all cells filled. */
    private static Map<String, String> onPage() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("| `")) {
                List<String> cells = List.of(
                                line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .stream()
                        .map(String::strip)
                        .toList();
                assertEquals(5, cells.size(), line);
                assertTrue(cells.stream().noneMatch(String::isEmpty), line);
                rows.put(cells.get(0).replace("`", ""), cells.get(1).replace(",", ""));
            }
        }
        return rows;
    }
}
