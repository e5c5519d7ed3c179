package dev.tocsin.server.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.operation.Destinations;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnnouncerTest {

    private static final String ACCOUNT = "111111111111";
    private static final String REGION = "eu-central-1";
    private static final String DESTINATION = ACCOUNT + "/" + REGION + "/d";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    @TempDir
    Path folder;

    private final AtomicInteger waited = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @SuppressWarnings("NullAway.Init")
    private Announcer announcer;

    @BeforeEach
    void open() throws StoreException {
        store = Store.open(folder);
        destination(Destinations.PUBLISHING);
        announcer = new Announcer(store, place -> Map.of(), CLOCK, step -> waited.incrementAndGet());
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    private void destination(String status) throws StoreException {
        Resource destination =
                new Resource(ACCOUNT, REGION, Destinations.KIND, "d", new Doc().with(Destinations.STATUS, status));
        store.write(transaction -> transaction.resource(destination));
    }

    private void call(String operation, String input) throws IOException {
        Call.Caller caller = new Call.Caller(ACCOUNT, REGION, "AKIAEXAMPLE", Role.ADMINISTRATOR);
        announcer.before(new Call(operation, caller, Doc.parse(input.replace('\'', '"'))), "192.0.2.1");
    }

    @Test
    void aSourceInTroubleIsToldToItsAccountAlone() throws IOException {
        announcer.alarm("222222222222", "flow", "starved", "few records");
        assertEquals(List.of(), told());
        announcer.alarm(ACCOUNT, "flow", "starved", "few records");
        List<Doc> told = told();
        assertEquals(1, told.size());
        Doc notice = told.getFirst();
        assertEquals(Announcer.SOURCE_TYPE, notice.text("type"));
        assertEquals("Source flow may have been tampered with: starved.", notice.text("title"));
        assertEquals("starved", notice.part("service").part("additionalInfo").text("alarm"));
    }

    private List<Doc> told() throws StoreException {
        Outbox.Batch batch = new Outbox(store).next(DESTINATION, 0, () -> "b");
        return batch == null ? List.of() : batch.documents();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # call               | input                                          | told
            UpdateDetector       | {'DetectorId':'d','enable':false}              | 1
            DeleteDetector       | {'DetectorId':'d'}                             | 1
            CreateFilter         | {'name':'n','action':'ARCHIVE'}                | 1
            CreateFilter         | {'name':'n','action':'NOOP'}                   | 0
            UpdateFilter         | {'FilterName':'n','action':'ARCHIVE'}          | 1
            UpdateFilter         | {'FilterName':'n','description':'x'}           | 0
            CreateIPSet          | {'name':'trusted','activate':true}             | 1
            CreateThreatIntelSet | {'name':'threats','activate':true}             | 0
            DeletePublishingDestination | {'DestinationId':'d'}                   | 1
            ArchiveFindings      | {'findingIds':['1','2','3']}                   | 0
            ArchiveFindings      | {'findingIds':['1','2','3','4','5','6','7','8','9','10']} | 1
            CreateSampleFindings | {}                                             | 0
            """)
    void announcesWhatCouldHideFindings(String operation, String input, int told) throws IOException {
        call(operation, input);
        List<Doc> notices = told();
        assertEquals(told, notices.size());
        if (told > 0) {
            Doc notice = notices.getFirst();
            assertEquals(Announcer.TYPE, notice.text("type"));
            assertTrue(String.valueOf(notice.text("title")).contains("AKIAEXAMPLE"), notice.toJson());
            Doc api = notice.part("service").part("action").part("awsApiCallAction");
            assertEquals(operation, api.text("api"));
            assertEquals("192.0.2.1", api.part("remoteIpDetails").text("ipAddressV4"));
        }
    }

    @Test
    void archivingBitByBitIsBulkAsWell() throws IOException {
        for (int i = 0; i < 9; i++) {
            call("ArchiveFindings", "{'findingIds':['" + i + "']}");
        }
        assertEquals(0, told().size());
        call("ArchiveFindings", "{'findingIds':['9']}");
        assertEquals(1, told().size());
    }

    @Test
    void waitsForTheNoticeToLeave() throws IOException {
        Outbox outbox = new Outbox(store);
        announcer = new Announcer(store, place -> Map.of(), CLOCK, step -> {
            if (waited.incrementAndGet() == 3) {
                try {
                    outbox.left(Objects.requireNonNull(outbox.next(DESTINATION, 0, () -> "b")), 0);
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        call("DeleteDetector", "{'DetectorId':'d'}");
        assertEquals(3, waited.get());
    }

    @Test
    void doesNotWaitForEver() throws IOException {
        call("DeleteDetector", "{'DetectorId':'d'}");
        assertEquals(150, waited.get(), "three seconds");
    }

    @Test
    void doesNotWaitForADestinationThatTakesNothing() throws IOException {
        destination(Destinations.UNABLE);
        call("DeleteDetector", "{'DetectorId':'d'}");
        assertEquals(0, waited.get());
        assertEquals(1, told().size(), "it still leaves once it can");
    }

    @Test
    void theEndOfAKeyIsToldToItsAccountsDestinations() throws IOException {
        announcer.before(ACCOUNT, "command line/root", "DisableKey", new Doc().with("name", "AKIA"));
        announcer.before("222222222222", "command line/root", "DisableKey", new Doc());
        assertEquals(1, told().size());
    }
}
