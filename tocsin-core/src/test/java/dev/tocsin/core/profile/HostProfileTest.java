package dev.tocsin.core.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class HostProfileTest {

    private static final CBORFactory CBOR = new CBORFactory();
    private static final long DAY = Days.SECONDS;
    private static final long START = 20_000 * DAY;

    private final HostProfile profile = new HostProfile();

    private Fresh use(int port, long at) {
        profile.begin(at);
        return profile.use(Habit.port(6, port), at, at, 1, 100);
    }

    @Test
    void aValueIsNewForADayAndThenUsual() {
        assertNotNull(use(443, START));
        assertEquals(2, use(443, START + 3_600).sessions());
        assertNull(use(443, START + DAY));
        assertNull(use(443, START + 20 * DAY));
        assertNotNull(use(443, START + 60 * DAY), "not used for longer than is remembered");
    }

    @Test
    void midnightDoesNotMakeItUsual() {
        use(443, START + DAY - 60);
        assertEquals(2, use(443, START + DAY + 60).sessions());
    }

    @Test
    void theDayThatIsOverIsToldOnce() {
        use(443, START);
        use(80, START);
        HostProfile.Used used = profile.take(Days.of(START));
        assertNotNull(used);
        assertEquals(2, used.values().size());
        assertNull(profile.take(Days.of(START)));
    }

    @Test
    void aRestlessHostTeachesItsGroupNothing() {
        for (int day = 0; day < 12; day++) {
            use(1_000 + day, START + day * DAY);
        }
        assertTrue(profile.isRestless());
        HostProfile.Used used = profile.take(Days.of(START) + 11);
        assertNotNull(used);
        assertTrue(used.values().isEmpty());
    }

    @Test
    void newPortsOfTheFirstDaysAreNoRestlessness() {
        for (int day = 0; day < 3; day++) {
            for (int port = 0; port < 5; port++) {
                use(100 * day + port, START + day * DAY);
            }
        }
        profile.begin(START + 14 * DAY);
        assertFalse(profile.isRestless());
    }

    @Test
    void staysSmallWhateverTheHostDoes() throws IOException {
        for (int day = 0; day < 40; day++) {
            for (int window = 0; window < 144; window++) {
                long at = START + day * DAY + window * 600L;
                for (int i = 0; i < 30; i++) {
                    use((day * 4_320 + window * 30 + i) % 65_536, at);
                    profile.volumes().add(day * 10_000L + window * 30L + i, at, 50_000_000);
                }
            }
        }
        assertTrue(write(profile).length < 6_000, "largest: " + write(profile).length);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        for (int day = 0; day < 20; day++) {
            use(443, START + day * DAY);
            Fresh fresh = use(1_000 + day, START + day * DAY);
            fresh.tell();
            profile.dispute(fresh);
            profile.volumes().add(day % 3, START + day * DAY, 5_000_000L * day).tell(START + day * DAY, day > 14);
        }
        byte[] written = write(profile);
        try (JsonParser in = CBOR.createParser(written)) {
            assertArrayEquals(written, write(HostProfile.read(in)));
        }
    }

    private static byte[] write(HostProfile profile) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = CBOR.createGenerator(bytes)) {
            profile.write(out);
        }
        return bytes.toByteArray();
    }
}
