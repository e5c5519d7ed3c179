package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Case work and saved views over the API. */
final class CasesApiTest extends ServiceFixture {

    private static final String FIRST = "%032x".formatted(1);
    private static final String SECOND = "%032x".formatted(2);
    private static final String STRANGER = "999999999999";

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        signed(administrator, "POST", "/detector", "{'enable':true}");
        IngestedFindings.hand(this, 1, 2);
    }

    private Answer cased(Key key, String id, String body) throws IOException, InterruptedException {
        return signed(key, body.isEmpty() ? "GET" : "POST", "/tocsin/v1/findings/" + id + "/case", body);
    }

    private static List<Doc> docs(Answer answer, String member) {
        return answer.body().get(member) instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }

    @Test
    void aCaseIsTakenWorkedOnAndClosed() throws IOException, InterruptedException {
        Answer fresh = cased(administrator, FIRST, "");
        assertEquals("NEW", fresh.text("status"), fresh.raw().body());
        assertEquals("", fresh.text("owner"));
        Answer taken = cased(administrator, FIRST, "{'status':'IN_PROGRESS','owner':' ann ','note':'<b>look</b>'}");
        assertEquals("ann", taken.text("owner"));
        Doc note = docs(taken, "notes").getFirst();
        assertEquals("<b>look</b>", note.text("text"));
        assertEquals(administrator.id(), note.text("author"));
        cased(administrator, FIRST, "{'status':'CLOSED','reason':'EXPECTED'}");
        Answer closed = cased(administrator, FIRST, "");
        assertEquals("EXPECTED", closed.text("reason"));
        assertEquals(1, docs(closed, "notes").size());
        String audit =
                signed(administrator, "GET", "/tocsin/v1/audit", "").raw().body();
        assertTrue(audit.contains("ChangeCase") && !audit.contains("look"), audit);
        String finding = signed(administrator, "GET", "/tocsin/v1/findings/" + FIRST, "")
                .raw()
                .body();
        assertTrue(!finding.contains("EXPECTED") && !finding.contains("ann"), finding);
    }

    @Test
    void manyAreGivenToSomebodyAndFoundByIt() throws IOException, InterruptedException {
        Answer given = signed(
                administrator,
                "POST",
                "/tocsin/v1/findings/case",
                "{'findingIds':['" + FIRST + "','nothing'],'owner':'bob','status':'IN_PROGRESS'}");
        assertEquals(1, given.body().number("found", -1), given.raw().body());
        Answer his = signed(administrator, "POST", "/tocsin/v1/findings/search", "{'case':{'owner':['bob','ann']}}");
        assertEquals(FIRST, docs(his, "findings").getFirst().text("id"));
        assertEquals("IN_PROGRESS", docs(his, "findings").getFirst().text("caseStatus"));
        Answer open = signed(administrator, "POST", "/tocsin/v1/findings/search", "{'case':{'status':['NEW']}}");
        assertEquals(
                List.of(SECOND),
                docs(open, "findings").stream().map(one -> one.text("id")).toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            closed for no reason     | {'status':'CLOSED'}
            a reason without an end  | {'reason':'EXPECTED'}
            a status nobody knows    | {'status':'LOST'}
            nothing at all           | {}
            an empty note            | {'note':' '}
            an owner that is no text | {'owner':7}
            no JSON                  | [
            """)
    void whatMakesNoSenseIsRefused(String name, String body) throws IOException, InterruptedException {
        assertEquals(400, cased(administrator, FIRST, body).status());
    }

    @Test
    void readersReadAndStrangersSeeNothing() throws IOException, InterruptedException {
        Key reader = key(ACCOUNT, Role.READER);
        assertEquals(200, cased(reader, FIRST, "").status());
        assertEquals(403, cased(reader, FIRST, "{'owner':'me'}").status());
        assertEquals(404, cased(key(STRANGER, Role.READER), FIRST, "").status());
        Key stranger = key(STRANGER, Role.ADMINISTRATOR);
        assertEquals(404, cased(stranger, FIRST, "{'owner':'me'}").status());
        Answer many =
                signed(stranger, "POST", "/tocsin/v1/findings/case", "{'findingIds':['" + FIRST + "'],'owner':'me'}");
        assertEquals(0, many.body().number("found", -1));
        assertEquals("", cased(reader, FIRST, "").text("owner"));
    }

    @Test
    void viewsBelongToWhoSavedThem() throws IOException, InterruptedException {
        Key reader = key(ACCOUNT, Role.READER);
        String view = "{'name':'mine / all','query':'state=current&filter=severity%3E%3D7'}";
        assertEquals(200, signed(reader, "POST", "/tocsin/v1/views", view).status());
        Answer again = signed(reader, "POST", "/tocsin/v1/views", view.replace("current", "all"));
        assertEquals(1, docs(again, "views").size(), again.raw().body());
        assertEquals(
                "state=all&filter=severity%3E%3D7",
                docs(again, "views").getFirst().text("query"));
        assertEquals(
                0,
                docs(signed(administrator, "GET", "/tocsin/v1/views", ""), "views")
                        .size());
        String path = "/tocsin/v1/views/mine%20%2F%20all";
        assertEquals(404, signed(administrator, "DELETE", path, "").status());
        assertEquals(0, docs(signed(reader, "DELETE", path, ""), "views").size());
        assertEquals(
                400,
                signed(reader, "POST", "/tocsin/v1/views", "{'name':' ','query':'a'}")
                        .status());
        assertEquals(
                403,
                signed(key(ACCOUNT, Role.INGEST), "GET", "/tocsin/v1/views", "").status());
    }
}
