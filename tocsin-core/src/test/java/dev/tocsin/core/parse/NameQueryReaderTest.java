package dev.tocsin.core.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.NameQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameQueryReaderTest {

    private static final String RECORD = "{'version':'1.100000','account_id':'111122223333','region':'us-east-1',"
            + "'vpc_id':'vpc-1','query_timestamp':'2026-03-01T12:00:00Z','query_name':'www.example.com.',"
            + "'query_type':'A','query_class':'IN','rcode':'NOERROR','answers':[{'Rdata':'a.cdn.example.',"
            + "'Type':'CNAME','Class':'IN'},{'Rdata':'192.0.2.10','Type':'A','Class':'IN'}],'srcaddr':'10.0.1.5',"
            + "'srcport':'56067','transport':'UDP','srcids':{'instance':'i-1'}}";

    @Test
    void takesTheMembersThatDetectorsRead() {
        NameQuery query = only(RECORD);
        assertEquals(1_772_366_400, query.at());
        assertEquals("111122223333", query.account());
        assertEquals("us-east-1", query.region());
        assertEquals("vpc-1", query.vpcId());
        assertEquals("www.example.com", query.name());
        assertEquals("A", query.type());
        assertEquals("NOERROR", query.responseCode());
        assertEquals(
                List.of(new NameQuery.Answer("CNAME", "a.cdn.example"), new NameQuery.Answer("A", "192.0.2.10")),
                query.answers());
        assertEquals("10.0.1.5", query.sourceAddress());
        assertEquals(56067, query.sourcePort());
        assertEquals("UDP", query.transport());
        assertEquals("i-1", query.instanceId());
        assertEquals(7, query.origin().position());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", quoteCharacter = '"', textBlock = """
            # what                        | instead of                               | stands                                      | outcome
            nothing changed               | 'version':'1.100000',                    | 'version':'1.100000',                       | accepted
            version a number              | 'version':'1.100000',                    | 'version':1.1,                              | accepted
            version 1                     | 'version':'1.100000',                    | 'version':'1',                              | accepted
            version 2                     | 'version':'1.100000',                    | 'version':'2.0',                            | rejected
            version 10                    | 'version':'1.100000',                    | 'version':'10.0',                           | rejected
            no version                    | 'version':'1.100000',                    | none                                        | accepted
            an unknown member             | 'version':'1.100000',                    | 'version':'1.1','new':{'a':[1]},            | accepted
            port a number                 | 'srcport':'56067'                        | 'srcport':56067                             | accepted
            answers null                  | [{'Rdata':'a.cdn.example.','Type':'CNAME','Class':'IN'},{'Rdata':'192.0.2.10','Type':'A','Class':'IN'}] | null | accepted
            answers empty                 | [{'Rdata':'a.cdn.example.','Type':'CNAME','Class':'IN'},{'Rdata':'192.0.2.10','Type':'A','Class':'IN'}] | [] | accepted
            answers of odd things         | [{'Rdata':'a.cdn.example.','Type':'CNAME','Class':'IN'},{'Rdata':'192.0.2.10','Type':'A','Class':'IN'}] | [1,[2],{},null] | accepted
            source ids null               | {'instance':'i-1'}                       | null                                        | accepted
            source ids empty              | {'instance':'i-1'}                       | {}                                          | accepted
            the time's fraction           | 2026-03-01T12:00:00Z                     | 2026-03-01T12:00:00.123Z                    | accepted
            the documentation's odd time  | 2026-03-01T12:00:00Z                     | 2017-03-16T19:20:177Z                       | rejected
            epoch number                  | '2026-03-01T12:00:00Z'                   | 1772366400                                  | accepted
            no time                       | 'query_timestamp':'2026-03-01T12:00:00Z', | none                                       | rejected
            no name                       | 'query_name':'www.example.com.',         | none                                        | rejected
            a name that cannot be         | www.example.com.                         | www..com.                                   | rejected
            cut short                     | 'srcaddr':'10.0.1.5','srcport':'56067','transport':'UDP','srcids':{'instance':'i-1'}} | 'srcaddr':'10.0 | rejected
            cut in the answers            | ,{'Rdata':'192.0.2.10','Type':'A','Class':'IN'}],'srcaddr':'10.0.1.5','srcport':'56067','transport':'UDP','srcids':{'instance':'i-1'}} | none | rejected
            """)
    void readsEveryFormOfTheLog(String name, String instead, String stands, String outcome) {
        assertTrue(RECORD.contains(instead), "the case applies");
        String json = RECORD.replace(instead, stands == null ? "" : stands).replace('\'', '"');
        Collected sink = Collected.of(json, false);
        assertEquals(outcome.equals("accepted") ? 1 : 0, sink.queries.size(), sink::toString);
        assertEquals(outcome.equals("rejected") ? 1 : 0, sink.rejected.size(), sink::toString);
        assertEquals(Collected.of(json, true).toString(), sink.toString(), "both ways");
    }

    @Test
    void leavesOtherJsonToOthers() {
        assertEquals(List.of("not ours"), Collected.of("{\"eventVersion\":\"1.08\"}", false).notes);
        assertEquals(List.of("not ours"), Collected.of("{}", false).notes);
    }

    @Test
    void takesTheEndpointForTheClient() {
        NameQuery query = only(RECORD.replace("'instance':'i-1'", "'resolver_endpoint':'rslvr-in-1','instance':''"));
        assertEquals("rslvr-in-1", query.resolverEndpoint());
        assertEquals(null, query.instanceId());
    }

    @Test
    void aMemberThatStandsTwiceIsNoted() {
        Collected sink = Collected.of(
                RECORD.replace("'region'", "'region':'eu-west-1','region'").replace('\'', '"'), false);
        assertEquals("us-east-1", sink.queries.getFirst().region());
        assertEquals(1, sink.notes.size());
    }

    @Test
    void whiteSpaceMakesNoOtherRecord() {
        String spaced = RECORD.replace(",", " ,\n ").replace("{", "{\t");
        assertEquals(only(RECORD).contentHash(), only(spaced).contentHash());
    }

    /** Both ways must agree on records that were bent at random places. */
    @Test
    void theQuickWayAgreesWithTheGeneralOne() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String record = RECORD.replace('\'', '"');
        String[] pieces = {
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "null",
            "1",
            "\\u0041",
            "ü",
            "\u0000",
            "\u007f",
            ".",
            "type",
            "\"srcids\":{\"instance\":\"i-2\"},",
            "\"version\":\"2\",",
            "A"
        };
        Collected said = new Collected();
        NameQueryReader reader = new NameQueryReader(Collected.context(), said);
        for (int round = 0; round < 40_000; round++) {
            StringBuilder bent = new StringBuilder(record);
            for (int edits = random.nextInt(3); edits >= 0; edits--) {
                int at = random.nextInt(bent.length());
                int gone = random.nextInt(3) == 0 ? random.nextInt(12) : 0;
                bent.replace(at, Math.min(bent.length(), at + gone), pieces[random.nextInt(pieces.length)]);
            }
            String json = bent.toString();
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            said.clear();
            if (!reader.record(bytes, 0, bytes.length, 7)) {
                said.notes.add("not ours");
            }
            assertEquals(Collected.of(json, true).toString(), said.toString(), () -> "seed " + seed + ": " + json);
        }
    }

    private static NameQuery only(String record) {
        Collected sink = Collected.of(record.replace('\'', '"'), false);
        assertEquals(List.of(), sink.rejected);
        return sink.queries.getFirst();
    }
}
