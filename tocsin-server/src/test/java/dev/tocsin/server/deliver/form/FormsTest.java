package dev.tocsin.server.deliver.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.scenario.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Findings of every type, and the published examples, in the words of others. */
final class FormsTest {

    private static final String LINK = "https://tocsin.example.com/#/findings/1";
    private static final Path EXAMPLES = Path.of("../../shared/spec/finding-examples");

    /** What somebody may call a user, a bucket, a tool. */
    private static final String HOSTILE = "x <!channel> <https://evil.example/a|click> [a](http://evil.example) @here"
            + " **b** _c_ ~d~ `e` # f &lt;g&gt; \u202egnp.exe \u200bhid\u2060den\r\n> www.evil.example mailto:a@evil.example"
            + " <@U123> javascript:alert(1) \u0000\u001b[31m";

    /** Texts that nobody outside chooses. */
    private static final Set<String> OURS =
            Set.of("type", "id", "eventFirstSeen", "eventLastSeen", "createdAt", "updatedAt");

    private static List<Doc> all = List.of();

    @BeforeAll
    static void play() throws IOException, InterruptedException {
        all = new ArrayList<>(
                Scenario.play().stream().map(FindingState::document).toList());
        if (Files.isDirectory(EXAMPLES)) {
            all.addAll(examples());
        }
    }

    private static List<Doc> examples() throws IOException {
        List<Doc> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                Doc read = Doc.parse(Files.readString(file));
                List<Doc> inner = JsonText.objects(read.get("findings"));
                examples.add(
                        read.get("detail") instanceof Doc detail ? detail : inner.isEmpty() ? read : inner.getFirst());
            }
        }
        return examples;
    }

    private static SchemaTable table(String name) {
        try (InputStream in = Objects.requireNonNull(FormsTest.class.getResourceAsStream(name), name)) {
            return new SchemaTable(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theExamplesAreThere() throws IOException {
        assumeTrue(Files.isDirectory(EXAMPLES), "../shared is absent");
        assertTrue(examples().size() >= 14);
    }

    @Test
    void ocsfHoldsToOurTableForEveryType() {
        SchemaTable schema = table("ocsf-1.3.0.txt");
        for (Doc finding : all) {
            Doc event = OcsfForm.of(finding, "id-1", LINK);
            assertEquals(
                    List.of(), schema.problems("event", event), () -> finding.text("type") + ": " + event.toJson());
            assertEquals(OcsfForm.VERSION, event.part("metadata").text("version"));
        }
    }

    @Test
    void theTableRefusesWhatItDoesNotSay() {
        SchemaTable schema = table("ocsf-1.3.0.txt");
        Doc event = OcsfForm.of(all.getFirst(), "id-1", LINK);
        assertFalse(schema.problems("event", new Doc().withAll(event).with("severity_id", 7))
                .isEmpty());
        assertFalse(schema.problems("event", new Doc().withAll(event).without("time"))
                .isEmpty());
        assertFalse(schema.problems("event", new Doc().withAll(event).with("colour", "red"))
                .isEmpty());
        assertFalse(schema.problems("event", new Doc().withAll(event).with("time", "today"))
                .isEmpty());
        Doc nothing = new Doc().withAll(event).with("evidences", List.of(new Doc()));
        assertFalse(schema.problems("event", nothing).isEmpty());
    }

    @Test
    void asffHasWhatSecurityHubAsksForOfEveryType() {
        for (Doc finding : all) {
            Doc asff = AsffForm.of(finding, LINK);
            for (String member : List.of(
                    "SchemaVersion",
                    "Id",
                    "ProductArn",
                    "GeneratorId",
                    "AwsAccountId",
                    "CreatedAt",
                    "UpdatedAt",
                    "Title",
                    "Description")) {
                assertFalse(String.valueOf(asff.get(member)).isBlank(), finding.text("type") + " " + member);
            }
            assertTrue(String.valueOf(asff.text("Title")).length() <= 256);
            assertTrue(String.valueOf(asff.text("Description")).length() <= 1024);
            assertTrue(Set.of("LOW", "MEDIUM", "HIGH", "CRITICAL")
                    .contains(asff.part("Severity").text("Label")));
            assertFalse(JsonText.objects(asff.get("Resources")).isEmpty());
            assertTrue(
                    String.valueOf(asff.get("Types")).matches("\\[[^/]+/[^/]+/[^/]+]"), () -> "" + asff.get("Types"));
        }
    }

    /** {@code doc} with all texts made hostile but for those that nobody outside chooses. */
    private static Doc hostile(Doc doc) {
        Doc changed = new Doc();
        doc.members().forEach((name, value) -> changed.with(name, hostile(name, value)));
        return changed;
    }

    private static Object hostile(String name, Object value) {
        return switch (value) {
            case Doc doc -> hostile(doc);
            case List<?> list ->
                list.stream()
                        .map(one -> hostile(name, Objects.requireNonNull(one)))
                        .toList();
            case String text -> OURS.contains(name) ? text : text + HOSTILE;
            default -> value;
        };
    }

    @Test
    void textOfEveryTypeSaysWhatHappened() {
        for (Doc finding : all) {
            String text = TextForm.text(finding, LINK);
            assertTrue(text.startsWith("["), text);
            assertTrue(text.endsWith("\n" + LINK), text);
            assertTrue(text.contains("Type: " + finding.text("type")), text);
            assertTrue(text.matches("(?s).*\\nWhere: (\\S[^\\n]*, )?account \\d{12}, .*"), text);
            assertTrue(text.length() < 2_500, text);
        }
    }

    @Test
    void nothingHostileOfAnyTypeReachesAReader() {
        for (Doc finding : all) {
            Doc hostile = hostile(finding);
            String text = TextForm.text(hostile, LINK);
            assertEquals(
                    TextForm.text(finding, LINK).lines().count(), text.lines().count(), text);
            String rest = text.substring(0, text.length() - LINK.length());
            harmless(rest.replaceAll("Type: \\S+", ""));
            for (Doc block : JsonText.objects(TextForm.slack(hostile, LINK).get("blocks"))) {
                Doc part = block.part("text");
                if ("mrkdwn".equals(part.text("type"))) {
                    assertEquals("<" + LINK + "|Open the finding in Tocsin>", part.text("text"));
                }
            }
            assertFalse(TextForm.teams(hostile, LINK).toJson().contains("evil.example"));
        }
    }

    private static void harmless(String text) {
        for (String bad : List.of(
                "://",
                "evil.example",
                "<",
                ">",
                "@",
                "](",
                "[a]",
                "`",
                "*",
                "~",
                "&lt;",
                "mailto:",
                "javascript:",
                "_c_",
                "\u202e",
                "\u200b",
                "\u2060",
                "\u0000",
                "\u001b",
                "\r")) {
            assertFalse(text.contains(bad), () -> "it has '" + bad + "': " + text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:iam::111122223333:role/a_role-name", "i-0123456789abcdef0", "my_bucket", "C&C"})
    void ordinaryNamesStayAsTheyAre(String name) {
        assertEquals(name, ChatText.of(name));
    }

    @Test
    void addressesAndDomainsAreReadable() {
        assertEquals("198[.]51[.]100[.]10 asked evil[.]example.", ChatText.of("198.51.100.10 asked evil.example."));
    }
}
