package dev.tocsin.input.inflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole-object inflation; every case with the JDK and, where it is installed, with libdeflate. */
final class InflateTest {

    private static final byte[] TEXT = "{\"Records\":[]} ".repeat(20_000).getBytes(StandardCharsets.UTF_8);

    static Stream<Inflate> ways() {
        return Stream.of(new JdkInflate(), Inflate.fastest());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }

    private static byte[] unpacked(Inflated inflated) {
        return Arrays.copyOf(inflated.bytes(), inflated.length());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void unpacksAllMembersAndNoticesWhatFollows(Inflate way) throws IOException {
        byte[] packed =
                join(gzip(TEXT), gzip(new byte[0]), gzip(TEXT), new byte[600], "tail".getBytes(StandardCharsets.UTF_8));
        Inflated inflated = way.inflate(packed, packed.length);
        assertArrayEquals(join(TEXT, TEXT), unpacked(inflated));
        assertEquals(3, inflated.members());
        assertEquals(4, inflated.trailing());
        assertEquals(packed.length - 604, inflated.end());
        assertNull(inflated.damage());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void padsOfZerosAreNothing(Inflate way) throws IOException {
        byte[] packed = join(gzip(TEXT), new byte[512]);
        Inflated inflated = way.inflate(packed, packed.length);
        assertEquals(0, inflated.trailing());
        assertNull(inflated.damage());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void readsOnlyTheBytesThatCount(Inflate way) throws IOException {
        byte[] packed = gzip(TEXT);
        byte[] buffer = join(packed, gzip(TEXT));
        assertEquals(1, way.inflate(buffer, packed.length).members());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void headersMayCarryNamesAndMore(Inflate way) throws IOException {
        byte[] plain = gzip(TEXT);
        byte[] head = Arrays.copyOf(plain, 10);
        head[3] = 2 + 4 + 8 + 16;
        byte[] more = join(head, new byte[] {3, 0, 1, 2, 3}, "name\0comment\0".getBytes(StandardCharsets.UTF_8));
        CRC32 crc = new CRC32();
        crc.update(more);
        byte[] check = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        byte[] packed = join(more, check, Arrays.copyOfRange(plain, 10, plain.length));
        Inflated inflated = way.inflate(packed, packed.length);
        assertNull(inflated.damage());
        assertArrayEquals(TEXT, unpacked(inflated));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void keepsWhatStandsBeforeACut(Inflate way) throws IOException {
        byte[] first = gzip(TEXT);
        byte[] random = new byte[100_000];
        new Random(1).nextBytes(random);
        byte[] packed = join(first, gzip(random));
        Inflated inflated = way.inflate(packed, packed.length - 50_000);
        assertEquals("gzip data end in the middle of a member", inflated.damage());
        assertTrue(inflated.length() > TEXT.length + 40_000, "kept " + inflated.length());
        assertArrayEquals(TEXT, Arrays.copyOf(inflated.bytes(), TEXT.length));
        assertEquals(
                "gzip data end before the checksum",
                way.inflate(first, first.length - 1).damage());
        assertEquals(
                "gzip data end in the middle of a header", way.inflate(first, 5).damage());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void noticesAWrongChecksumAndKeepsTheData(Inflate way) throws IOException {
        byte[] packed = gzip(TEXT);
        packed[packed.length - 8]++;
        Inflated inflated = way.inflate(packed, packed.length);
        assertNotNull(inflated.damage());
        assertArrayEquals(TEXT, unpacked(inflated));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aTrailerThatLiesCostsNothing(Inflate way) throws IOException {
        byte[] packed = gzip(TEXT);
        for (int size : new int[] {0, 1, -1, Integer.MAX_VALUE}) {
            for (int i = 0; i < 4; i++) {
                packed[packed.length - 4 + i] = (byte) (size >> (8 * i));
            }
            Inflated inflated = way.inflate(packed, packed.length);
            assertNotNull(inflated.damage(), "size " + size);
            assertArrayEquals(TEXT, unpacked(inflated));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aBombIsGivenUpAtTheLimit(Inflate way) throws IOException {
        byte[] packed = gzip(new byte[Inflate.MAX_WHOLE_BYTES + 1]);
        Inflated inflated = way.inflate(packed, packed.length);
        assertTrue(inflated.tooLarge());
        assertEquals(Inflate.MAX_WHOLE_BYTES, inflated.bytes().length);
        byte[] small = gzip(TEXT);
        Inflated next = way.inflate(small, small.length);
        assertFalse(next.tooLarge());
        assertTrue(next.bytes().length < Inflate.MAX_WHOLE_BYTES, "large memory is let go");
    }

    @Test
    void bothWaysAgreeOnAnything() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("InflateTest seed " + seed);
        Random random = new Random(seed);
        JdkInflate jdk = new JdkInflate();
        Inflate other = Inflate.fastest();
        for (int i = 0; i < 400; i++) {
            byte[] packed = anything(random);
            Inflated one = jdk.inflate(packed, packed.length);
            Inflated two = other.inflate(packed, packed.length);
            String which = "seed " + seed + " case " + i;
            assertArrayEquals(unpacked(one), unpacked(two), which);
            assertEquals(one.damage(), two.damage(), which);
            assertEquals(one.end(), two.end(), which);
            assertEquals(one.members(), two.members(), which);
            assertEquals(one.trailing(), two.trailing(), which);
        }
    }

    /** A few members of data more or less random, padded, cut or with bits turned. */
    private static byte[] anything(Random random) throws IOException {
        byte[] packed = new byte[0];
        for (int member = random.nextInt(1, 4); member > 0; member--) {
            byte[] data = new byte[random.nextInt(200_000)];
            int values = random.nextInt(1, 256);
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) random.nextInt(values);
            }
            packed = join(packed, gzip(data));
        }
        switch (random.nextInt(4)) {
            case 0 -> packed = join(packed, new byte[random.nextInt(1000)]);
            case 1 -> packed = Arrays.copyOf(packed, random.nextInt(packed.length));
            case 2 -> packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
            default -> {}
        }
        return packed;
    }
}
