package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the service says it could judge, and the findings it made with their evidence. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class CoverageApiTest extends FolderFixture {

    private static final String TYPE = "Stealth:IAMUser/CloudTrailLoggingDisabled";

    private List<Doc> coverage(Key key) throws IOException, InterruptedException {
        Answer answer = signed(key, "GET", "/tocsin/v1/coverage", "");
        assertEquals(200, answer.status(), answer.raw().body());
        List<Doc> rows = new ArrayList<>();
        if (answer.body().get("coverage") instanceof List<?> list) {
            list.forEach(row -> rows.add((Doc) row));
        }
        return rows;
    }

    private Doc row(String type) throws IOException, InterruptedException {
        return coverage(administrator).stream()
                .filter(row -> type.equals(row.text("type")) && REGION.equals(row.text("region")))
                .findFirst()
                .orElseGet(Doc::new);
    }

    private Doc awaitFinding() throws IOException, InterruptedException {
        Path hidden = Files.writeString(logs().resolve(".a.json"), STOPPED);
        Files.move(hidden, logs().resolve("a.json"));
        Doc row = row(TYPE);
        while (row.number("findings", 0) == 0) { // the class's timeout ends it
            row = row(TYPE);
        }
        return row;
    }

    @Test
    void saysWhatSpokeAndWhatWasSilentAlsoAfterARestart() throws IOException, InterruptedException, ConfigException {
        assertEquals("silent", row(TYPE).text("status"), "before any record");
        Doc spoke = awaitFinding();
        assertEquals("spoke", spoke.text("status"));
        assertEquals(ACCOUNT, spoke.text("accountId"));
        Doc silent = row("Recon:EC2/Portscan");
        assertEquals("silent", silent.text("status"));
        assertTrue(String.valueOf(silent.text("reason")).contains("no VPC flow log"), silent.toString());
        restart();
        assertEquals("spoke", row(TYPE).text("status"));
        assertTrue(coverage(key("999999999999", Role.READER)).stream()
                .allMatch(row -> "999999999999".equals(row.text("accountId"))));
    }

    @Test
    void showsAFindingWithItsEvidenceToThoseWhoMaySeeIt() throws IOException, InterruptedException {
        awaitFinding();
        String detector = String.valueOf(((List<?>) signed(administrator, "GET", "/detector", "")
                        .body()
                        .members()
                        .get("detectorIds"))
                .getFirst());
        Answer list = signed(administrator, "POST", "/detector/" + detector + "/findings", "{}");
        String id = String.valueOf(((List<?>) list.body().members().get("findingIds")).getFirst());
        Answer whole = signed(administrator, "GET", "/tocsin/v1/findings/" + id, "");
        assertEquals(200, whole.status());
        assertTrue(
                whole.raw().body().contains("\"eventID\":\"e-1\""), whole.raw().body());
        String start = "/tocsin/v1/findings/" + id.substring(0, 8);
        assertEquals(id, signed(administrator, "GET", start, "").text("id"));
        assertEquals(
                404, signed(key("999999999999", Role.READER), "GET", start, "").status());
        assertEquals(
                404,
                signed(administrator, "GET", "/tocsin/v1/findings/0123456", "").status());
        assertEquals(
                400,
                signed(administrator, "GET", "/tocsin/v1/findings/..%2F", "").status());
    }

    @Test
    void whatWasAnalysedIsToldByDayAndSource() throws IOException, InterruptedException {
        Files.writeString(logs().resolve("stop.json"), STOPPED);
        while (answer("?since=2026-02-20&until=2026-03-05").get("usage").equals(List.of())) {
            Thread.onSpinWait(); // the limit of the class ends it
        }
        Doc usage = answer("?since=2026-02-20&until=2026-03-05");
        Doc row = (Doc) ((List<?>) usage.members().get("usage")).getFirst();
        assertEquals("2026-03-01", row.text("day"));
        assertEquals("drop", row.text("source"));
        assertEquals("CLOUD_TRAIL", row.text("feature"));
        assertEquals(1, row.number("records", 0));
        assertEquals(STOPPED.length() - "{\"Records\":[]}".length(), row.number("bytes", 0));
        assertEquals("0.000004", row.text("wouldHavePaidUsd"));
        assertEquals("as shipped", usage.part("prices").text("list"));
        assertEquals(
                List.of(),
                signed(key("999999999999", Role.READER), "GET", "/tocsin/v1/usage?since=2026-02-20", "")
                        .body()
                        .get("usage"));
        for (String wrong : List.of("?since=yesterday", "?by=moon", "?month=1", "?since=2026-03-02&until=2026-03-01")) {
            assertEquals(
                    400,
                    signed(administrator, "GET", "/tocsin/v1/usage" + wrong, "").status(),
                    wrong);
        }
    }

    private Doc answer(String query) throws IOException, InterruptedException {
        Answer answer = signed(administrator, "GET", "/tocsin/v1/usage" + query, "");
        assertEquals(200, answer.status(), answer.raw().body());
        return answer.body();
    }
}
