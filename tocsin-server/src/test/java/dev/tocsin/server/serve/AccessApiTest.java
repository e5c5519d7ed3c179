package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and users over the API, and what the console's pages of configuration read. */
final class AccessApiTest extends ServiceFixture {

    private static final String OTHER = "222222222222";
    private static final String PASSWORD = "correct horse battery";

    private Answer post(Key key, String path, String body) throws IOException, InterruptedException {
        return signed(key, "POST", "/tocsin/v1/" + path, body);
    }

    private Answer get(Key key, String path) throws IOException, InterruptedException {
        return signed(key, "GET", "/tocsin/v1/" + path, "");
    }

    private static List<Doc> docs(Answer answer, String member) {
        return answer.body().get(member) instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }

    @Test
    void aKeyIsShownOnceWorksAndEnds() throws IOException, InterruptedException {
        Answer made = post(administrator, "keys", "{'accountId':'" + OTHER + "','role':'reader'}");
        assertEquals(201, made.status());
        Key key = new Key(made.text("id"), made.text("secretAccessKey"));
        assertEquals(OTHER, get(key, "account").text("accountId"));
        Answer all = get(administrator, "keys");
        assertEquals(2, docs(all, "keys").size());
        assertFalse(all.raw().body().contains(key.secret()));
        assertFalse(get(administrator, "audit").raw().body().contains(key.secret()));
        Answer ended = post(administrator, "keys/" + key.id() + "/disable", "");
        assertEquals(false, docs(ended, "keys").getLast().get("enabled"));
        assertEquals(403, get(key, "account").status());
        assertEquals(
                404, post(administrator, "keys/" + key.id() + "/disable", "").status());
    }

    @Test
    void aUserIsMadeGetsAnotherPasswordAndEnds() throws IOException, InterruptedException {
        String user = "{'name':'ann+1@example.org','role':'reader','password':'" + PASSWORD + "'}";
        assertEquals(1, docs(post(administrator, "users", user), "users").size());
        assertEquals(400, post(administrator, "users", user).status(), "there is one already");
        assertEquals(200, signIn(PASSWORD).status());
        String path = "users/ann%2B1%40example.org/";
        assertEquals(
                400,
                post(administrator, path + "password", "{'password':'short'}").status());
        post(administrator, path + "password", "{'password':'another " + PASSWORD + "'}");
        assertEquals(401, signIn(PASSWORD).status());
        assertEquals(200, signIn("another " + PASSWORD).status());
        Answer ended = post(administrator, path + "disable", "");
        assertEquals(false, docs(ended, "users").getFirst().get("enabled"));
        assertEquals(401, signIn("another " + PASSWORD).status());
        assertFalse(get(administrator, "audit").raw().body().contains("battery"));
    }

