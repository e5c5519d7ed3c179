package dev.tocsin.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.usage.AgentReport;
import dev.tocsin.server.usage.Agents;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Coverage as agents report it: two instances, a cluster of two nodes, tasks of Fargate. */
final class AgentCoverageTest extends ApiFixture {

    private void report(
            String agent,
            @Nullable String instance,
            @Nullable String cluster,
            @Nullable String task,
            int ago,
            @Nullable String issue)
            throws IOException {
        long at = now.getEpochSecond() - ago;
        AgentReport report = new AgentReport(
                ADMINISTRATOR,
                REGION,
                agent,
                instance,
                cluster,
                task,
                List.of(),
                2,
                "auditd",
                "1.0",
                at,
                issue,
                0,
                0,
                0);
        new Agents(store).take(report, at);
    }

    private String detectorWithAgents() throws IOException {
        report("a1", "i-1", null, null, 30, null);
        report("a2", "i-2", null, null, 600, null);
        report("a3", "i-3", "prod", null, 20, null);
        report("a4", "i-4", "prod", null, 20, "auditd does not run.");
        report("a5", null, "arn:aws:ecs:eu-central-1:111111111111:cluster/shop", "arn:task/1", 20, null);
        return detector(ADMINISTRATOR);
    }

    private String list(String detector, String more) {
        return docs(call(ADMINISTRATOR, "ListCoverage", detector + more + "}"), "resources").stream()
                .map(one -> one.text("resourceId") + " " + one.text("coverageStatus"))
                .collect(Collectors.joining(", "));
    }

    @Test
    void listsInstancesAndClustersWithWhatIsWrong() throws IOException {
        String detector = detectorWithAgents();
        assertEquals(
                "i-1 HEALTHY, i-2 UNHEALTHY, arn:aws:ecs:eu-central-1:111111111111:cluster/shop HEALTHY, prod UNHEALTHY",
                list(detector, ""));
        List<Doc> all = docs(call(ADMINISTRATOR, "ListCoverage", detector + "}"), "resources");
        assertEquals(
                "No report for 10 minutes: agent, host or network is down.",
                all.get(1).text("issue"));
        assertEquals("i-4: auditd does not run.", all.get(3).text("issue"));
        Doc eks = all.get(3).part("resourceDetails").part("eksClusterDetails");
        assertEquals("1 of 2", eks.number("coveredNodes", 0) + " of " + eks.number("compatibleNodes", 0));
        assertEquals("ECS", all.get(2).part("resourceDetails").text("resourceType"));
    }

    @Test
    void filtersAndSorts() throws IOException {
        String detector = detectorWithAgents();
        String healthy = ",'filterCriteria':{'filterCriterion':[{'criterionKey':'COVERAGE_STATUS','filterCondition':"
                + "{'equals':['HEALTHY']}},{'criterionKey':'RESOURCE_TYPE','filterCondition':{'notEquals':['ECS']}}]}";
        assertEquals("i-1 HEALTHY", list(detector, healthy));
        assertEquals(
                "i-2 UNHEALTHY, i-1 HEALTHY, arn:aws:ecs:eu-central-1:111111111111:cluster/shop HEALTHY, prod UNHEALTHY",
                list(detector, ",'sortCriteria':{'attributeName':'INSTANCE_ID','orderBy':'DESC'}"));
    }

    @Test
    void countsByStatusAndType() throws IOException {
        Doc statistics = call(
                        ADMINISTRATOR,
                        "GetCoverageStatistics",
                        detectorWithAgents()
                                + ",'statisticsType':['COUNT_BY_RESOURCE_TYPE','COUNT_BY_COVERAGE_STATUS']}")
                .part("coverageStatistics");
        assertEquals(
                "{\"EC2\":2,\"ECS\":1,\"EKS\":1}",
                statistics.part("countByResourceType").toJson());
        assertEquals(
                "{\"HEALTHY\":2,\"UNHEALTHY\":2}",
                statistics.part("countByCoverageStatus").toJson());
    }
}
