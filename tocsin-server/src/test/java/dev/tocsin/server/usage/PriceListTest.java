package dev.tocsin.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.config.ConfigException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiers, and what a list that is wrong is told. */
final class PriceListTest {

    private static final String HEADER = "meter\tregion\tupto\tusd\tdate\tsource\n";

    @ParameterizedTest
    @CsvSource(textBlock = """
            # GB, USD
            0,       0
            499,     499
            500,     500
            501,     500.5
            2500,    1500
            2504,    1501
            10000,   3375
            10100,   3390
            """)
    void flowsAndQueriesHaveFourTiers(BigDecimal gigabytes, BigDecimal usd) {
        BigDecimal bytes = gigabytes.multiply(BigDecimal.valueOf(1L << 30));
        BigDecimal price = PriceList.shipped().price(Meter.FLOWS_AND_QUERIES, "eu-central-1", bytes);
        assertEquals(0, usd.compareTo(price), price.toPlainString());
    }

    @Test
    void aRegionOfItsOwnGoesBeforeOther() throws ConfigException {
        StringBuilder text = new StringBuilder(HEADER);
        for (Meter meter : Meter.values()) {
            text.append(meter.wire()).append("\tother\t-\t1\t2026-01-01\tx\n");
        }
        text.append("cloudtrail-million\teu-west-1\t-\t3\t2026-02-01\tx\n");
        PriceList list = PriceList.read("mine", text.toString());
        assertEquals("2026-02-01", list.date());
        BigDecimal million = BigDecimal.valueOf(1_000_000);
        assertEquals(0, new BigDecimal(3).compareTo(list.price(Meter.CALLS, "eu-west-1", million)));
        assertEquals(0, BigDecimal.ONE.compareTo(list.price(Meter.CALLS, "eu-west-2", million)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no header      | a;b                         | line 1: expected the header
            too few        | H;cloudtrail-million;other  | line 2: expected 6 columns
            unknown meter  | H;moon;other;-;1;2026;x     | line 2: expected a meter out of [cloudtrail-million
            no number      | H;s3-million;other;-;y;2026;x | line 2: expected numbers under upto and usd
            nothing in it  | H                           | expected a row of cloudtrail-million for the Region other
            """)
    void aWrongListIsToldWhere(String name, String text, String expected) {
        String list = text.startsWith("H")
                ? HEADER + text.substring(1).replaceFirst("^;", "").replace(';', '\t')
                : text;
        ConfigException thrown = assertThrows(ConfigException.class, () -> PriceList.read(name, list));
        assertTrue(String.valueOf(thrown.getMessage()).contains(expected), thrown.getMessage());
    }
}
