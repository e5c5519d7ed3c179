package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an analyst asks beyond lists of findings: entities, types, feedback, groups and whole documents. */
final class EntityApiTest extends ServiceFixture {

    private static final String STRANGER = "999999999999";

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        signed(administrator, "POST", "/detector", "{'enable':true}");
        String all = String.join(
                ",",
                finding(1, "eve", "198.51.100.7", "2026-03-01T12:00:00Z", ACCOUNT),
                finding(2, "eve", "198.51.100.8", "2026-03-02T12:00:00Z", ACCOUNT),
                finding(3, "mallory", "198.51.100.7", "2026-03-03T12:00:00Z", ACCOUNT));
        Answer taken = signed(key(ACCOUNT, Role.INGEST), "POST", "/tocsin/v1/ingest", "{'findings':[" + all + "]}");
        assertEquals(
                3,
                taken.body().part("findings").number("taken", -1),
                taken.raw().body());
    }

    private static String finding(int number, String user, String address, String time, String account) {
        String id = "%032x".formatted(number);
        String record = "{'source':'trail.json.gz','position':" + number + ",'time':'" + time
                + "','fields':{'eventName':'ListUsers','sourceIPAddress':'" + address
                + "','userIdentity.arn':'arn:aws:iam::" + account + ":user/" + user + "'}}";
        return "{'id':'" + id + "','type':'PenTest:IAMUser/KaliLinux','account':'" + account + "','region':'" + REGION
                + "','revision':1,'firstSeen':'" + time + "','lastSeen':'" + time + "','severity':5,'document':{"
                + "'schemaVersion':'2.0','id':'" + id + "','type':'PenTest:IAMUser/KaliLinux','accountId':'" + account
                + "','region':'" + REGION
                + "','severity':5,'title':'t','description':'d','arn':'arn','partition':'aws',"
                + "'associatedAttackSequenceArn':'arn:aws:guardduty:x:finding/" + "f".repeat(32) + "',"
                + "'resource':{'resourceType':'AccessKey','accessKeyDetails':{'userName':'" + user
                + "','accessKeyId':'AKIA" + user + "'}},'service':{'count':1,'eventFirstSeen':'" + time
                + "','eventLastSeen':'" + time + "','action':{'actionType':'AWS_API_CALL','awsApiCallAction':{"
                + "'remoteIpDetails':{'ipAddressV4':'" + address + "','country':{'countryName':'Iceland'}}}},"
                + "'additionalInfo':{'a':1}},'tocsin':{'evidence':{'records':[" + record + "]}}}}";
    }

    private Answer entity(Key key, String name) throws IOException, InterruptedException {
        String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return signed(key, "GET", "/tocsin/v1/entities?name=" + escaped, "");
    }

    private static List<Doc> docs(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            eve                                     | identity | 2 | 2
            arn:aws:iam::111111111111:user/eve      | identity | 2 | 2
            arn:aws:iam::222222222222:user/eve      | identity | 0 | 0
            AKIAmallory                             | identity | 1 | 1
            198.51.100.7                            | address  | 2 | 2
            198.51.100.9                            | address  | 0 | 0
            i-0aaaabbbbccccdddd                     | host     | 0 | 0
            <script>alert(1)</script>               | identity | 0 | 0
            """)
    void whatIsKnown(String name, String kind, int findings, int records) throws IOException, InterruptedException {
        Doc known = entity(administrator, name).body();
        assertEquals(kind, known.text("kind"), known.toJson());
        assertEquals(findings, docs(known, "findings").size(), known.toJson());
        assertEquals(records, docs(known, "records").size(), known.toJson());
    }

    @Test
    void recordsComeInOrderWithTheirFindings() throws IOException, InterruptedException {
        Doc known = entity(administrator, "198.51.100.7").body();
        List<Doc> records = docs(known, "records");
        assertEquals(
                List.of("2026-03-01T12:00:00Z", "2026-03-03T12:00:00Z"),
                records.stream().map(record -> record.text("time")).toList());
        assertEquals(List.of("%032x".formatted(1)), records.getFirst().get("findingIds"));
        assertEquals("2026-03-01T12:00:00Z", known.text("firstSeen"));
        assertEquals(List.of("eve", "mallory"), known.part("names").get("userNames"));
        assertNull(known.get("profiles"));
    }

    @Test
    void anotherAccountSeesNothing() throws IOException, InterruptedException {
        Doc known = entity(key(STRANGER, Role.READER), "eve").body();
        assertEquals(0, docs(known, "findings").size());
        assertEquals(0, docs(known, "records").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tocsin/v1/entities", "/tocsin/v1/entities?name=", "/tocsin/v1/entities?nome=a"})
    void aNameIsNeeded(String path) throws IOException, InterruptedException {
        assertEquals(400, signed(administrator, "GET", path, "").status());
    }

    @Test
    void everyTypeHasWordsOnWhatToDo() throws IOException, InterruptedException {
        List<Doc> types = docs(
                signed(key(ACCOUNT, Role.READER), "GET", "/tocsin/v1/types", "").body(), "types");
        assertEquals(Detectors.types().size(), types.size());
        for (Doc type : types) {
            assertTrue(String.valueOf(type.text("nextSteps")).length() > 20, type.toJson());
            assertTrue(
                    String.valueOf(type.text("tactic")).matches("[A-Z][a-z]+( [a-z]+)?( [A-Z][a-z]+)?"), type.toJson());
        }
    }

    @Test
    void groupsByWhatHasNoColumn() throws IOException, InterruptedException {
        Doc identities = signed(administrator, "POST", "/tocsin/v1/findings/counts", "{'groupBy':'IDENTITY'}")
                .body();
        assertEquals("eve", docs(identities, "groups").getFirst().text("value"), identities.toJson());
        assertEquals(2, docs(identities, "groups").getFirst().number("total", 0));
        Doc countries = signed(administrator, "POST", "/tocsin/v1/findings/counts", "{'groupBy':'CALLER_COUNTRY'}")
                .body();
        assertEquals(3, docs(countries, "groups").getFirst().number("total", 0), countries.toJson());
        Doc sequences = signed(administrator, "POST", "/tocsin/v1/findings/counts", "{'groupBy':'ATTACK_SEQUENCE'}")
                .body();
        String sequence = String.valueOf(docs(sequences, "groups").getFirst().text("value"));
        Doc members = signed(
                        administrator,
                        "POST",
                        "/tocsin/v1/findings/search",
                        "{'findingCriteria':{'criterion':{'associatedAttackSequenceArn':{'equals':['" + sequence
                                + "']}}}}")
                .body();
        assertEquals(3, docs(members, "findings").size(), members.toJson());
    }

    @Test
    void findingsComeWholeInBothForms() throws IOException, InterruptedException {
        Doc api = docs(
                        signed(administrator, "POST", "/tocsin/v1/findings/search", "{'form':'api'}")
                                .body(),
                        "findings")
                .getFirst();
        assertNull(api.get("tocsin"));
        assertEquals("{\"a\":1}", api.part("service").part("additionalInfo").text("value"));
        Doc export = docs(
                        signed(administrator, "POST", "/tocsin/v1/findings/search", "{'form':'export'}")
                                .body(),
                        "findings")
                .getFirst();
        assertEquals(1, docs(export.part("tocsin").part("evidence"), "records").size());
        assertEquals(
                400,
                signed(administrator, "POST", "/tocsin/v1/findings/search", "{'form':'x'}")
                        .status());
    }

    @Test
    void feedbackIsKeptWithFindingsOfAnyDetector() throws IOException, InterruptedException {
        String ids = "'findingIds':['%032x','%032x']".formatted(1, 2);
        Answer done =
                signed(administrator, "POST", "/tocsin/v1/findings/feedback", "{" + ids + ",'feedback':'NOT_USEFUL'}");
        assertEquals(2, done.body().number("found", -1), done.raw().body());
        Doc one = signed(administrator, "GET", "/tocsin/v1/findings/%032x".formatted(1), "")
                .body();
        assertEquals("NOT_USEFUL", one.part("service").text("userFeedback"));
        assertEquals(
                400,
                signed(administrator, "POST", "/tocsin/v1/findings/feedback", "{" + ids + "}")
                        .status());
        assertEquals(
                403,
                signed(
                                key(ACCOUNT, Role.READER),
                                "POST",
                                "/tocsin/v1/findings/feedback",
                                "{" + ids + ",'feedback':'USEFUL'}")
                        .status());
    }
}
