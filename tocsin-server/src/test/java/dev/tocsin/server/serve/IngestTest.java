package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.api.Role;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Findings and ledger rows of engines that run elsewhere. */
final class IngestTest extends ServiceFixture {

    private static final String ID = "0123456789abcdef0123456789abcdef";

    @SuppressWarnings("NullAway.Init")
    private Key engine;

    @SuppressWarnings("NullAway.Init")
    private String detector;

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        engine = key(ACCOUNT, Role.INGEST);
        detector = signed(administrator, "POST", "/detector", "{'enable':true}").text("detectorId");
    }

    private static String finding(long revision, long count) {
        return "{'id':'" + ID + "','type':'Recon:EC2/Portscan','account':'" + ACCOUNT + "','region':'" + REGION
                + "','revision':" + revision
                + ",'firstSeen':'2026-03-01T12:00:00Z','lastSeen':'2026-03-01T12:05:00Z','severity':5,"
                + "'document':{'schemaVersion':'2.0','id':'" + ID + "','type':'Recon:EC2/Portscan','accountId':'"
                + ACCOUNT + "','region':'" + REGION + "','severity':5,'title':'t','description':'d','arn':'arn',"
                + "'partition':'aws','resource':{'resourceType':'Instance'},'service':{'count':" + count + "}}}";
    }

    private Answer ingest(Key key, String body) throws IOException, InterruptedException {
        return signed(key, "POST", "/tocsin/v1/ingest", body);
    }

    private String shown() throws IOException, InterruptedException {
        return signed(administrator, "POST", "/detector/" + detector + "/findings/get", "{'findingIds':['" + ID + "']}")
                .raw()
                .body();
    }

    @Test
    void aFindingIsTakenOnceForEachRevision() throws IOException, InterruptedException {
        String request = "{'findings':[" + finding(1, 3) + "]}";
        assertEquals(1, ingest(engine, request).body().part("findings").number("taken", -1));
        Answer again = ingest(engine, request);
        assertEquals(0, again.body().part("findings").number("taken", -1));
        assertEquals(1, again.body().part("findings").number("unchanged", -1));
        assertTrue(shown().contains("\"count\":3"), shown());
        ingest(engine, "{'findings':[" + finding(3, 9) + "]}");
        ingest(engine, "{'findings':[" + finding(2, 5) + "]}");
        assertTrue(shown().contains("\"count\":9"), shown());
    }

    @Test
    void aFilterHidesWhatComesInThisWayToo() throws IOException, InterruptedException {
        signed(
                administrator,
                "POST",
                "/detector/" + detector + "/filter",
                "{'name':'hide','action':'ARCHIVE','findingCriteria':{'criterion':{'type':{'equals':"
                        + "['Recon:EC2/Portscan']}}}}");
        ingest(engine, "{'findings':[" + finding(1, 3) + "]}");
        assertTrue(shown().contains("\"archived\":true"), shown());
    }

    @Test
    void aRowOfTheLedgerIsTakenOnceForEachRevision() throws IOException, InterruptedException {
        String row = "{'objects':[{'source':'kafka://logs/0','kind':'cloudtrail','status':'accepted','accepted':%d,"
                + "'accountId':'" + ACCOUNT + "','revision':%d}]}";
        assertEquals(
                1, ingest(engine, row.formatted(10, 2)).body().part("objects").number("taken", -1));
        assertEquals(
                1, ingest(engine, row.formatted(5, 1)).body().part("objects").number("unchanged", -1));
        String ledger =
                signed(administrator, "GET", "/tocsin/v1/ledger", "").raw().body();
        assertTrue(ledger.contains("\"accepted\":10"), ledger);
    }

    @Test
    void aKeyHandsInForItsAccountAlone() throws IOException, InterruptedException {
        Key other = key("222222222222", Role.INGEST);
        assertEquals(403, ingest(other, "{'findings':[" + finding(1, 1) + "]}").status());
        assertEquals(
                403,
                ingest(other, "{'objects':[{'source':'x','status':'accepted','revision':1}]}")
                        .status());
        assertEquals(403, ingest(key(ACCOUNT, Role.READER), "{}").status());
        assertEquals(200, ingest(engine, "{}").status());
    }

    @Test
    void nothingOfARequestIsTakenIfAPartIsWrong() throws IOException, InterruptedException {
        Answer refused = ingest(engine, "{'findings':[" + finding(1, 1) + ",{}]}");
        assertEquals(400, refused.status());
        assertTrue(refused.text("message").contains("findings[1].id"), refused.text("message"));
        assertEquals("{\"findings\":[]}", shown());
    }

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'id':'x','type'                 | 'id':'0123456789abcdef0123456789abcdef','type' | findings[0].id
            'revision':0                    | 'revision':1                    | findings[0].revision
            'revision':'1'                  | 'revision':1                    | findings[0].revision
            'severity':11,'document'        | 'severity':5,'document'         | findings[0].severity
            'severity':'5','document'       | 'severity':5,'document'         | findings[0].severity
            'lastSeen':'2026-03-01T11:00:00Z' | 'lastSeen':'2026-03-01T12:05:00Z' | findings[0].lastSeen
            'firstSeen':'yesterday'         | 'firstSeen':'2026-03-01T12:00:00Z' | findings[0].firstSeen
            'region':'nowhere','revision'   | 'region':'eu-central-1','revision' | findings[0].region
            'accountId':'999999999999'      | 'accountId':'111111111111'      | findings[0].document.accountId
            """)
    void whatIsWrongIsNamed(String wrong, String right, String member) throws IOException, InterruptedException {
        String finding = finding(1, 1);
        assertTrue(finding.contains(right), right);
        Answer refused = ingest(engine, "{'findings':[" + finding.replaceFirst(right, wrong) + "]}");
        assertEquals(400, refused.status(), refused.raw().body());
        assertTrue(refused.text("message").contains(member + " "), refused.text("message"));
    }

    @Test
    void aPreviewSaysWhatAFilterWouldHaveHidden() throws IOException, InterruptedException {
        ingest(engine, "{'findings':[" + finding(1, 3) + "]}");
        String criteria = "{'findingCriteria':{'criterion':{'severity':{'gte':%d}}}}";
        Answer all = signed(administrator, "POST", "/tocsin/v1/suppression-preview", criteria.formatted(4));
        assertEquals(1, all.body().number("hidden", -1), all.raw().body());
        assertEquals(1, all.body().part("hiddenByType").number("Recon:EC2/Portscan", 0));
        Answer none = signed(administrator, "POST", "/tocsin/v1/suppression-preview", criteria.formatted(7));
        assertEquals(0, none.body().number("hidden", -1));
        assertEquals(1, none.body().number("findings", -1));
        assertEquals(
                400,
                signed(administrator, "POST", "/tocsin/v1/suppression-preview", "{}")
                        .status());
    }
}
