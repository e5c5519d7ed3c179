package dev.tocsin.server.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.HabitDetector;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.parse.FlowLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HabitReplayTest {

    private static final long START = 1_772_323_200;
    private static final long DAY = 86_400;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens last           | type                                   | days | peer         | port  | times | bytes     | first that failed                                | what there was
            a port never used             | Behavior:EC2/NetworkPortUnusual        | 15   | 203.0.113.9  | 4444  | 4     | 900       |                                                  |
            one try                       | Behavior:EC2/NetworkPortUnusual        | 15   | 203.0.113.9  | 4444  | 1     | 900       | 3 connections or 10000 bytes within a day        | about 1 connections, 1800 bytes
            a common port                 | Behavior:EC2/NetworkPortUnusual        | 15   | 203.0.113.9  | 5671  | 4     | 900       | the host opens a server port that is none of the common ones nor chosen at will | tcp/5671 of 203.0.113.9
            a young host                  | Behavior:EC2/NetworkPortUnusual        | 9    | 203.0.113.9  | 4444  | 4     | 900       | the host is known for 14 days; else its group is asked | 9 days
            nobody else to judge          | Behavior:EC2/NetworkPortUnusual        | 15   | 10.0.0.9     | 4444  | 4     | 900       | there is traffic to public peers that the type judges | none
            no resolver                   | DefenseEvasion:EC2/UnusualDNSResolver  | 15   | 203.0.113.9  | 53    | 4     | 90        | it is a resolver that is known, or asked 5 times in ten minutes | it is not known, and asked about 4 times
            a public resolver             | DefenseEvasion:EC2/UnusualDNSResolver  | 15   | 9.9.9.9      | 53    | 4     | 90        |                                                  |
            a small upload                | Behavior:EC2/TrafficVolumeUnusual      | 15   | 203.0.113.9  | 443   | 4     | 9000      | 1000000 bytes to one public peer in ten minutes  | 36000 bytes to 203.0.113.9 in ten minutes
            an upload of a dump           | Behavior:EC2/TrafficVolumeUnusual      | 15   | 203.0.113.9  | 443   | 4     | 99000000  | sustained: 3 of the hour's windows with 10000000 bytes, or 2000000000 bytes at once; slowly, 18 windows of the day | 1 of the hour, 1 of the day
            """)
    void namesTheFirstConditionThatFailed(
            String name,
            String type,
            int days,
            String peer,
            int port,
            int times,
            long bytes,
            String failed,
            String was) {
        FindingType asked = Objects.requireNonNull(Detectors.types().get(type));
        HabitDetector detector = Detectors.of(HabitDetector.class).stream()
                .filter(one -> one.types().contains(asked))
                .findFirst()
                .orElseThrow();
        long last = START + days * DAY;
        HabitReplay replay = new HabitReplay(asked, detector, EngineServices.NONE, last - 600, last + 600);
        StringBuilder log =
                new StringBuilder("interface-id srcaddr dstaddr srcport dstport protocol packets bytes start"
                        + " end action tcp-flags flow-direction log-status\n");
        for (int day = 0; day < days; day++) {
            conversation("198.51.100.1", 443, 40_000, 100, START + day * DAY, log);
        }
        for (int i = 0; i < times; i++) {
            conversation(peer, port, 40_000 + 7 * i, bytes, last, log);
        }
        FlowLog.of(LogObject.named("x"), null, log.toString().getBytes(StandardCharsets.UTF_8))
                .flows
                .forEach(replay::add);
        List<Condition> conditions = replay.conditions();
        Condition first = conditions.stream()
                .filter(condition -> !condition.met())
                .findFirst()
                .orElse(null);
        assertEquals(failed, first == null ? null : first.text());
        assertEquals(was, first == null ? null : first.found());
    }

    private static void conversation(String peer, int port, int client, long bytes, long at, StringBuilder log) {
        log.append("eni-1 10.0.0.5 %s %d %d 6 9 %d %d %d ACCEPT 3 egress OK\n"
                .formatted(peer, client, port, bytes, at, at + 9));
        log.append("eni-1 %s 10.0.0.5 %d %d 6 9 %d %d %d ACCEPT 19 ingress OK\n"
                .formatted(peer, port, client, Math.min(bytes, 900), at, at + 9));
    }
}
