package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AuditTest extends ServiceFixture {

    private List<Doc> audit(Key key) throws IOException, InterruptedException {
        List<Doc> rows = new ArrayList<>();
        Answer answer = signed(key, "GET", "/tocsin/v1/audit", "");
        assertEquals(200, answer.status(), answer.raw().body());
        if (answer.body().get("entries") instanceof List<?> list) {
            list.forEach(row -> rows.add((Doc) row));
        }
        return rows;
    }

    @Test
    void eachWriteIsWrittenDownWithWhoAskedAndWhatCameOfIt() throws IOException, InterruptedException {
        signed(administrator, "POST", "/detector", "{'enable':true,'tags':{'a':'b'}}");
        signed(administrator, "POST", "/detector", "{'enable':true}");
        signed(administrator, "GET", "/detector", "");
        List<Doc> rows = audit(administrator);
        assertEquals(2, rows.size(), rows.toString());
        Doc first = rows.getLast();
        assertEquals("CreateDetector", first.text("action"));
        assertEquals(administrator.id(), first.text("principal"));
        assertEquals(ACCOUNT, first.text("accountId"));
        assertEquals(REGION, first.text("region"));
        assertEquals("127.0.0.1", first.text("peer"));
        assertEquals("done", first.text("outcome"));
        assertEquals("b", first.part("request").part("tags").text("a"));
        assertTrue(String.valueOf(first.text("time")).startsWith("20"));
        assertEquals("BadRequestException", rows.getFirst().text("outcome"));
        assertEquals(0, audit(key("999999999999", Role.READER)).size(), "another account's log is its own");
    }

    @Test
    void signingInIsWrittenDownWithoutTheSecret() throws IOException, InterruptedException {
        open("POST", "/tocsin/v1/session", "{'user':'alice','password':'hush hush hush'}");
        List<Doc> rows = audit(administrator);
        assertEquals("SignIn", rows.getFirst().text("action"));
        assertEquals("user/alice", rows.getFirst().text("principal"));
        assertEquals("AccessDeniedException", rows.getFirst().text("outcome"));
        assertFalse(rows.toString().contains("hush"));
    }

    @Test
    void olderRowsComePageByPage() throws IOException, InterruptedException {
        signed(administrator, "POST", "/detector", "{'enable':true}");
        signed(administrator, "POST", "/detector", "{'enable':true}");
        String newest = String.valueOf(audit(administrator).getFirst().text("id"));
        Answer older = signed(administrator, "GET", "/tocsin/v1/audit?before=" + newest, "");
        assertEquals(1, ((List<?>) older.body().members().get("entries")).size());
        assertEquals(
                400,
                signed(administrator, "GET", "/tocsin/v1/audit?before=%27", "").status());
    }
}
