package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Findings over all accounts and Regions, as the console lists and counts them. */
final class FindingSearchTest extends ServiceFixture {

    private static final List<Integer> SEVERITIES = List.of(2, 8, 5);

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        signed(administrator, "POST", "/detector", "{'enable':true}");
        List<String> all = new ArrayList<>();
        for (int i = 0; i < SEVERITIES.size(); i++) {
            String id = "%032x".formatted(i + 1);
            all.add("{'id':'" + id + "','type':'Recon:EC2/Portscan','account':'" + ACCOUNT + "','region':'" + REGION
                    + "','revision':1,'firstSeen':'2026-03-01T12:00:00Z','lastSeen':'2026-03-01T12:05:00Z','severity':"
                    + SEVERITIES.get(i) + ",'document':{'schemaVersion':'2.0','id':'" + id
                    + "','type':'Recon:EC2/Portscan','accountId':'" + ACCOUNT + "','region':'" + REGION
                    + "','severity':" + SEVERITIES.get(i) + ",'title':'<b>t</b>','description':'d','arn':'arn',"
                    + "'partition':'aws','resource':{'resourceType':'Instance','instanceDetails':{'instanceId':'i-"
                    + i + "'}},'service':{'count':3},'tocsin':{'priority':{'level':'now','reasons':['r']}}}}");
        }
        Answer taken = signed(
                key(ACCOUNT, Role.INGEST), "POST", "/tocsin/v1/ingest", "{'findings':[" + String.join(",", all) + "]}");
        assertEquals(
                3,
                taken.body().part("findings").number("taken", -1),
                taken.raw().body());
    }

    private Answer search(Key key, String body) throws IOException, InterruptedException {
        return signed(key, "POST", "/tocsin/v1/findings/search", body);
    }

    private static List<Doc> docs(Answer answer, String member) {
        return answer.body().get(member) instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() throws IOException, InterruptedException {
        String by = "'sortCriteria':{'attributeName':'severity','orderBy':'DESC'},'maxResults':2";
        Answer first = search(administrator, "{" + by + "}");
        assertEquals(
                List.of("8", "5"),
                docs(first, "findings").stream()
                        .map(row -> String.valueOf(row.number("severity", 0)))
                        .toList(),
                first.raw().body());
        Answer second = search(administrator, "{" + by + ",'nextToken':'" + first.text("nextToken") + "'}");
        Doc row = docs(second, "findings").getFirst();
        assertEquals("", second.text("nextToken"));
        assertEquals("i-0", row.text("resourceId"));
        assertEquals("now", row.part("priority").text("level"));
        assertEquals(3, row.number("count", 0));
        assertEquals("<b>t</b>", row.text("title"));
    }

    @Test
    void criteriaAreThoseOfListFindings() throws IOException, InterruptedException {
        Answer high = search(administrator, "{'findingCriteria':{'criterion':{'severity':{'greaterThanOrEqual':7}}}}");
        assertEquals(1, docs(high, "findings").size());
        Answer one = search(
                administrator,
                "{'findingCriteria':{'criterion':{'resource.instanceDetails.instanceId':{'equals':['i-2']}}}}");
        assertEquals(1, docs(one, "findings").size());
    }

    @Test
    void countsAreGrouped() throws IOException, InterruptedException {
        Answer counts = signed(administrator, "POST", "/tocsin/v1/findings/counts", "{'groupBy':'SEVERITY'}");
        assertEquals(3, docs(counts, "groups").size(), counts.raw().body());
        Answer types = signed(administrator, "POST", "/tocsin/v1/findings/counts", "{'groupBy':'FINDING_TYPE'}");
        assertEquals(3, docs(types, "groups").getFirst().number("total", 0));
    }

    @Test
    void anotherAccountSeesNothing() throws IOException, InterruptedException {
        Answer answer = search(key("999999999999", Role.READER), "{}");
        assertEquals(200, answer.status());
        assertEquals(0, docs(answer, "findings").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'maxResults':0}",
                "{'maxResults':5000}",
                "{'nextToken':'?'}",
                "{'findingCriteria':{'criterion':{'nonsense':{'equals':['a']}}}}",
                "{'sortCriteria':{'attributeName':'nonsense'}}",
                "[]"
            })
    void whatCannotBeAskedIsRefused(String body) throws IOException, InterruptedException {
        assertEquals(400, search(administrator, body).status());
    }

    @Test
    void findingsOfAnyDetectorAreArchivedAndTakenBack() throws IOException, InterruptedException {
        String ids = "{'findingIds':['%032x','%032x','nothing']}".formatted(1, 2);
        String current = "{'findingCriteria':{'criterion':{'service.archived':{'equals':['false']}}}}";
        Answer done = signed(administrator, "POST", "/tocsin/v1/findings/archive", ids);
        assertEquals(2, done.body().number("found", -1), done.raw().body());
        assertEquals(1, docs(search(administrator, current), "findings").size());
        signed(administrator, "POST", "/tocsin/v1/findings/unarchive", ids);
        assertEquals(3, docs(search(administrator, current), "findings").size());
        assertTrue(signed(administrator, "GET", "/tocsin/v1/audit", "")
                .raw()
                .body()
                .contains("UnarchiveFindings"));
        assertEquals(
                403,
                signed(key(ACCOUNT, Role.READER), "POST", "/tocsin/v1/findings/archive", ids)
                        .status());
        Answer strange = signed(key("999999999999", Role.ADMINISTRATOR), "POST", "/tocsin/v1/findings/archive", ids);
        assertEquals(0, strange.body().number("found", -1));
    }

    @Test
    void aGroupingMustBeKnown() throws IOException, InterruptedException {
        Answer answer = signed(administrator, "POST", "/tocsin/v1/findings/counts", "{'groupBy':'MOOD'}");
        assertEquals(400, answer.status());
        assertTrue(answer.raw().body().contains("FINDING_TYPE"), answer.raw().body());
    }
}
