package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.deliver.DestinationForm;
import dev.tocsin.server.deliver.OwnDestinations;
import dev.tocsin.server.deliver.Receiver;
import dev.tocsin.server.security.PrivateFiles;
import dev.tocsin.server.security.Sealer;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed while findings leave: every one arrives, and a repeat has the id of the first. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class KilledDeliveriesTest {

    private static final int FINDINGS = 300;
    private static final int KILLS = Integer.getInteger("tocsin.kills", 3);
    private static final long SEED = Long.getLong("tocsin.seed", System.nanoTime());

    /** Messages of a round, which are done together. */
    private static final int ROUND = 64;

    @TempDir
    Path folder;

    private static String id(int number) {
        return String.format(Locale.ROOT, "%032x", number);
    }

    private void prepare(Path data, String url) throws IOException, DestinationForm.Wrong {
        PrivateFiles.folder(data);
        SecureRandom random = new SecureRandom();
        try (Store store = Store.open(data)) {
            new OwnDestinations(store, Sealer.in(data, random), InstantSource.system())
                    .create(
                            "000000000000",
                            new Doc()
                                    .with("name", "hook")
                                    .with("type", "webhook")
                                    .with("url", url));
            store.write(transaction -> {
                for (int i = 1; i <= FINDINGS; i++) {
                    Doc document = new Doc()
                            .with("id", id(i))
                            .with("type", "Recon:EC2/Portscan")
                            .with("accountId", "111111111111")
                            .with("region", "eu-central-1")
                            .with("title", "t")
                            .with("severity", 5.0);
                    transaction.finding(
                            new FindingState(
                                    id(i), "Recon:EC2/Portscan", "111111111111", "eu-central-1", 1, 1, 2, 5, document),
                            1_000,
                            false);
                }
            });
        }
    }

    @Test
    void losesNothingAndRepeatsUnderOneId() throws Exception {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Path data = folder.resolve("data");
        Map<String, Integer> got = new HashMap<>();
        int messages = 0;
        try (Receiver receiver = new Receiver()) {
            prepare(data, receiver.url());
            for (int kill = 0; kill <= KILLS; kill++) {
                int until = kill == KILLS ? Integer.MAX_VALUE : messages + 1 + random.nextInt(FINDINGS / (KILLS + 1));
                try (ServeProcess service = ServeProcess.start(
                        data, folder.resolve("logs"), folder.resolve("log" + kill), "--log-format", "text")) {
                    while (messages < until && got.size() < FINDINGS) {
                        got.merge(receiver.next().header("X-Tocsin-Id"), 1, Integer::sum);
                        messages++;
                    }
                    service.kill();
                }
                for (Receiver.Got one : receiver.rest()) {
                    got.merge(one.header("X-Tocsin-Id"), 1, Integer::sum);
                    messages++;
                }
            }
        }
        assertEquals(FINDINGS, got.size());
        for (int i = 1; i <= FINDINGS; i++) {
            assertTrue(got.containsKey(id(i) + "-1"), id(i));
        }
        assertTrue(messages <= FINDINGS + KILLS * ROUND, messages + " messages");
    }
}
