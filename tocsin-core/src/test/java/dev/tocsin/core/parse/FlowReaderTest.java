package dev.tocsin.core.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlowReaderTest {

    private static final String HEADER =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action"
                    + " log-status\n";

    private static final String GOOD =
            "2 111122223333 eni-1 10.0.1.5 192.0.2.10 49152 443 6 12 3456 1772366400 1772366458 ACCEPT OK";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what differs                          | from        | to                   | accepted | ignored | rejected
            nothing                                 | OK          | OK                   | 1        | 0       | 0
            the largest counter                     | 3456        | 9223372036854775807  | 1        | 0       | 0
            a counter one larger                    | 3456        | 9223372036854775808  | 0        | 0       | 1
            a counter beyond 64 bits                | 3456        | 99999999999999999999 | 0        | 0       | 1
            a negative counter                      | 3456        | -1                   | 0        | 0       | 1
            letters in a counter                    | 3456        | 34k                  | 0        | 0       | 1
            the highest port                        | 443         | 65535                | 1        | 0       | 0
            a port one higher                       | 443         | 65536                | 0        | 0       | 1
            no port                                 | 443         | -                    | 1        | 0       | 0
            the highest protocol                    | ' 6 '       | ' 255 '              | 1        | 0       | 0
            a protocol one higher                   | ' 6 '       | ' 256 '              | 0        | 0       | 1
            an octet too large                      | 192.0.2.10  | 192.0.2.256          | 0        | 0       | 1
            an octet with leading zeros             | 192.0.2.10  | 192.0.02.10          | 0        | 0       | 1
            five octets                             | 192.0.2.10  | 192.0.2.10.1         | 0        | 0       | 1
            an IPv6 address                         | 192.0.2.10  | 2001:DB8::1          | 1        | 0       | 0
            two gaps                                | 192.0.2.10  | 2001::db8::1         | 0        | 0       | 1
            no address                              | 192.0.2.10  | -                    | 0        | 1       | 0
            an unknown action                       | ACCEPT      | MAYBE                | 0        | 0       | 1
            an unknown status                       | OK          | FINE                 | 0        | 0       | 1
            an idle window                          | OK          | NODATA               | 0        | 1       | 0
            lost flows                              | OK          | SKIPDATA             | 0        | 1       | 0
            a column too many                       | OK          | OK more              | 0        | 0       | 1
            a column too few                        | ACCEPT      | ''                   | 0        | 0       | 1
            milliseconds                            | 1772366458  | 1772366458000        | 1        | 0       | 0
            no end                                  | 1772366458  | -                    | 1        | 0       | 0
            the start of AWS's year                 | 1772366458  | 1136073600           | 1        | 0       | 0
            ends before it starts                   | 1772366458  | 1772366300           | 1        | 0       | 0
            """)
    void reads(String name, String from, String to, int accepted, int ignored, int rejected) {
        FlowLog log = FlowLog.of(HEADER + GOOD.replace(from, to));
        assertEquals(accepted, log.flows.size(), "accepted");
        assertEquals(ignored, log.ignored.size(), "ignored");
        assertEquals(rejected, log.rejected.size(), "rejected");
    }

    @Test
    void aTimeBeforeAwsIsNone() {
        String line = GOOD.replace("1772366400", "0").replace("1772366458", "1136073599");
        assertEquals(List.of("2: expected a time from 2006 on, found none"), FlowLog.of(HEADER + line).rejected);
    }

    @Test
    void saysWhatWasExpectedAndWhatStoodThere() {
        assertEquals(
                List.of("2: dstport: expected a whole number from 0 to 65535, found 70000"),
                FlowLog.of(HEADER + GOOD.replace("443", "70000")).rejected);
    }

    @Test
    void takesEveryField() {
        Flow flow = FlowLog.of("version instance-id vpc-id subnet-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr srcport"
                        + " dstport protocol tcp-flags packets bytes start end flow-direction action region"
                        + " interface-id account-id not-yet-invented\n"
                        + "11 i-1 vpc-1 subnet-1 10.0.1.5 10.0.0.220 10.0.1.5 198.51.100.99 49152 443 6 3 12 3456"
                        + " 1772366400 1772366458 egress REJECT eu-west-1 eni-1 111122223333 what-ever")
                .flows
                .getFirst();
        assertEquals("i-1", flow.instanceId());
        assertEquals("vpc-1", flow.vpcId());
        assertEquals("subnet-1", flow.subnetId());
        assertEquals(Address.parse("10.0.0.220"), new Address(flow.targetHigh(), flow.targetLow()));
        assertEquals(Address.parse("198.51.100.99"), new Address(flow.packetTargetHigh(), flow.packetTargetLow()));
        assertEquals(49152, flow.sourcePort());
        assertEquals(443, flow.targetPort());
        assertEquals(3, flow.tcpFlags());
        assertEquals(Flow.Direction.EGRESS, flow.direction());
        assertTrue(flow.rejected());
        assertEquals("eu-west-1", flow.region());
        assertEquals(1_772_366_458, flow.at());
    }

    @Test
    void tellsNoInstanceFromNoSuchColumn() {
        assertNull(FlowLog.of(HEADER + GOOD).flows.getFirst().instanceId());
        String with = HEADER.replace("log-status", "log-status instance-id") + GOOD + " -";
        assertEquals("-", FlowLog.of(with).flows.getFirst().instanceId());
    }

    @Test
    void aHeaderlessCustomLineShowsItselfAndTheWayOut() {
        String reason = FlowLog.of("2 eni-1 10.0.1.5 192.0.2.10").rejected.getFirst();
        assertTrue(reason.contains("4 columns") && reason.contains("2 eni-1 10.0.1.5"), reason);
        assertTrue(reason.contains("Set the source's flow log format"), reason);
    }

    @Test
    void aSetFormatReadsLinesWithoutHeader() {
        FlowLog log = FlowLog.of(
                LogObject.named("x"),
                "${interface-id} ${srcaddr} ${dstaddr} ${end}",
                "eni-1 10.0.1.5 192.0.2.10 1772366458".getBytes(StandardCharsets.UTF_8));
        assertEquals(1, log.flows.size());
    }

    @Test
    void makesNoTextTwice() {
        List<Flow> flows = FlowLog.of(HEADER + GOOD + "\n" + GOOD.replace("443", "444")).flows;
        assertSame(flows.get(0).interfaceId(), flows.get(1).interfaceId());
        assertFalse(flows.get(0).contentHash() == flows.get(1).contentHash(), "other content, other digest");
    }

    @Test
    void aTableRowIsTheSameRecordAsALine() {
        FlowLog log = new FlowLog();
        var context = new ParseContext(LogObject.named("x"), FieldPlan.NONE, null, null);
        FlowReader reader = new FlowReader(context, log);
        reader.columns(List.of(HEADER.strip().replace('-', '_').split(" ")));
        Object[] values = List.of(GOOD.split(" ")).toArray(new Object[0]);
        values[9] = 3456L;
        reader.row(values, 1);
        assertEquals(
                FlowLog.of(HEADER + GOOD).flows.getFirst().contentHash(),
                log.flows.getFirst().contentHash());
    }

    /** Any bytes at all: no exception, and each line goes somewhere. */
    @Test
    void survivesAnyBytes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] good = (HEADER + GOOD + "\n").getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = good.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                int at = random.nextInt(bytes.length);
                bytes[at] = random.nextBoolean() ? (byte) random.nextInt(256) : good[random.nextInt(good.length)];
            }
            try {
                FlowLog.of(LogObject.named("fuzz"), null, bytes);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + round, e);
            }
        }
    }

    /** Bytes and text read addresses alike. */
    @Test
    void readsAddressesLikeTheTextReader() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "0123:::..af2";
        AddressBytes reader = new AddressBytes();
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            Address expected = Address.parse(text.toString());
            boolean read = reader.read(bytes, 0, bytes.length);
            assertEquals(expected != null, read, "seed " + seed + ": " + text);
            if (expected != null) {
                assertEquals(expected, new Address(reader.high(), reader.low()), "seed " + seed + ": " + text);
            }
        }
    }
}
