package dev.tocsin.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # text                                    | canonical
            192.0.2.1                                 | 192.0.2.1
            255.255.255.255                           | 255.255.255.255
            256.0.0.1                                 | none
            192.0.2                                   | none
            192.0.2.1.5                               | none
            192.0.02.1                                | none
            192.0.2.0                                 | 192.0.2.0
            1.2.3.4444                                | none
            ' 192.0.2.1'                              | none
            ''                                        | none
            2001:DB8::1                               | 2001:db8::1
            2001:0db8:0000:0000:0000:0000:0000:0001   | 2001:db8::1
            2001:db8:0:0:1:0:0:1                      | 2001:db8::1:0:0:1
            ::                                        | ::
            ::1                                       | ::1
            1::                                       | 1::
            ::ffff:192.0.2.1                          | 192.0.2.1
            ::ffff:c000:201                           | 192.0.2.1
            1:2:3:4:5:6:7:8                           | 1:2:3:4:5:6:7:8
            1:2:3:4:5:6:7:8:9                         | none
            1::2::3                                   | none
            12345::                                   | none
            g::1                                      | none
            """)
    void reads(String text, String canonical) {
        Address address = Address.parse(text);
        assertEquals(canonical, address == null ? null : address.toString());
    }

    @ParameterizedTest(name = "{0} public: {1}")
    @CsvSource({
        "9.255.255.255, true",
        "10.0.0.0, false",
        "11.0.0.0, true",
        "100.63.255.255, true",
        "100.64.0.0, false",
        "100.127.255.255, false",
        "100.128.0.0, true",
        "127.0.0.1, false",
        "169.254.169.254, false",
        "172.15.0.1, true",
        "172.16.0.1, false",
        "172.31.0.1, false",
        "172.32.0.1, true",
        "192.168.0.1, false",
        "223.255.255.255, true",
        "224.0.0.1, false",
        "255.255.255.255, false",
        "0.0.0.0, false",
        "198.51.100.99, true",
        "::1, false",
        "fe80::1, false",
        "fd00::1, false",
        "ff02::1, false",
        "2001:db8::1, true"
    })
    void tellsPublicFromPrivate(String text, boolean isPublic) {
        assertEquals(isPublic, Address.parse(text).isPublic());
    }

    @Test
    void readsBackWhatItWrites() {
        long seed = 20261125;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long high = random.nextInt(3) == 0 ? 0 : sparse(random);
            Address address = new Address(high, sparse(random));
            assertEquals(address, Address.parse(address.toString()), "seed " + seed + ", address " + address);
        }
    }

    /** Few bits set, so that runs of zero groups are common. */
    private static long sparse(Random random) {
        long bits = random.nextLong();
        bits &= random.nextLong();
        return bits & random.nextLong();
    }
}
