package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What each list contributed to findings. */
final class FeedsApiTest extends ServiceFixture {

    private static String finding(int number, String... lists) {
        String id = "%032x".formatted(number);
        StringBuilder details = new StringBuilder();
        for (String list : lists) {
            details.append(details.isEmpty() ? "" : ",")
                    .append("{'threatListName':'" + list + "','threatNames':['x']}");
        }
        return "{'id':'" + id + "','type':'Backdoor:EC2/C&CActivity.B','account':'" + ACCOUNT + "','region':'" + REGION
                + "','revision':1,'firstSeen':'2026-03-01T12:00:00Z','lastSeen':'2026-03-01T12:05:00Z','severity':5,"
                + "'document':{'schemaVersion':'2.0','id':'" + id
                + "','type':'Backdoor:EC2/C&CActivity.B','accountId':'"
                + ACCOUNT + "','region':'" + REGION + "','severity':5,'title':'t','description':'d','arn':'arn',"
                + "'partition':'aws','resource':{'resourceType':'Instance'},'service':{'count':1,'evidence':"
                + "{'threatIntelligenceDetails':[" + details + "]}}}}";
    }

    private Map<String, List<Object>> shown(Key key) throws IOException, InterruptedException {
        Doc body = signed(key, "GET", "/tocsin/v1/feeds", "").body();
        Map<String, List<Object>> shown = new TreeMap<>();
        if (body.get("feeds") instanceof List<?> rows) {
            for (Object one : rows) {
                if (one instanceof Doc row) {
                    shown.put(
                            row.text("name"),
                            List.of(
                                    row.number("alone", -1),
                                    row.number("amongOthers", -1),
                                    row.number("archivedPercent", -1)));
                }
            }
        }
        return shown;
    }

    @Test
    void alonePartAndArchived() throws IOException, InterruptedException {
        String detector =
                signed(administrator, "POST", "/detector", "{'enable':true}").text("detectorId");
        assertEquals(Map.of(), shown(administrator));
        Key engine = key(ACCOUNT, Role.INGEST);
        Answer taken = signed(
                engine,
                "POST",
                "/tocsin/v1/ingest",
                "{'findings':[" + finding(1, "good") + "," + finding(2, "good", "bad") + "," + finding(3, "bad") + ","
                        + finding(4, "bad", "bad") + "," + finding(5) + "]}");
        assertEquals(
                5,
                taken.body().part("findings").number("taken", -1),
                () -> taken.raw().body());
        signed(
                administrator,
                "POST",
                "/detector/" + detector + "/findings/archive",
                "{'findingIds':['" + "%032x".formatted(3) + "']}");
        assertEquals(Map.of("good", List.of(1L, 1L, 0L), "bad", List.of(2L, 1L, 33L)), shown(administrator));
        assertEquals(Map.of(), shown(key("333333333333", Role.READER)), "another account's findings are not shown");
    }

    @Test
    void anIngestingKeyMayNotAsk() throws IOException, InterruptedException {
        assertEquals(
                403,
                signed(key(ACCOUNT, Role.INGEST), "GET", "/tocsin/v1/feeds", "").status());
    }
}
