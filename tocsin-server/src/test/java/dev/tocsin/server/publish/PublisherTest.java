package dev.tocsin.server.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.api.operation.Destinations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class PublisherTest {

    private static final String ADMINISTRATOR = "111111111111";
    private static final String MEMBER = "222222222222";
    private static final String REGION = "eu-central-1";
    private static final String KEY = "arn:aws:kms:eu-central-1:111111111111:key/0a1b";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T11:59:00Z"));

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @SuppressWarnings("NullAway.Init")
    private BucketServer server;

    @BeforeEach
    void open() throws IOException {
        server = new BucketServer();
        store = Store.open(folder);
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
        server.close();
    }

    private Publisher publisher() {
        return new Publisher(store, () -> true, () -> Objects.requireNonNull(now.get()));
    }

    private void destination(String arn) throws StoreException {
        Doc document = new Doc()
                .with("destinationType", "S3")
                .with(
                        "destinationProperties",
                        new Doc().with("destinationArn", arn).with("kmsKeyArn", KEY))
                .with(Destinations.STATUS, Destinations.PENDING)
                .with("pendingSince", 1);
        keep(new Resource(ADMINISTRATOR, REGION, Destinations.KIND, "d", document));
    }

    private void keep(Resource resource) throws StoreException {
        store.write(transaction -> transaction.resource(resource));
    }

    private void finding(String account, long revision) throws StoreException {
        Doc document = new Doc().with("id", "of " + account).with("service", new Doc().with("count", revision));
        FindingState state =
                new FindingState("of " + account, "T:EC2/X", account, REGION, revision, 1_000, 2_000, 5, document);
        long millis = Objects.requireNonNull(now.get()).toEpochMilli();
        store.write(transaction -> transaction.finding(state, millis, false));
    }

    private Doc destination() throws StoreException {
        return Objects.requireNonNull(store.resource(ADMINISTRATOR, REGION, Destinations.KIND, "d"))
                .document();
    }

    /** Waits for a status; the class's timeout ends it. */
    private void await(String status) throws StoreException {
        while (!status.equals(destination().text(Destinations.STATUS))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void writesObjectsAsGuardDutyDoes() throws IOException, InterruptedException {
        destination("arn:aws:s3:::findings/some/prefix");
        try (Publisher publisher = publisher()) {
            finding(ADMINISTRATOR, 1);
            BucketServer.Put put = server.next();
            assertTrue(
                    put.path()
                            .matches("/findings/some/prefix/AWSLogs/111111111111/GuardDuty/eu-central-1/2026/03/01/"
                                    + "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\\.jsonl\\.gz"),
                    put.path());
            assertEquals(List.of("aws:kms"), put.headers().get("X-amz-server-side-encryption"));
            assertEquals(List.of(KEY), put.headers().get("X-amz-server-side-encryption-aws-kms-key-id"));
            assertEquals(1, put.lines().size());
            Doc line = Doc.parse(put.lines().getFirst());
            assertEquals("2026-03-01T11:59:00.000Z", line.text("createdAt"));
            assertEquals(false, line.part("service").get("archived"));
            await(Destinations.PUBLISHING);
            while (publisher.waiting() > 0) {
                Thread.onSpinWait();
            }
            assertEquals(
                    1,
                    Objects.requireNonNull(publisher.counts().get("111111111111/eu-central-1/d"))
                            .sent());
        }
    }

    @Test
    void aMembersFindingGoesToItsAdministratorUnderItsOwnAccount() throws IOException, InterruptedException {
        destination("arn:aws:s3:::findings");
        keep(new Resource(
                MEMBER, REGION, "administrator", ADMINISTRATOR, new Doc().with("relationshipStatus", "Enabled")));
        try (Publisher publisher = publisher()) {
            assertNotNull(publisher);
            finding(MEMBER, 1);
            assertTrue(server.next().path().startsWith("/findings/AWSLogs/222222222222/GuardDuty/eu-central-1/"));
        }
    }

    @Test
    void whatChangedWaitsForTheClockOfItsFrequency() throws IOException, InterruptedException {
        destination("arn:aws:s3:::findings");
        keep(new Resource(
                ADMINISTRATOR,
                REGION,
                "detector",
                "0",
                new Doc().with("findingPublishingFrequency", "FIFTEEN_MINUTES")));
        try (Publisher publisher = publisher()) {
            finding(ADMINISTRATOR, 1);
            server.next();
            while (publisher.waiting() > 0) {
                Thread.onSpinWait();
            }
            now.set(Instant.parse("2026-03-01T11:59:50Z"));
            finding(ADMINISTRATOR, 2);
            while (publisher.waiting() == 0) {
                Thread.onSpinWait();
            }
            assertEquals(0, server.waiting());
            now.set(Instant.parse("2026-03-01T12:00:01Z"));
            assertTrue(server.next().lines().getFirst().contains("\"count\":2"));
        }
    }

    @Test
    void aRefusalIsSaidAtOnceAndTriedAgainUnderOneName() throws IOException, InterruptedException {
        destination("arn:aws:s3:::findings");
        server.answers(403);
        try (Publisher publisher = publisher()) {
            assertNotNull(publisher);
            finding(ADMINISTRATOR, 1);
            String path = server.next().path();
            await(Destinations.UNABLE);
            assertEquals(
                    Objects.requireNonNull(now.get()).toEpochMilli(),
                    destination().number(Destinations.FAILING_SINCE, 0));
            server.answers(200);
            now.set(Objects.requireNonNull(now.get()).plus(Duration.ofSeconds(2)));
            assertEquals(path, server.next().path());
            await(Destinations.PUBLISHING);
            assertNull(destination().get(Destinations.FAILING_SINCE));
        }
    }

    @Test
    void whatHasNotLeftLeavesAfterARestart() throws IOException, InterruptedException {
        destination("arn:aws:s3:::findings");
        server.answers(403);
        String path;
        try (Publisher publisher = publisher()) {
            assertNotNull(publisher);
            finding(ADMINISTRATOR, 1);
            path = server.next().path();
        }
        server.answers(200);
        try (Publisher publisher = publisher()) {
            assertNotNull(publisher);
            assertEquals(path, server.next().path());
        }
    }

    @Test
    void aBucketThatIsNotThereEndsTheVerification() throws IOException {
        server.isMissing();
        destination("arn:aws:s3:::findings");
        try (Publisher publisher = publisher()) {
            assertNotNull(publisher);
            await(Destinations.UNABLE);
        }
    }
}
