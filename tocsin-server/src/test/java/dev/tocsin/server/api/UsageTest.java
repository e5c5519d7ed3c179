package dev.tocsin.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.Metered;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Usage of 30 days by the shipped list of prices: 600 GB of flows are 500 + 50 dollars, two million calls 8. */
final class UsageTest extends ApiFixture {

    private void keep(String feature, String resource, long daysAgo, long records, long gigabytes) throws IOException {
        keep(REGION, feature, resource, daysAgo, records, gigabytes);
    }

    private void keep(String region, String feature, String resource, long daysAgo, long records, long gigabytes)
            throws IOException {
        long day = now.getEpochSecond() / 86_400 - daysAgo;
        store.write(transaction -> transaction.metered(
                new Metered(day, ADMINISTRATOR, region, "s", feature, resource, records, gigabytes << 30, 0)));
    }

    private String detectorWithUsage() throws IOException {
        String detector = detector(ADMINISTRATOR);
        keep("FLOW_LOGS", "i-1", 0, 1, 450);
        keep("FLOW_LOGS", "i-2", 29, 1, 150);
        keep("FLOW_LOGS", "i-2", 30, 1, 1_000); // too long ago
        keep("us-east-1", "FLOW_LOGS", "i-3", 1, 1, 1_000); // another detector's
        keep("CLOUD_TRAIL", "", 3, 2_000_000, 1);
        return detector;
    }

    private Doc statistics(String detector, String type, String more) {
        return call(
                        ADMINISTRATOR,
                        "GetUsageStatistics",
                        detector + ",'usageStatisticsType':'" + type + "','usageCriteria':{" + more + "}}")
                .part("usageStatistics");
    }

    private static String rows(Doc statistics, String member, String name) {
        StringBuilder all = new StringBuilder();
        for (Doc one : docs(statistics, member)) {
            Doc total = one.part("total");
            if (!"0".equals(total.text("amount"))) {
                all.append(one.text(name))
                        .append(' ')
                        .append(total.text("amount"))
                        .append(total.text("unit"))
                        .append(';');
            }
        }
        return all.toString();
    }

    @Test
    void isToldInEachOfTheSixWays() throws IOException {
        String detector = detectorWithUsage();
        assertEquals(
                "111111111111 558USD;", rows(statistics(detector, "SUM_BY_ACCOUNT", ""), "sumByAccount", "accountId"));
        assertEquals(
                "CLOUD_TRAIL 8USD;FLOW_LOGS 550USD;",
                rows(statistics(detector, "SUM_BY_FEATURES", ""), "sumByFeature", "feature"));
        assertEquals(
                "CLOUD_TRAIL 8USD;FLOW_LOGS 550USD;",
                rows(statistics(detector, "SUM_BY_DATA_SOURCE", ""), "sumByDataSource", "dataSource"));
        String resources = "i-1 412.5USD;i-2 137.5USD;";
        assertEquals(resources, rows(statistics(detector, "SUM_BY_RESOURCE", ""), "sumByResource", "resource"));
        assertEquals(resources, rows(statistics(detector, "TOP_RESOURCES", ""), "topResources", "resource"));
        Doc flows = docs(
                        statistics(detector, "TOP_ACCOUNTS_BY_FEATURE", "'features':['FLOW_LOGS']"),
                        "topAccountsByFeature")
                .getFirst();
        assertEquals("FLOW_LOGS", flows.text("feature"));
        assertEquals("111111111111 550USD;", rows(flows, "accounts", "accountId"));
    }

    @Test
    void criteriaNarrowIt() throws IOException {
        String detector = detectorWithUsage();
        assertEquals(
                "111111111111 8USD;",
                rows(
                        statistics(detector, "SUM_BY_ACCOUNT", "'dataSources':['CLOUD_TRAIL']"),
                        "sumByAccount",
                        "accountId"));
        assertEquals(
                "i-2 137.5USD;",
                rows(statistics(detector, "SUM_BY_RESOURCE", "'resources':['i-2']"), "sumByResource", "resource"));
        assertEquals(
                List.of(),
                docs(statistics(detector, "SUM_BY_ACCOUNT", "'accountIds':['222222222222']"), "sumByAccount"));
    }

    @Test
    void resourcesComePageByPage() throws IOException {
        String detector = detectorWithUsage();
        String type = ",'usageStatisticsType':'SUM_BY_RESOURCE','usageCriteria':{},'maxResults':1";
        Doc first = call(ADMINISTRATOR, "GetUsageStatistics", detector + type + "}");
        assertEquals("i-1 412.5USD;", rows(first.part("usageStatistics"), "sumByResource", "resource"));
        Doc second = call(
                ADMINISTRATOR,
                "GetUsageStatistics",
                detector + type + ",'nextToken':'" + text(first, "nextToken") + "'}");
        assertEquals("i-2 137.5USD;", rows(second.part("usageStatistics"), "sumByResource", "resource"));
        assertEquals("", text(second, "nextToken"));
    }

    @Test
    void aTrialHasThirtyDaysSinceAFeatureCameOn() {
        String detector = detector(ADMINISTRATOR);
        now = now.plus(Duration.ofDays(12));
        call(
                ADMINISTRATOR,
                "UpdateDetector",
                detector + ",'features':[{'name':'RUNTIME_MONITORING','status':'ENABLED'}]}");
        call(
                ADMINISTRATOR,
                "UpdateDetector",
                detector + ",'features':[{'name':'S3_DATA_EVENTS','status':'DISABLED'}]}");
        now = now.plus(Duration.ofDays(1));
        assertEquals("17 0 29", left(detector));
        now = now.plus(Duration.ofDays(40));
        assertEquals("0 0 0", left(detector));
    }

    private String left(String detector) {
        Doc account = docs(
                        call(ADMINISTRATOR, "GetRemainingFreeTrialDays", detector + ",'accountIds':['111111111111']}"),
                        "accounts")
                .getFirst();
        Doc runtime = docs(account, "features").stream()
                .filter(feature -> "EC2_RUNTIME_MONITORING".equals(feature.text("name")))
                .findAny()
                .orElseThrow();
        Doc sources = account.part("dataSources");
        return sources.part("flowLogs").number("freeTrialDaysRemaining", -1) + " "
                + sources.part("s3Logs").number("freeTrialDaysRemaining", -1) + " "
                + runtime.number("freeTrialDaysRemaining", -1);
    }
}
