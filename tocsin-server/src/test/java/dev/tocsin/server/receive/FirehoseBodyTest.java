package dev.tocsin.server.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FirehoseBodyTest {

    private static final String ID = "ed4acda5-034f-9f42-bba1-f29aea6d7d8f";
    private static final int MUTATIONS = 20_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what                        | body                                                                  | records
            one record                    | {"requestId":"ID","timestamp":1578090901599,"records":[{"data":"aGk="}]} | 1
            an empty record               | {"requestId":"ID","timestamp":1,"records":[{"data":""}]}              | 1
            no timestamp                  | {"requestId":"ID","records":[{"data":""},{"data":""}]}                | 2
            records first                 | {"records":[{"data":""}],"requestId":"ID","timestamp":1}              | 1
            a member nobody knows         | {"requestId":"ID","new":{"a":[1]},"records":[{"x":{},"data":""}]}     | 1
            another id                    | {"requestId":"other","records":[{"data":""}]}                         | -1
            two ids                       | {"requestId":"ID","requestId":"other","records":[{"data":""}]}        | -1
            no id                         | {"records":[{"data":""}]}                                             | -1
            no records                    | {"requestId":"ID"}                                                    | -1
            an empty list                 | {"requestId":"ID","records":[]}                                       | -1
            records are no list           | {"requestId":"ID","records":{"data":""}}                              | -1
            a record without data         | {"requestId":"ID","records":[{"data":""},{}]}                         | -1
            data that is no text          | {"requestId":"ID","records":[{"data":{"messageType":"DATA_MESSAGE"}}]} | -1
            a time that is text           | {"requestId":"ID","timestamp":"1","records":[{"data":""}]}            | -1
            a list                        | [{"requestId":"ID"}]                                                  | -1
            cut                           | {"requestId":"ID","records":[{"data":"                                | -1
            something behind it           | {"requestId":"ID","records":[{"data":""}]} {}                         | -1
            """)
    void tells(String what, String body, int records) throws Refused {
        byte[] bytes = body.replace("ID", ID).getBytes(StandardCharsets.UTF_8);
        if (records < 0) {
            assertEquals(
                    400,
                    assertThrows(Refused.class, () -> FirehoseBody.of(bytes, ID))
                            .status());
        } else {
            assertEquals(records, FirehoseBody.of(bytes, ID).records());
        }
    }

    @ParameterizedTest(name = "{0} records, {1} characters each: {2}")
    @CsvSource({
        "10000, 4,       true",
        "10001, 4,       false",
        "1,     1365336, true",
        "1,     1365340, false",
        "1,     9000000, false",
    })
    void holdsTheLimits(int records, int length, boolean taken) throws Refused {
        String record = "{\"data\":\"" + "A".repeat(length) + "\"}";
        String body =
                "{\"requestId\":\"" + ID + "\",\"records\":[" + record + ("," + record).repeat(records - 1) + "]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (taken) {
            assertEquals(records, FirehoseBody.of(bytes, ID).records());
        } else {
            assertThrows(Refused.class, () -> FirehoseBody.of(bytes, ID));
        }
    }

    @Test
    void refusesDepth() {
        byte[] bytes = ("{\"requestId\":\"" + ID + "\",\"x\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        assertThrows(Refused.class, () -> FirehoseBody.of(bytes, ID));
    }

    /** Whatever comes, it is a body or refused. */
    @Test
    void survivesWhatIsBroken() {
        long seed = Long.getLong("tocsin.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] good = ("{\"requestId\":\"" + ID + "\",\"timestamp\":1578090901599,\"records\":[{\"data\":\"aGVsbG8=\"},"
                        + "{\"data\":\"\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        int taken = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                taken += FirehoseBody.of(bad, ID).records() > 0 ? 1 : 0;
            } catch (Refused e) {
                assertEquals(400, e.status());
            }
        }
        System.out.println(taken + " of " + MUTATIONS + " taken");
    }
}
