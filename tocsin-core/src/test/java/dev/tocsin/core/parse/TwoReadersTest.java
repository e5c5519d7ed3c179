package dev.tocsin.core.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The scanner of ordinary records says what the general reader says, on good records and on damaged ones. */
final class TwoReadersTest {

    private static final int ROUNDS = Integer.getInteger("tocsin.fuzz", 200_000);

    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1.5e3",
            "\u00e9",
            "\\u0041",
            "\\n",
            "\\x",
            "\"eventName\":\"StopLogging\",",
            "\"eventTime\":1772366400,",
            "{}",
            "[]",
            "\"\"",
            "\"userIdentity\":null,",
            "\"onBehalfOf\":{\"userId\":\"someone\"},",
            "\"vpcEndpointAccountId\":\"444455556666\",",
            "\"sourceIPAddress\":{\"a\":1},",
            "\"\\u0065ventName\":\"X\",",
            "\t",
            "\u0001",
            "\"readOnly\":\"true\",",
            "\"eventVersion\":2.0,",
            "2026-03-01T12:00:00.5Z",
            "2026-02-30T12:00:00Z");

    private final ParseContext context = new ParseContext(
            LogObject.named("x"),
            new FieldPlan.Builder()
                    .take(
                            List.of("StopLogging", "PutBucketPolicy", "CreateFunction"),
                            List.of(
                                    FieldPath.of("requestParameters.name"),
                                    FieldPath.of("requestParameters"),
                                    FieldPath.of("requestParameters.policy.Statement"),
                                    FieldPath.of("responseElements.x")))
                    .build(),
            null,
            null);
    private final ApiCallCaches caches = new ApiCallCaches();

    @Test
    void ordinaryRecordsAreScanned() {
        long scanned = Records.all().stream().filter(this::isScanned).count();
        assertTrue(scanned >= Records.all().size() / 2, "only " + scanned + " records are ordinary");
    }

    private boolean isScanned(byte[] record) {
        return new ApiCallReader(context, new Kept(), true, caches).ordinary(record, 0, record.length, 0)
                == record.length;
    }

    @Test
    void sameOnGoodRecords() {
        Records.all().forEach(record -> same(record, "good"));
    }

    @Test
    void sameOnDamagedRecords() {
        long seed = Long.getLong("tocsin.seed", System.nanoTime());
        System.out.println("TwoReadersTest: -Dtocsin.seed=" + seed);
        Random random = new Random(seed);
        List<byte[]> records = Records.all();
        int scanned = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] record = records.get(random.nextInt(records.size()));
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                record = damaged(record, random);
            }
            scanned += same(record, "seed " + seed + " round " + round) ? 1 : 0;
        }
        assertTrue(scanned > ROUNDS / 100, "hardly any damaged record is still ordinary: " + scanned);
    }

    /** Reads both ways and compares; whether the scanner read it. */
    private boolean same(byte[] record, String which) {
        Kept fast = new Kept();
        int end = new ApiCallReader(context, fast, true, caches).ordinary(record, 0, record.length, 7);
        if (end < 0) {
            assertEquals(List.of(), fast.lines, which);
            return false;
        }
        Kept slow = new Kept();
        new ApiCallReader(context, slow, true, new ApiCallCaches()).general(record, 0, end, 7);
        assertEquals(slow.lines, fast.lines, () -> which + ": " + new String(record, StandardCharsets.UTF_8));
        return true;
    }

    private static byte[] damaged(byte[] record, Random random) {
        int at = random.nextInt(record.length);
        return switch (random.nextInt(4)) {
            case 0 -> spliced(record, at, Math.min(record.length, at + random.nextInt(12)), "");
            case 1 -> spliced(record, at, at, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> spliced(record, at, at + 1, PIECES.get(random.nextInt(PIECES.size())));
            default -> afterToken(record, at, PIECES.get(random.nextInt(PIECES.size())));
        };
    }

    /** Puts a piece where a member may begin, which keeps many records whole. */
    private static byte[] afterToken(byte[] record, int from, String piece) {
        for (int i = from; i < record.length; i++) {
            if (record[i] == ',' || record[i] == ':' || record[i] == '{') {
                return spliced(record, i + 1, i + 1, piece);
            }
        }
        return record;
    }

    private static byte[] spliced(byte[] record, int from, int to, String piece) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(Arrays.copyOf(record, from));
        parts.add(piece.getBytes(StandardCharsets.UTF_8));
        parts.add(Arrays.copyOfRange(record, to, record.length));
        byte[] out = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out.length == 0 ? record : out;
    }
}
