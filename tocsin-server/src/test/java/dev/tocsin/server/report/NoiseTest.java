package dev.tocsin.server.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NoiseTest {

    private final List<FindingState> findings = new ArrayList<>();

    private void finding(String type, String user, String api, long count) {
        Doc document = new Doc()
                .with("resource", new Doc().with("accessKeyDetails", new Doc().with("userName", user)))
                .with(
                        "service",
                        new Doc()
                                .with("count", count)
                                .with("action", new Doc().with("awsApiCallAction", new Doc().with("api", api))));
        findings.add(new FindingState("id" + findings.size(), type, "111122223333", "us-east-1", 1, 0, 0, 2, document));
    }

    @Test
    void tellsTheLoudestCauseFirstAndEachFindingOnce() {
        finding("T:IAMUser/A", "alice", "One", 5);
        finding("T:IAMUser/A", "alice", "Two", 1);
        finding("T:IAMUser/A", "bob", "Three", 1);
        finding("T:IAMUser/B", "alice", "One", 1);
        List<Noise.Cause> causes = Noise.of(findings);
        assertEquals(3, causes.size());
        assertEquals(
                Map.of("type", "T:IAMUser/A", "resource.accessKeyDetails.userName", "alice"),
                causes.getFirst().criteria());
        assertEquals(2, causes.getFirst().findings());
        assertEquals(6, causes.getFirst().events());
        assertEquals(4, causes.stream().mapToLong(Noise.Cause::findings).sum());
    }

    @Test
    void draftsTheNarrowestFilter() {
        finding("T:IAMUser/A", "alice", "One", 5);
        finding("T:IAMUser/A", "alice", "One", 5);
        assertEquals(
                "{\"name\":\"tocsin-noise-1\","
                        + "\"description\":\"Drafted from 2 findings. Read them before using this.\","
                        + "\"action\":\"ARCHIVE\",\"rank\":1,\"findingCriteria\":{\"criterion\":{"
                        + "\"resource.accessKeyDetails.userName\":{\"equals\":[\"alice\"]},"
                        + "\"service.action.awsApiCallAction.api\":{\"equals\":[\"One\"]},"
                        + "\"type\":{\"equals\":[\"T:IAMUser/A\"]}}}}",
                Noise.of(findings).getFirst().filter().toJson());
    }

    @Test
    void tellsTenAtMost() {
        for (int i = 0; i < 30; i++) {
            finding("T:IAMUser/A", "user" + i, "api" + i, 1);
        }
        assertEquals(Noise.CAUSES, Noise.of(findings).size());
        assertEquals(List.of(), Noise.of(List.of()));
    }
}
