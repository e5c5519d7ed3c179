package dev.tocsin.core.desk;

import static dev.tocsin.core.desk.DeskFixture.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.desk.inventory.InventoryFact.Kind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DeskFunctionTest {

    private static final long DAY = 24 * 60 * 60;
    private static final String ARN = "arn:aws:lambda:us-east-1:111122223333:function:";

    private final DeskFixture desk = new DeskFixture();

    private void hear(Subject subject, String recordId, long at) {
        desk.hear(DeskFixture.signal(DeskFixture.HOST, subject, recordId, at, "198.51.100.1"));
    }

    private Doc resource() {
        return desk.only().document().part("resource");
    }

    private Doc tocsin() {
        return desk.only().document().part("tocsin");
    }

    private static Doc described(String interfaceId) {
        return new Doc()
                .with("networkInterfaceId", interfaceId)
                .with("vpcId", "vpc-1")
                .with("subnetId", "subnet-1");
    }

    @Test
    void theRecordsInstanceDecidesAtOnceAndIsEnrichedWhenFactsCome() {
        hear(DeskFixture.host("eni-1", "i-1", "10.0.0.4"), "r1", NOON);
        assertEquals("[the inventory does not have instance i-1]", String.valueOf(tocsin().get("unknown")));
        long before = desk.only().revision();
        desk.learn(Kind.INSTANCE, "i-1", NOON - 9, new Doc().with("imageId", "ami-1"));
        assertEquals("ami-1", resource().part("instanceDetails").text("imageId"));
        assertEquals("i-1 and eni-1", desk.only().document().text("title"));
        assertEquals("instance", tocsin().text("owner"));
        assertTrue(desk.only().revision() > before);
    }

    @Test
    void theInventoryNamesTheInstanceWhereTheRecordCannot() {
        desk.learn(Kind.INTERFACE, "eni-1", NOON - 9, described("eni-1").with("instanceId", "i-1"));
        hear(DeskFixture.host("eni-1", null, "10.0.0.4"), "r1", NOON);
        assertEquals("i-1", resource().part("instanceDetails").text("instanceId"));
    }

    @Test
    void anUnknownOwnerWaitsForTheWatermarkAndSaysWhatIsUnknown() {
        hear(DeskFixture.host("eni-1", null, "10.0.0.4"), "r1", NOON);
        desk.advance(NOON - 1);
        assertEquals(List.of(), desk.findings());
        desk.advance(NOON);
        assertEquals("unknown", tocsin().text("owner"));
        assertEquals("[the inventory does not have interface eni-1]", String.valueOf(tocsin().get("unknown")));
        assertTrue(
                resource().toJson().contains("\"privateIpAddress\":\"10.0.0.4\""),
                resource().toJson());
    }

    @Test
    void aFactThatComesWhileTheSignalWaitsNamesTheInstance() {
        hear(DeskFixture.host("eni-1", null, "10.0.0.4"), "r1", NOON);
        desk.learn(Kind.INTERFACE, "eni-1", NOON - 9, described("eni-1").with("instanceId", "i-1"));
        desk.finish();
        assertEquals("i-1", resource().part("instanceDetails").text("instanceId"));
    }

    @Test
    void aFunctionsInterfaceSpeaksTheLambdaTypeAndNamesAloneOnlyTheOnlyCandidate() {
        Doc fn = described("eni-1")
                .with("interfaceType", "lambda")
                .with("securityGroups", List.of(new Doc().with("groupId", "sg-1")));
        desk.learn(Kind.INTERFACE, "eni-1", NOON - 9, fn);
        function("orders");
        hear(DeskFixture.host("eni-1", "-", "10.0.0.4"), "r1", NOON);
        assertEquals(DeskFixture.FUNCTION.name(), desk.only().type());
        assertEquals("orders", resource().part("lambdaDetails").text("functionName"));
        function("report");
        assertEquals("orders|report", resource().part("lambdaDetails").text("functionName"));
        assertEquals("[" + ARN + "orders, " + ARN + "report]", String.valueOf(tocsin().get("candidates")));
    }

    private void function(String name) {
        desk.learn(
                Kind.FUNCTION,
                ARN + name,
                NOON - 9,
                new Doc().with("functionName", name).with("functionArn", ARN + name));
        desk.learn(Kind.FUNCTION_SET, "subnet-1|sg-1", NOON - 9, new Doc().with("functionArn", ARN + name));
    }

    private void nat() {
        desk.learn(
                Kind.INTERFACE,
                "eni-nat",
                NOON - 9,
                described("eni-nat").with("interfaceType", "nat_gateway").with("ownerId", "nat-1"));
    }

    @Test
    void aMiddleBoxMakesNoSecondFinding() {
        nat();
        hear(DeskFixture.host("eni-nat", "-", "10.0.0.9"), "r2", NOON);
        hear(DeskFixture.host("eni-1", "i-1", "10.0.0.4"), "r1", NOON + 60);
        desk.finish();
        assertEquals("i-1", resource().part("instanceDetails").text("instanceId"));
    }

    private void hearActivity(String interfaceId, String instanceId, String activity, long at) {
        Subject subject = DeskFixture.host(interfaceId, instanceId, "10.0.0.9");
        desk.hear(DeskFixture.signal(DeskFixture.HOST, subject, "r" + at, at, "198.51.100.1")
                .withFact("activity", activity));
    }

    @Test
    void whatComesIntoABoxFromAHostIsTheHostsOwn() {
        nat();
        hearActivity("eni-nat", "-", "in/22", NOON);
        hearActivity("eni-1", "i-1", "out/22", NOON + 1_500);
        desk.finish();
        assertEquals("i-1", resource().part("instanceDetails").text("instanceId"), "though the box reached it earlier");
    }

    @Test
    void anAttackOnABoxAloneIsItsOwn() {
        nat();
        hearActivity("eni-nat", "-", "in/22", NOON);
        hearActivity("eni-1", "i-1", "out/3389", NOON + 60);
        desk.finish();
        assertEquals(2, desk.findings().size());
    }

    @Test
    void aMiddleBoxAloneIsOneFindingThatSaysTheHostIsNotVisible() {
        nat();
        hear(DeskFixture.host("eni-nat", "-", "10.0.0.9"), "r1", NOON);
        hear(DeskFixture.host("eni-nat", "-", "10.0.0.9"), "r2", NOON + 60);
        desk.advance(NOON);
        assertEquals(List.of(), desk.findings());
        desk.finish();
        assertEquals(2, desk.only().document().part("service").number("count", 0));
        assertEquals("NAT gateway", tocsin().text("owner"));
        assertEquals("nat-1", tocsin().text("ownerName"));
        assertTrue(tocsin().toJson().contains("not visible"), tocsin().toJson());
    }

    @Test
    void theHostBehindABoxIsNamedWhereThePacketShowsIt() {
        nat();
        desk.learn(Kind.INTERFACE, "eni-1", NOON - 9, described("eni-1").with("instanceId", "i-1"));
        desk.learn(Kind.ADDRESS, "vpc-1/10.0.0.4", NOON - 9, new Doc().with("interfaceId", "eni-1"));
        hear(DeskFixture.host("eni-nat", "-", "10.0.0.4"), "r1", NOON);
        desk.finish();
        assertEquals("i-1", resource().part("instanceDetails").text("instanceId"));
    }

    @Test
    void whoAskedANameIsFoundByItsAddressAtThatTime() {
        desk.learn(Kind.INTERFACE, "eni-1", NOON - 9, described("eni-1").with("instanceId", "i-1"));
        desk.learn(Kind.ADDRESS, "vpc-1/10.0.0.4", NOON - 9, new Doc().with("interfaceId", "eni-1"));
        hear(new Subject.NameClient(null, "vpc-1", "10.0.0.4", null), "r1", NOON);
        assertEquals("i-1", resource().part("instanceDetails").text("instanceId"));
    }

    @Test
    void aForwarderIsNamedAsSuch() {
        hear(new Subject.NameClient(null, "vpc-1", "10.0.0.4", "rslvr-in-1"), "r1", NOON);
        desk.finish();
        assertEquals("resolver endpoint", tocsin().text("owner"));
    }

    @Test
    void anIdStartsAfreshAfterNinetyDaysAndNotBefore() {
        hear(DeskFixture.host("eni-1", "i-1", "10.0.0.4"), "r1", NOON);
        hear(DeskFixture.host("eni-1", "i-1", "10.0.0.4"), "r2", NOON + 90 * DAY);
        assertEquals(2, desk.only().document().part("service").number("count", 0));
        hear(DeskFixture.host("eni-1", "i-1", "10.0.0.4"), "r3", NOON + 180 * DAY + 1);
        assertEquals(1, desk.only().document().part("service").number("count", 0));
        assertNotNull(desk.only());
    }

    @Test
    void aSignalOfALifeThatEndedChangesNothing() {
        hear(DeskFixture.host("eni-1", "i-1", "10.0.0.4"), "r2", NOON + 91 * DAY);
        hear(DeskFixture.host("eni-1", "i-1", "10.0.0.4"), "r1", NOON);
        assertEquals(NOON + 91 * DAY, desk.only().firstSeen());
    }

    @Test
    void allOrdersGiveTheSameDocuments() {
        long seed = 20260301;
        Random random = new Random(seed);
        String first = run(elements());
        for (int round = 0; round < 30; round++) {
            List<Runnable> shuffled = elements();
            Collections.shuffle(shuffled, random);
            assertEquals(first, run(shuffled), "seed " + seed + ", round " + round);
        }
    }

    private DeskFixture shuffledDesk = new DeskFixture();

    private String run(List<Runnable> elements) {
        shuffledDesk = new DeskFixture();
        elements.forEach(Runnable::run);
        shuffledDesk.finish();
        return shuffledDesk.documents();
    }

    private List<Runnable> elements() {
        List<Runnable> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int n = i;
            Subject[] subjects = {
                DeskFixture.host("eni-" + n % 3, "i-" + n % 3, "10.0.0.4"),
                DeskFixture.host("eni-x" + n % 2, null, "10.0.0.5"),
                DeskFixture.known("user" + n % 4),
                new Subject.NameClient(null, "vpc-1", "10.0.0." + n % 5, null)
            };
            for (Subject subject : subjects) {
                Signal signal = DeskFixture.signal(
                        DeskFixture.HOST, subject, subject.key() + n, NOON + n / 2, "198.51.100." + n);
                all.add(() -> shuffledDesk.hear(signal));
            }
        }
        for (int i = 0; i < 3; i++) {
            int n = i;
            all.add(() -> shuffledDesk.learn(Kind.INSTANCE, "i-" + n, NOON - 9, new Doc().with("imageId", "ami-" + n)));
            all.add(() -> shuffledDesk.learn(Kind.INSTANCE, "i-" + n, NOON + 9, new Doc().with("instanceType", "t")));
            all.add(() -> shuffledDesk.learn(
                    Kind.INTERFACE, "eni-x0", NOON - n, described("eni-x0").with("instanceId", "i-0")));
        }
        return all;
    }
}
