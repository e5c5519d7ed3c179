package dev.tocsin.input.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.IndicatorList.Kind;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Match;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genuine samples of feeds: the format is told, and every line accounted for. */
final class FormatSamplesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "adblock-nocoin.txt, ADBLOCK, 13, 0, 0",
        "alienvault-reputation.data, ALIEN_VAULT, 5, 0, 0",
        "aws-ip-ranges.json, AWS_RANGES, 8, 0, 0",
        "cidr-with-comments.txt, TXT, 26, 0, 0",
        "feodo-ipblocklist.csv, FEODO_CSV, 3, 0, 0",
        "feodo-ipblocklist.json, FEODO_JSON, 1, 0, 0",
        "fireeye-isight-header.csv, FIRE_EYE, 0, 0, 0",
        "firehol-dshield.netset, TXT, 19, 0, 0",
        "firehol-feodo.ipset, TXT, 14, 0, 0",
        "hosts-file-nocoin.txt, HOSTS, 29, 0, 0",
        "misp-event.json, MISP, 0, 4, 0",
        "otx.csv, OTX_CSV, 0, 3, 0",
        "spamhaus-drop.txt, TXT, 2, 0, 0",
        "stix1-domain-watchlist.xml, STIX, 3, 0, 0",
        "stix1-ip-watchlist.xml, STIX, 3, 0, 0",
        "stix21-bundle-c2.json, STIX2, 1, 7, 0",
        "stix21-indicator-c2.json, STIX2, 1, 0, 0",
        "taxii21-envelope.json, STIX2, 0, 4, 0",
        "threatfox-recent.csv, THREATFOX_CSV, 2, 1, 0",
        "threatfox-recent.json, THREATFOX_JSON, 2, 0, 0",
        "tor-bulk-exit-list.txt, TXT, 20, 0, 0",
        "tor-exit-addresses.txt, TOR_EXIT_ADDRESSES, 3, 0, 0",
        "urlhaus-recent-2019.csv, URLHAUS_CSV, 1, 1, 0",
        "urlhaus-recent.csv, URLHAUS_CSV, 1, 1, 0",
    })
    void isToldAndRead(String file, String format, long accepted, long ignored, long rejected) throws IOException {
        ListReport report;
        try (InputStream in = Files.newInputStream(Shared.path("intel/formats").resolve(file))) {
            report = ListReader.read(ListRequest.of(file, Kind.INTEL), in, new Intelligence.Builder());
        }
        assertEquals(format, report.format(), report::toString);
        assertEquals(accepted, report.accepted(), report::toString);
        assertEquals(ignored, report.ignoredCount(), report::toString);
        assertEquals(rejected, report.rejected(), report::toString);
    }

    @Test
    void rangesOfAwsExplainAndAreDated() throws IOException {
        Intelligence.Builder builder = new Intelligence.Builder();
        try (InputStream in = Files.newInputStream(Shared.path("intel/formats").resolve("aws-ip-ranges.json"))) {
            ListReader.read(ListRequest.of("aws", Kind.INTEL), in, builder);
        }
        Intelligence lists = builder.build();
        assertEquals(1_787_433_425, lists.lists().getFirst().dated());
        Match match = lists.address(Objects.requireNonNull(Address.parse("3.5.140.7")), 0, 1_787_433_425);
        assertEquals(
                Category.AWS, Objects.requireNonNull(match).best().indicator().category());
        assertFalse(match.fires());
    }
}
