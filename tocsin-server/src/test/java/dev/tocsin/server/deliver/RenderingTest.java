package dev.tocsin.server.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How findings become messages. */
final class RenderingTest {

    private static final Path EXAMPLE = Path.of("../../shared/spec/finding-examples/14-eventbridge-envelope.json");

    private final Rendering rendering = new Rendering(new AtomicReference<>("https://console.example.com"));

    @Test
    void anEventHasTheFormOfTheGuidesExample() throws IOException {
        assumeTrue(Files.exists(EXAMPLE), "../shared is absent");
        Doc example = Doc.parse(Files.readString(EXAMPLE));
        Doc finding = new Doc().withAll(example.part("detail")).with("tocsin", new Doc().with("global", true));
        Doc event =
                Doc.parse(rendering.message(Format.EVENTBRIDGE, "f-1", finding).body());
        assertEquals(
                new ArrayList<>(example.members().keySet()),
                new ArrayList<>(event.members().keySet()));
        for (String same : List.of("version", "detail-type", "source", "account", "region", "resources", "detail")) {
            assertEquals(example.get(same), event.get(same), same);
        }
        assertEquals("2018-08-26T14:17:23Z", event.text("time"));
        assertTrue(String.valueOf(event.text("id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void everyFormatTakesATestAndADigest(Format format) {
        Doc test = Samples.test("111122223333", "siem", 1_000);
        Message message = rendering.message(format, "t-0", test);
        assertTrue(message.body().contains("TEST"), message.body());
        List<Doc> findings = List.of(finding("a", 5), finding("b", 8), finding("c", 2));
        Doc digest = Samples.digest("digest/1", findings, 1_000);
        String body = rendering.message(format, "d-0", digest).body();
        assertTrue(body.contains("3 findings, the worst: title of b"), body);
        assertFalse(body.contains("/#/findings/"), "a digest is no finding of the store");
        assertEquals(digest, Samples.digest("digest/1", findings, 1_000), "the same claim is the same message");
    }

    private static Doc finding(String id, double severity) {
        return new Doc()
                .with("id", id)
                .with("type", "Recon:EC2/Portscan")
                .with("accountId", "111122223333")
                .with("region", "eu-central-1")
                .with("title", "title of " + id)
                .with("severity", severity)
                .with(
                        "service",
                        new Doc()
                                .with("eventFirstSeen", "2026-03-01T12:00:0" + (int) severity + ".000Z")
                                .with("eventLastSeen", "2026-03-01T13:00:0" + (int) severity + ".000Z"));
    }

    @Test
    void aDigestCountsAndSpansWhatItStandsFor() {
        Doc service = Samples.digest("digest/1", List.of(finding("a", 5), finding("b", 8), finding("c", 2)), 1_000)
                .part("service");
        assertEquals("2026-03-01T12:00:02.000Z", service.text("eventFirstSeen"));
        assertEquals("2026-03-01T13:00:08.000Z", service.text("eventLastSeen"));
        assertEquals(3, service.number("count", 0));
        assertEquals("b", service.part("additionalInfo").text("worstId"));
    }
}
