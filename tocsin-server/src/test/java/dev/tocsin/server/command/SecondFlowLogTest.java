package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two flow logs of one interface: one finding, in one run or two, and the ledger says what was set aside. */
final class SecondFlowLogTest extends CommandFixture {

    private static final String COLUMNS = "version account-id interface-id srcaddr dstaddr srcport dstport protocol"
            + " packets bytes start end action log-status";
    private static final long NOON = 1_772_366_400;

    private String list = "";

    @BeforeEach
    void list() throws IOException {
        list = Files.writeString(folder.resolveSibling("bad.txt"), "198.51.100.99\n")
                .toString();
    }

    private static String flow(int minute) {
        long start = NOON + 60L * minute;
        return "2 111122223333 eni-1 10.0.1.5 198.51.100.99 49152 443 6 12 3456 " + start + " " + (start + 50)
                + " ACCEPT OK";
    }

    private String poor(int minute) throws IOException {
        return write("fl-0aaaabbbbccccddd2", minute, COLUMNS + "\n" + flow(minute - 4) + "\n");
    }

    private String rich(int minute) throws IOException {
        return write(
                "fl-0aaaabbbbccccddd1",
                minute,
                COLUMNS + " instance-id tcp-flags\n" + flow(minute - 4) + " i-0abcd1234example00 2\n");
    }

    private String write(String log, int minute, String text) throws IOException {
        String time = "20260301T%02d%02dZ".formatted(12 + minute / 60, minute % 60);
        String name = "111122223333_vpcflowlogs_us-east-1_" + log + "_" + time + "_" + log + ".log";
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Judged analyze(String... more) throws IOException {
        Path ledger = folder.resolveSibling("ledger.json");
        List<String> arguments = new ArrayList<>(List.of("analyze", "--quiet", "--format", "jsonl"));
        arguments.addAll(List.of("--ledger", ledger.toString(), "--threat-list", list));
        arguments.addAll(List.of(more));
        out.getBuffer().setLength(0);
        assertEquals(0, tocsin(arguments.toArray(String[]::new)), err.toString());
        return Judged.of(out.toString(), Files.readString(ledger));
    }

    @Test
    void thePoorerOneComesFirst() throws IOException {
        Judged judged = analyze(poor(4), rich(5), poor(9), rich(10));
        assertEquals(1, judged.findings().size(), judged::toString);
        assertEquals(2, judged.findings().getFirst().part("service").number("count", 0));
        assertEquals(2, judged.total("accepted"));
        assertEquals(2, judged.total("ignored"));
        String message = judged.objects().getFirst().text("message");
        assertEquals("ignored 1: second flow log", message);
    }

    @Test
    void theOtherOneComesInTheNextRun() throws IOException {
        String state = folder.resolveSibling(folder.getFileName() + "-state").toString();
        String poor = poor(4);
        Judged first = analyze("--state", state, poor);
        assertTrue(first.findings().getFirst().toJson().contains("\"provisional\":true"), first::toString);
        analyze("--state", state, rich(5), rich(120));
        Judged all = analyze("--state", state, "--all", rich(240));
        assertEquals(1, all.findings().size(), all::toString);
        assertEquals(3, all.findings().getFirst().part("service").number("count", 0));
        try (Store store = Store.openExisting(Path.of(state))) {
            String row = new ReadObjects(store).row(poor);
            assertTrue(String.valueOf(row).contains("\"accepted\":0,\"duplicates\":0,\"ignored\":1,"), row);
            assertTrue(String.valueOf(row).contains("\"message\":\"ignored 1: second flow log\""), row);
        }
    }
}
