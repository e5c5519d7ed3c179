package dev.tocsin.core.desk;

import static dev.tocsin.core.desk.DeskFixture.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.desk.inventory.InventoryFact.Kind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.Days;
import dev.tocsin.core.profile.Habit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GroupsTest {

    private static final long DAY = Days.SECONDS;
    private static final long PORT = Habit.port(6, 4444);

    private DeskFixture desk = new DeskFixture();

    /** Instances {@code i-0} to {@code i-9} of one image. */
    private void group() {
        for (int i = 0; i < 10; i++) {
            desk.learn(Kind.INSTANCE, "i-" + i, NOON - 30 * DAY, new Doc().with("imageId", "ami-1"));
        }
    }

    /** A day of each of them. */
    private void day(long at, Long... values) {
        for (int i = 0; i < 10; i++) {
            desk.summarise("i-" + i, at, 1_000, values);
        }
    }

    private static Signal asks(int instance, long at, int ageDays, long bytes) {
        Signal plain = DeskFixture.signal(
                DeskFixture.HOST,
                DeskFixture.host("eni-of-i-" + instance, "i-" + instance, "10.0.0." + instance),
                "r" + instance + "/" + at,
                at,
                "198.51.100.1");
        Map<String, String> facts = new HashMap<>(plain.facts());
        facts.put("habit", String.valueOf(PORT));
        facts.put("habitSince", String.valueOf(at));
        facts.put("profileAgeDays", String.valueOf(ageDays));
        facts.put("habitLearnDays", "14");
        facts.put("habitBytes", String.valueOf(bytes));
        Signal signal = plain;
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            signal = signal.withFact(fact.getKey(), fact.getValue());
        }
        return signal;
    }

    private List<FindingState> findings() {
        desk.finish();
        return desk.findings();
    }

    private static Doc additional(FindingState finding) {
        return finding.document().part("service").part("additionalInfo");
    }

    @Test
    void aHostThatIsKnownSpeaksForItself() {
        group();
        desk.hear(asks(1, NOON, 14, 0));
        assertEquals(List.of(), desk.findings(), "others may follow");
        assertEquals(1, findings().size());
    }

    @Test
    void aYoungHostIsJudgedByItsGroup() {
        group();
        desk.hear(asks(1, NOON, 1, 0));
        assertEquals(0, findings().size(), "nothing is known of the group either");
        desk = new DeskFixture();
        group();
        day(NOON - 14 * DAY);
        desk.hear(asks(1, NOON, 1, 0));
        assertEquals(1, findings().size());
    }

    @Test
    void whatTheGroupDidOnADayBeforeIsUsual() {
        group();
        desk.summarise("i-2", NOON - DAY, 0, PORT);
        desk.hear(asks(1, NOON, 14, 0));
        assertEquals(0, findings().size());
    }

    @Test
    void whatItDoesTodayIsNot() {
        group();
        desk.summarise("i-2", NOON, 0, PORT);
        desk.hear(asks(1, NOON, 14, 0));
        assertEquals(1, findings().size());
    }

    @Test
    void whatAHostWasReportedForIsNobodysHabit() {
        group();
        desk.hear(asks(1, NOON, 14, 0));
        desk.advance(NOON + DAY);
        desk.summarise("i-1", NOON, 0, PORT);
        desk.summarise("i-1", NOON + DAY, 0, PORT);
        desk.hear(asks(2, NOON + 3 * DAY, 17, 0));
        assertEquals(2, findings().size());
    }

    @Test
    void threeHostsOfOtherKindsMakeItUsualInTheAccount() {
        group();
        desk.summarise("i-11", NOON - DAY, 0, PORT);
        desk.summarise("i-12", NOON - DAY, 0, PORT);
        desk.hear(asks(1, NOON, 14, 0));
        desk.summarise("i-13", NOON - DAY, 0, PORT);
        assertEquals(0, findings().size());
    }

    @Test
    void aFifthThatMovesTogetherIsOneFinding() {
        group();
        day(NOON - DAY);
        for (int i = 0; i < 5; i++) {
            desk.hear(asks(i, NOON + 700L * i, 20, 0));
        }
        desk.hear(asks(7, NOON + 5 * 3600, 20, 0));
        List<FindingState> findings = findings();
        assertEquals(1, findings.size());
        assertEquals(
                List.of("i-0", "i-1", "i-2", "i-3", "i-4", "i-7"),
                additional(findings.getFirst()).get("members"));
        assertEquals("image ami-1", additional(findings.getFirst()).text("group"));
        assertTrue(String.valueOf(findings.getFirst().document().text("title"))
                .startsWith("i-7 (with 5 other hosts of image ami-1)"));
    }

    @Test
    void fourAreFour() {
        group();
        for (int i = 0; i < 4; i++) {
            desk.hear(asks(i, NOON + i, 20, 0));
        }
        assertEquals(4, findings().size());
    }

    @Test
    void fiveOfALargeGroupAreFive() {
        group();
        for (int i = 10; i < 30; i++) {
            desk.learn(Kind.INSTANCE, "i-" + i, NOON - 30 * DAY, new Doc().with("imageId", "ami-1"));
            desk.summarise("i-" + i, NOON - DAY, 0);
        }
        day(NOON - DAY);
        for (int i = 0; i < 5; i++) {
            desk.hear(asks(i, NOON + i, 20, 0));
        }
        assertEquals(5, findings().size());
    }

    @Test
    void hoursApartIsNotTogether() {
        group();
        for (int i = 0; i < 5; i++) {
            desk.hear(asks(i, NOON + i * 4_000L, 20, 0));
        }
        assertEquals(5, findings().size());
    }

    @Test
    void afterTheMoveTheGroupKnowsTheValue() {
        group();
        for (int i = 0; i < 5; i++) {
            desk.hear(asks(i, NOON + i, 20, 0));
        }
        desk.hear(asks(8, NOON + 2 * DAY, 20, 0));
        assertEquals(1, findings().size());
    }

    @Test
    void whatTheGroupMovedToIsUsualForVolumesToo() {
        group();
        for (int i = 0; i < 5; i++) {
            desk.hear(asks(i, NOON + i, 20, 500_000_000));
        }
        for (int day = 1; day < 10; day++) {
            desk.hear(asks(3, NOON + day * DAY, 20, 500_000_000));
        }
        assertEquals(1, findings().size());
    }

    @Test
    void aYoungHostSendsTenTimesWhatItsGroupSends() {
        group();
        day(NOON - 14 * DAY);
        desk.hear(asks(1, NOON, 1, 10_000));
        assertEquals(1, findings().size());
        desk = new DeskFixture();
        group();
        day(NOON - 14 * DAY);
        desk.hear(asks(1, NOON, 1, 9_999));
        assertEquals(0, findings().size());
    }

    @Test
    void aBoxHasNoHabits() {
        desk.learn(
                Kind.INTERFACE,
                "eni-of-i-1",
                NOON - 9,
                new Doc().with("networkInterfaceId", "eni-of-i-1").with("interfaceType", "nat_gateway"));
        Signal signal = asks(1, NOON, 20, 0).withSubject(DeskFixture.host("eni-of-i-1", "-", "10.0.0.1"));
        desk.hear(signal);
        assertEquals(0, findings().size());
    }

    @Test
    void theOrderOfHearingChangesNothing() {
        List<String> told = new ArrayList<>();
        for (long seed = 0; seed < 5; seed++) {
            desk = new DeskFixture();
            group();
            day(NOON - DAY);
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
            Collections.shuffle(order, new Random(seed));
            order.forEach(i -> desk.hear(asks(i, NOON + 600L * i, 20, 0)));
            desk.finish();
            told.add(desk.documents());
        }
        assertEquals(1, told.stream().distinct().count(), "seeds 0 to 4");
    }
}
