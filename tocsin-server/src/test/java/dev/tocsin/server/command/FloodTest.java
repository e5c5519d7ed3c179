package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Floods made to bury one true finding: it stands on top, beside a bounded number of others. */
final class FloodTest extends CommandFixture {

    /** How many of each; the full size of the issue with {@code -Dtocsin.flood=1000000}. */
    private static final int SIZE = Integer.getInteger("tocsin.flood", 20_000);

    private static final String TRUE_FINDING = "Backdoor:EC2/C&CActivity.B!DNS";
    private static final int STAND_ALONE = 200;
    private static final long NOON = 1_772_366_400;

    private final Random random = new Random(SIZE);

    @BeforeEach
    void trueFinding() throws IOException {
        Files.writeString(folder.resolveSibling("intel.tsv"), """
                indicator\tkind\tcategory\tlastSeen
                c2.threat.example\tdomain\tc2\t2026-03-01
                198.51.100.0/24\tcidr\tscanner\t2026-03-01
                """);
        Files.writeString(folder.resolve("true.log"), query("c2.threat.example.", "i-0true", NOON + 1_800) + "\n");
    }

    private static String query(String name, String instance, long at) {
        return "{\"version\":\"1.100000\",\"account_id\":\"111122223333\",\"region\":\"us-east-1\",\"vpc_id\":\"vpc-1\","
                + "\"query_timestamp\":\"" + Instant.ofEpochSecond(at) + "\",\"query_name\":\"" + name
                + "\",\"query_type\":\"A\",\"query_class\":\"IN\",\"rcode\":\"NXDOMAIN\",\"answers\":[],"
                + "\"srcaddr\":\"10.0.1.5\",\"srcport\":\"4000\",\"transport\":\"UDP\",\"srcids\":{\"instance\":\""
                + instance + "\"}}";
    }

    private Writer log(String name) throws IOException {
        return new BufferedWriter(new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))), StandardCharsets.UTF_8));
    }

    private Judged run() throws IOException {
        Path ledger = folder.resolveSibling("ledger.json");
        Path intel = folder.resolveSibling("intel.tsv");
        List<String> arguments = new ArrayList<>(List.of("analyze", "--quiet", "--format", "jsonl", "--intel"));
        arguments.addAll(List.of(intel.toString(), "--ledger", ledger.toString(), folder.toString()));
        assertEquals(0, tocsin(arguments.toArray(String[]::new)), err.toString());
        Judged judged = Judged.of(out.toString(), Files.readString(ledger));
        assertEquals(TRUE_FINDING, Judged.type(judged.findings().getFirst()), "on top");
        return judged;
    }

    /** What the roll-ups stand for. */
    private static long rolledUp(Judged judged) {
        return judged.findings().stream()
                .map(finding -> finding.part("tocsin").part("rollUp"))
                .mapToLong((Doc rollUp) -> rollUp.number("findings", 0))
                .sum();
    }

    @Test
    void sessionNames() throws IOException {
        try (Writer trail = log("trail.json.gz")) {
            trail.write("{\"Records\":[");
            for (int i = 0; i < SIZE; i++) {
                trail.write((i == 0 ? "" : ",")
                        + KALI.replace("IAMUser", "AssumedRole")
                                .replace("AIDAEXAMPLE", "AROAEXAMPLE:s" + i)
                                .replace("iam::111122223333:user/alice", "sts::111122223333:assumed-role/app/s" + i)
                                .replace(",\"userName\":\"alice\"", "")
                                .replace("e-1", "e-" + i));
            }
            trail.write("]}");
        }
        Judged judged = run();
        assertEquals(SIZE + 1, judged.total("accepted"));
        assertTrue(
                judged.findings().size() <= STAND_ALONE + 2,
                "findings " + judged.findings().size());
        assertEquals(SIZE + 1, judged.findings().size() - (rolledUp(judged) > 0 ? 1 : 0) + rolledUp(judged));
    }

    /** Names that nobody listed, and as many below the listed one: all the same finding. */
    @Test
    void randomQueryNames() throws IOException {
        try (Writer queries = log("queries.log.gz")) {
            for (int i = 0; i < SIZE; i++) {
                String name = Long.toString(random.nextLong(Long.MAX_VALUE), 36);
                String zone = i % 2 == 0 ? ".harmless.example." : ".c2.threat.example.";
                queries.write(query(name + zone, "i-0true", NOON + i / 500) + "\n");
            }
        }
        Judged judged = run();
        assertEquals(SIZE + 1, judged.total("accepted"));
        assertEquals(1, judged.findings().size());
        assertEquals(SIZE / 2 + 1, judged.findings().getFirst().part("service").number("count", 0), "each counted");
    }

    /** Many instances answer listed scanners: a finding of each would be a thousand. */
    @Test
    void aClusterThatIsScanned() throws IOException {
        int hosts = Math.max(300, SIZE / 20);
        try (Writer flows = log("flows.log.gz")) {
            flows.write("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start"
                    + " end action log-status instance-id tcp-flags\n");
            for (int i = 0; i < SIZE; i++) {
                int host = i % hosts;
                String ends = "10.0." + host / 250 % 250 + "." + (host % 250 + 1) + " 198.51.100." + i % 250 + " 22 "
                        + (1_024 + i % 60_000);
                long at = NOON + i * 1_800L / SIZE;
                flows.write("2 111122223333 eni-" + host + " " + ends + " 6 2 88 " + at + " " + (at + 5)
                        + " ACCEPT OK i-" + host + " 18\n");
            }
        }
        Judged judged = run();
        assertEquals(SIZE + 1, judged.total("accepted"));
        assertTrue(
                judged.findings().size() <= STAND_ALONE + 2,
                "findings " + judged.findings().size());
        assertEquals(hosts + 1 - STAND_ALONE - 1, rolledUp(judged));
    }
}
