package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is asked to end while it has much to do ends soon, and the next one goes on where it was. */
final class StoppedServiceTest {

    /** Milliseconds within which SIGTERM ends it. */
    private static final long SOON = 10_000;

    private static final int OBJECTS = 40;
    private static final int RECORDS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void endsSoonUnderLoadAndLosesNothing() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Path logs = Files.createDirectories(folder.resolve("logs"));
        for (int i = 0; i < OBJECTS; i++) {
            Files.writeString(logs.resolve("object" + i + ".json"), object(i));
        }
        try (ServeProcess service = ServeProcess.start(data, logs, folder.resolve("first.log"))) {
            service.await(() -> accepted(data) > 0);
            long took = service.stop();
            assertTrue(took < SOON, "it took " + took + " ms");
        }
        try (ServeProcess service = ServeProcess.start(data, logs, folder.resolve("second.log"))) {
            service.await(() -> accepted(data) >= OBJECTS * RECORDS);
            service.stop();
        }
        assertEquals(OBJECTS * RECORDS, accepted(data));
    }

    private static String object(int number) {
        StringBuilder text = new StringBuilder("{\"Records\":[");
        for (int i = 0; i < RECORDS; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAMUser\",\"principalId\":\"AIDA")
                    .append(i % 50)
                    .append("\",\"arn\":\"arn:aws:iam::111122223333:user/u")
                    .append(i % 50)
                    .append("\",\"accountId\":\"111122223333\",\"userName\":\"u")
                    .append(i % 50)
                    .append("\"},\"eventTime\":\"2026-03-01T12:")
                    .append(10 + number)
                    .append(":00Z\",\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"DescribeInstances\",")
                    .append(
                            "\"awsRegion\":\"us-east-1\",\"sourceIPAddress\":\"203.0.113.10\",\"userAgent\":\"aws-cli\",")
                    .append("\"eventID\":\"e-")
                    .append(number)
                    .append('-')
                    .append(i)
                    .append("\",\"eventType\":\"AwsApiCall\",\"recipientAccountId\":\"111122223333\"}");
        }
        return text.append("]}").toString();
    }

    private static long accepted(Path data) throws IOException {
        if (!Files.exists(data.resolve("tocsin.db"))) {
            return 0;
        }
        long[] sum = new long[1];
        try (Store store = Store.openBeside(data)) {
            new ReadObjects(store).rows(row -> sum[0] += row.number("accepted", 0));
        }
        return sum[0];
    }
}
