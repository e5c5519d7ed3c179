package dev.tocsin.core.traffic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.FlowLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TrafficWindowTest {

    private static final CBORFactory CBOR = new CBORFactory();
    private static final long START = 1_772_366_400;

    private static List<Flow> flows(String lines) {
        String header = "interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action tcp-flags"
                + " flow-direction log-status\n";
        return FlowLog.of(LogObject.named("x"), null, (header + lines).getBytes(StandardCharsets.UTF_8)).flows;
    }

    private static String line(String remote, int port, int client, String flags) {
        return "eni-1 10.0.0.5 %s %d %d 6 1 44 %d %d ACCEPT %s egress OK\n"
                .formatted(remote, client, port, START + client % 500, START + client % 500 + 9, flags);
    }

    private static TrafficWindow window(List<Flow> flows) {
        TrafficWindow window = new TrafficWindow(START);
        flows.forEach(flow -> window.add(flow, flow.direction() == Flow.Direction.EGRESS));
        return window;
    }

    private static byte[] written(TrafficWindow window) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = CBOR.createGenerator(bytes)) {
            window.write(out);
        }
        return bytes.toByteArray();
    }

    @Test
    void keepsTheSameContactsInAnyOrder() throws IOException {
        List<Flow> flows = many(3_000);
        TrafficWindow one = window(flows);
        one.outward();
        long seed = Long.getLong("tocsin.seed", System.nanoTime());
        System.out.println("TrafficWindowTest: -Dtocsin.seed=" + seed);
        Collections.shuffle(flows, new Random(seed));
        TrafficWindow other = window(flows);
        other.outward();
        assertArrayEquals(written(one), written(other), "seed " + seed);
        assertEquals(TrafficWindow.MOST_OUTWARD, one.outward().size());
        assertTrue(one.outward().stream().allMatch(contact -> contact.outRecords() == 2), "each with all its records");
    }

    @Test
    void estimatesHowManyThereWere() {
        long distinct = window(many(20_000)).distinctOutward();
        assertTrue(distinct > 16_000 && distinct < 24_000, distinct + " of 20,000");
    }

    private static List<Flow> many(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(line("198.51." + i / 250 + "." + i % 250, 443, 40_000 + i % 100, "2"));
            lines.append(line("198.51." + i / 250 + "." + i % 250, 443, 40_000 + i % 100 + 200, "2"));
        }
        return new ArrayList<>(flows(lines.toString()));
    }

    @Test
    void isTheSameAfterWritingAndReading() throws IOException {
        TrafficWindow window = window(many(700));
        flows(line("10.0.0.9", 22, 50_000, "2")).forEach(window::addSideless);
        byte[] bytes = written(window);
        try (JsonParser in = CBOR.createParser(bytes)) {
            TrafficWindow read = TrafficWindow.read(in);
            assertArrayEquals(bytes, written(read));
            assertEquals(1, read.takeSideless().size());
        }
    }

    @Test
    void addsBothDirectionsToOneContact() {
        List<Flow> flows = flows(line("198.51.100.7", 443, 40_001, "2")
                + line("198.51.100.7", 443, 40_002, "3")
                + "eni-1 198.51.100.7 10.0.0.5 443 40001 6 5 900 %d %d ACCEPT 19 ingress OK\n"
                        .formatted(START + 3, START + 4));
        Contact contact = window(flows).outward().getFirst();
        assertEquals(2, contact.outRecords());
        assertEquals(1, contact.inRecords());
        assertEquals(900, contact.inBytes());
        assertEquals(2, contact.sessions());
        assertTrue(contact.isOpenedByHost());
        assertTrue(contact.isAnswered());
    }

    @Test
    void clientsOfAServiceStandTogetherButWherePasswordsAreAsked() {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 20; i++) {
            for (int port : new int[] {443, 22}) {
                lines.append("eni-1 198.51.100.%d 10.0.0.5 %d %d 6 1 44 %d %d ACCEPT 2 ingress OK\n"
                        .formatted(i, 40_000 + i, port, START, START + 5));
            }
        }
        List<Contact> inward = window(flows(lines.toString())).inward();
        assertEquals(20, inward.stream().filter(contact -> contact.port() == 22).count());
        assertEquals(1, inward.stream().filter(contact -> contact.port() == 443).count());
    }
}