    private Answer signIn(String password) throws IOException, InterruptedException {
        return open("POST", "/tocsin/v1/session", "{'user':'ann+1@example.org','password':'" + password + "'}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no such role          | keys  | {'role':'king'}                                       | 400
            no account            | keys  | {'role':'reader','accountId':'12'}                    | 400
            a member misspelt     | keys  | {'role':'reader','account':'111122223333'}            | 400
            no password           | users | {'role':'reader','name':'ann'}                        | 400
            a user that is engine | users | {'role':'ingest','name':'ann','password':'0123456789ab'} | 400
            a name with a space   | users | {'role':'reader','name':'a b','password':'0123456789ab'} | 400
            """)
    void whatMakesNoSenseIsRefused(String name, String path, String body, int status)
            throws IOException, InterruptedException {
        assertEquals(status, post(administrator, path, body).status());
    }

    @Test
    void nobodyEndsOneselfAndOthersSeeTheirOwnAlone() throws IOException, InterruptedException {
        assertEquals(
                409,
                post(administrator, "keys/" + administrator.id() + "/disable", "")
                        .status());
        Key other = key(OTHER, Role.ADMINISTRATOR);
        assertEquals(
                List.of(other.id()),
                docs(get(other, "keys"), "keys").stream()
                        .map(key -> key.text("id"))
                        .toList());
        assertEquals(
                404, post(other, "keys/" + administrator.id() + "/disable", "").status());
        assertEquals(
                403,
                post(other, "keys", "{'role':'reader','accountId':'" + ACCOUNT + "'}")
                        .status());
        assertEquals(201, post(other, "keys", "{'role':'reader'}").status());
        Key reader = key(ACCOUNT, Role.READER);
        for (String path : List.of("keys", "users")) {
            assertEquals(403, get(reader, path).status());
        }
    }

    @Test
    void settingsAreShown() throws IOException, InterruptedException {
        signed(administrator, "POST", "/detector", "{'enable':true}");
        Doc detector =
                docs(get(key(ACCOUNT, Role.READER), "detectors"), "detectors").getFirst();
        assertEquals(REGION, detector.text("region"));
        assertEquals("ENABLED", detector.text("status"));
        assertTrue(detector.toJson().contains("S3_DATA_EVENTS"), detector.toJson());
        assertEquals(
                0, docs(get(key(OTHER, Role.READER), "detectors"), "detectors").size());
        Doc retention = get(administrator, "retention").body();
        assertEquals(90, retention.number("findingDays", -1));
        assertEquals(30, retention.number("ledgerDays", -1));
    }

    @Test
    void aRuleCountsWhatItHides() throws IOException, InterruptedException {
        String detector =
                signed(administrator, "POST", "/detector", "{'enable':true}").text("detectorId");
        String rule = "{'name':'NAME','action':'ACTION','findingCriteria':{'criterion':{'type':{'equals':['TYPE']}}}}"
                .replace("TYPE", "Recon:EC2/Portscan");
        for (String[] one : new String[][] {{"scans", "ARCHIVE"}, {"saved", "NOOP"}}) {
            String body = rule.replace("NAME", one[0]).replace("ACTION", one[1]);
            assertEquals(
                    200,
                    signed(administrator, "POST", "/detector/" + detector + "/filter", body)
                            .status());
        }
        Doc before = docs(get(administrator, "suppression-hits"), "rules").getFirst();
        assertEquals(0, before.number("hits", -1));
        IngestedFindings.hand(this, 1, 2);
        Answer after = get(key(ACCOUNT, Role.READER), "suppression-hits");
        assertEquals(1, docs(after, "rules").size(), after.raw().body());
        assertEquals(
                2,
                docs(after, "rules").getFirst().number("hits", -1),
                after.raw().body());
        assertTrue(
                String.valueOf(docs(after, "rules").getFirst().text("lastHit")).startsWith("20"));
    }

    @Test
    void aListIsLookedAtKeptAndShownWithItsAge() throws IOException, InterruptedException {
        String detector =
                signed(administrator, "POST", "/detector", "{'enable':true}").text("detectorId");
        String text = "{'format':'TXT','text':'198.51.100.7\\n203.0.113.0/24\\nno address at all\\n'}";
        Doc report = post(key(ACCOUNT, Role.READER), "lists/check", text).body();
        assertEquals(2, report.number("accepted", -1), report.toJson());
        assertEquals(1, report.number("rejected", -1), report.toJson());
        assertEquals(400, post(administrator, "lists/check", "{'text':' '}").status());
        assertEquals(
                400, post(administrator, "lists/upload", "{'text':'\\ud800'}").status());
        Answer kept = post(administrator, "lists/upload", text);
        assertEquals(201, kept.status());
        assertEquals(
                kept.text("location"), post(administrator, "lists/upload", text).text("location"));
        assertEquals(403, post(key(ACCOUNT, Role.READER), "lists/upload", text).status());
        Answer made = signed(
                administrator,
                "POST",
                "/detector/" + detector + "/threatintelset",
                "{'name':'mine','format':'TXT','activate':false,'location':'" + kept.text("location") + "'}");
        assertEquals(200, made.status(), made.raw().body());
        Doc list = docs(get(administrator, "lists"), "lists").getFirst();
        assertEquals("ThreatIntelSet", list.text("kind"));
        assertEquals("INACTIVE", list.text("status"));
        assertTrue(list.number("createdAt", 0) > 0);
        assertEquals(0, docs(get(key(OTHER, Role.READER), "lists"), "lists").size());
    }
}
