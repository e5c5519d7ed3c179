package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists from fetching to findings. */
final class ListsCommandTest extends CommandFixture {

    @TempDir
    Path data;

    @TempDir
    Path elsewhere;

    private Path list;

    @BeforeEach
    void files() throws IOException {
        object("a.json.gz", call("DescribeInstances", 5, "e-1"));
        list = Files.writeString(elsewhere.resolve("bad.txt"), "203.0.113.10\n203.0.113.11\n");
    }

    private int update(String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(new String[] {"lists", "update", "--data", data.toString()}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return tocsin(all);
    }

    @Test
    void whatWasFetchedIsUsed() throws IOException {
        assertEquals(0, update("--feed", "mine=" + list.toUri() + "#TXT,scanner"), err::toString);
        assertTrue(out.toString().contains("mine"), out.toString());
        assertTrue(out.toString().matches("(?s).*mine +2 +0 min  updated +new.*"), out.toString());
        analyze("--data", data.toString());
        assertTrue(out.toString().contains("Recon:IAMUser/MaliciousIPCaller"), out + "" + err);
        assertTrue(out.toString().contains("\"threatListName\":\"mine\""), out.toString());
        assertFalse(err.toString().contains("No threat list"), err.toString());
        out.getBuffer().setLength(0);
        analyze("--data", data.toString(), "--no-feeds");
        assertFalse(out.toString().contains("MaliciousIPCaller"), out.toString());
        assertTrue(err.toString().contains("No threat list is loaded"), err.toString());
    }

    private void analyze(String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(new String[] {"analyze", "--format", "jsonl", folder.toString()}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        assertEquals(0, tocsin(all), err::toString);
    }

    @Test
    void withoutAnyListTheFirstLineNamesTheCommandThatFetchesSome() {
        analyze("--data", data.toString());
        String first = err.toString().lines().findFirst().orElseThrow();
        assertTrue(first.startsWith("No threat list is loaded"), first);
        assertTrue(first.contains("'tocsin lists update'"), first);
        assertTrue(
                err.toString().contains("Addresses are shown without country and network, and habits"), err.toString());
    }

    @Test
    void aDamagedListIsLeftOutAndSaid() throws IOException {
        update("--feed", "mine=" + list.toUri());
        Files.writeString(data.resolve("lists/mine.list"), "");
        analyze("--data", data.toString());
        assertTrue(err.toString().contains("mine: no entries"), err.toString());
    }

    @Test
    void feedsAreShownAndRemoved() {
        assertEquals(0, update("--feed", "mine=" + list.toUri()));
        assertEquals(0, tocsin("lists", "feeds", "--data", data.toString()));
        assertTrue(out.toString().contains("2 entries, 0 min old"), out.toString());
        assertTrue(out.toString().contains("CC0 (abuse.ch)"), "terms");
        assertEquals(0, update("--remove", "mine"));
        out.getBuffer().setLength(0);
        assertEquals(0, tocsin("lists", "feeds", "--data", data.toString()));
        assertFalse(out.toString().contains("your own feed"), out.toString());
        assertEquals(2, update("--remove", "mine"));
    }

    @Test
    void presetsAreShownWithTheirTermsAndRhythm() {
        assertEquals(0, tocsin("lists", "presets"));
        String shown = out.toString();
        assertTrue(shown.contains("SPAMHAUS_JSON, category by entry, at most every day"), shown);
        assertTrue(
                shown.contains("free with credit to Spamhaus; fetch at most once a day; 'tocsin lists update'"), shown);
        assertTrue(shown.contains("TXT, category tor-exit, at most every 60 minutes"), shown);
        assertTrue(shown.contains("off until it is named"), shown);
    }

    @Test
    void theConfiguredFeedsAreFetchedIntoTheConfiguredFolder() throws IOException {
        Path config = around.resolve("serve.yaml");
        Files.writeString(
                config,
                "data: '" + data + "'\nfeeds: [{name: ours, url: '" + list.toUri() + "', every: 120, category: c2},"
                        + " 'other=" + list.toUri() + "']\n");
        assertEquals(0, tocsin("lists", "update", "--config", config.toString()), err::toString);
        assertTrue(Files.exists(data.resolve("lists/ours.list")) && Files.exists(data.resolve("lists/other.list")));
        out.getBuffer().setLength(0);
        assertEquals(0, tocsin("lists", "status", "--data", data.toString()), err::toString);
        assertTrue(out.toString().contains("ours"), out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            feeds: [{preset: fedo}]                   | no feed 'fedo'; did you mean feodo?
            feeds: [{name: x}]                        | a feed needs preset, or name and url
            feeds: [{name: X, url: 'https://e/'}]     | a feed's name has lower-case letters
            feeds: [{name: x, url: 'ftp://e/'}]       | expected a URL with https, http, file, taxii+https
            feeds: [feodo, {preset: feodo}]           | two feeds are named feodo
            feeds: [{preset: feodo, every: 0}]        | every: expected 1 or more minutes, found 0
            feeds: [{prest: feodo}]                   | unknown key 'prest'
            """)
    void refusesWrongFeeds(String yaml, String said) throws IOException {
        Path config = around.resolve("serve.yaml");
        Files.writeString(config, yaml + "\n");
        assertEquals(2, tocsin("lists", "update", "--config", config.toString()));
        assertTrue(err.toString().contains(said), err.toString());
    }

    @Test
    void oneThatFailsIsExitThree() {
        assertEquals(3, update("--feed", "none=file:///nowhere/at/all.txt"));
        assertTrue(out.toString().contains("there is no file"), out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --feed nonsense          | expected NAME=URL
            nosuch                   | no feed nosuch
            """)
    void refusesAWrongCommandLine(String arguments, String said) {
        assertEquals(2, update(arguments.split(" ", -1)));
        assertTrue(err.toString().contains(said), err.toString());
    }

    @Test
    void aGeoFileThatIsNoneEndsTheCommand() {
        assertEquals(2, tocsin("analyze", "--geo", list.toString(), folder.toString()));
        assertTrue(err.toString().contains("neither an mmdb file nor a table"), err.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what stands on the list          | entry           | own             | refused
            the operator's own network         | 203.0.113.0/24  | 203.0.113.0/24  | your own addresses: 203.0.113.0/24
            an address in it                   | 203.0.113.7     | 203.0.113.0/24  | your own addresses: 203.0.113.0/24
            a network around it                | 203.0.0.0/16    | 203.0.113.0/24  | your own addresses: 203.0.113.0/24
            its neighbour                      | 203.0.112.0/24  | 203.0.113.0/24  |
            a neighbour above                  | 203.0.114.7     | 203.0.113.0/24  |
            an IPv6 network around             | 2001:db8::/32   | 2001:db8:1::/48 | your own addresses: 2001:db8:1::/48
            a public suffix                    | co.uk           | 203.0.113.0/24  | a public suffix
            wider than /8                      | 64.0.0.0/7      | 203.0.113.0/24  | wider than /8
            a /8                               | 64.0.0.0/8      | 203.0.113.0/24  |
            """)
    void checkRefusesWhatWouldAccuseTooMany(String name, String entry, String own, String refused) throws IOException {
        Files.writeString(list, entry + "\n198.51.100.1\n");
        int exit = tocsin("lists", "check", "--own-network", own, list.toString());
        assertEquals(refused == null ? 0 : 3, exit, out::toString);
        assertTrue(out.toString().contains(refused == null ? "0 rejected" : "line 1: " + refused), out.toString());
        assertEquals(0, tocsin("lists", "check", "--force", "--own-network", own, list.toString()), out::toString);
    }

    @Test
    void analyzeRefusesAnEntryOverTheOperatorsOwnAddressesToo() {
        analyze("--threat-list", list.toString(), "--own-network", "203.0.113.10");
        assertFalse(out.toString().contains("MaliciousIPCaller"), out.toString());
        assertTrue(
                err.toString().contains("bad: 1 entries rejected, first line 1: your own addresses"), err.toString());
        analyze("--threat-list", list.toString(), "--own-network", "203.0.113.10", "--force-lists");
        assertTrue(out.toString().contains("MaliciousIPCaller.Custom"), out.toString());
    }

    @Test
    void theAddressesOfTheInventoryAreTheOperatorsOwn() throws IOException {
        Path inventory = Files.writeString(elsewhere.resolve("addresses.json"), """
                {"Addresses":[{"PublicIp":"203.0.113.10","AllocationId":"eipalloc-1","NetworkInterfaceId":"eni-1",
                "PrivateIpAddress":"10.0.0.1","NetworkInterfaceOwnerId":"111122223333"}]}""");
        int exit = tocsin("lists", "check", "--inventory", inventory.toString(), list.toString());
        assertEquals(3, exit, out + "" + err);
        assertTrue(out.toString().contains("your own addresses: 203.0.113.10"), out.toString());
    }

    @ParameterizedTest
    @CsvSource({"0, 0 min", "3599, 59 min", "3600, 1 h", "172799, 47 h", "172800, 2 d"})
    void saysAges(long seconds, String text) {
        assertEquals(text, Ages.text(1_000_000, 1_000_000 + seconds));
    }
}
