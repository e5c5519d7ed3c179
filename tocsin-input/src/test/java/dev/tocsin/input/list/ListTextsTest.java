package dev.tocsin.input.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times and arguments as people and feeds write them. */
final class ListTextsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-07-04 22:19:04, 1783203544",
        "2026-07-04T22:19:04Z, 1783203544",
        "2026-07-04T22:19:04.123456Z, 1783203544",
        "2026-07-04T22:19:04+02:00, 1783196344",
        "2026-07-04 22:19:04 UTC, 1783203544",
        "2026-07-04, 1783123200",
        "1783203544, 1783203544",
        "1783203544123, 1783203544",
        "2026-02-30, 0",
        "2026-07-04 25:00:00, 0",
        "None, 0",
        "'', 0",
        "yesterday, 0",
    })
    void readsTimes(String text, long seconds) {
        assertEquals(seconds, ListTimes.seconds(text));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "# Last updated: 2021-08-17 15:00:42 UTC        #, 1629212442",
        "# This File Date  : Tue Jul 30 16:40:02 UTC 2019, 1564504802",
        "# Last updated: 2019-11-27 15:52:08 (UTC)      #, 1574869928",
        "# Last updated: soon, 0",
        "# a comment, 0",
    })
    void readsWhatCommentsState(String comment, long seconds) {
        assertEquals(seconds, ListTimes.stated(comment));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "lists/bad.txt, bad, lists/bad.txt,",
        "lists/bad.txt:OTX_CSV, bad, lists/bad.txt, OTX_CSV",
        "mine=lists/bad.csv.gz:otx_csv, mine, lists/bad.csv.gz, otx_csv",
        "lists/bad.csv.gz, bad, lists/bad.csv.gz,",
        "C:\\lists\\bad.txt, bad, C:\\lists\\bad.txt,",
        "odd:name, odd:name, odd:name,",
        ".hidden, .hidden, .hidden,",
        "a/b=c.txt, b=c, a/b=c.txt,",
    })
    void readsArguments(String text, String name, String file, String format) {
        assertEquals(new ListArgument(name, file, format), ListArgument.parse(text));
    }
}
