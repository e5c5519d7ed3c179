package dev.tocsin.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.server.store.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatchedTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # tag of the detector   | tag             | value    | type                               | silent
            none                    | none            | none     | Backdoor:EC2/Beacon                | true
            switched on             | tocsin:behavior | ENABLED  | Backdoor:EC2/Beacon                | false
            switched off            | tocsin:behavior | DISABLED | Discovery:EC2/InternalSweep        | true
            GuardDuty's own         | none            | none     | Recon:EC2/Portscan                 | false
            stands for GuardDuty's  | none            | none     | Behavior:EC2/ManyListedDomains     | false
            """)
    void showsTypesOfOurOwnWhereAsked(String name, String tag, String value, String type, boolean silent) {
        Doc tags = tag == null ? new Doc() : new Doc().with(tag, value);
        Doc detector = new Doc().with("status", "ENABLED").with("tags", tags);
        Watched watched = Watched.of(List.of(new Resource("111122223333", "us-east-1", "detector", "d", detector)));
        Feature feature = Objects.requireNonNull(Detectors.types().get(type)).feature();
        assertEquals(
                silent,
                watched.off()
                        .getOrDefault("111122223333", Map.of())
                        .getOrDefault("us-east-1", Set.of())
                        .contains(feature));
    }
}
