package dev.tocsin.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.parse.FlowLog;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.store.Database;
import dev.tocsin.server.store.Metered.By;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A day on which agents come and go, against values computed by hand. A flow record of 150 bytes every ten minutes of i-a and i-b;
 * agents of i-a report each minute, on two vCPUs:
 *
 * <pre>
 * 100 to 199  the instance's agent    } watched from 100 to 263, as the last report, of 259, holds for five minutes:
 * 150 to 259  the node's agent as well}   164 minutes, and the flows of 100, 110, … 260, which are 17
 * 400 to 499  but 450 is unhealthy      watched from 400 to 503 without 450: 103 minutes, and 11 flows less one, which are 10
 * </pre>
 *
 * Exempt are 27 * 150 = 4,050 bytes. Priced of i-a: 144 * 150 - 4,050 = 17,550; of i-b: 21,600; queries: 10 * 100 = 1,000; together
 * 40,150, of which 1,024 cost a dollar a byte and the rest half: 1,024 + 39,126 / 2 = 20,587. Watched: (164 + 103) * 2 = 534.
 */
final class UsageDayTest {

    private static final String ACCOUNT = "111122223333";
    private static final String REGION = "eu-central-1";
    private static final long DAY = 20_500;
    private static final long MIDNIGHT = DAY * 24 * 60 * 60;

    /** A dollar a call, a byte and a vCPU minute; half a dollar for bytes beyond 1,024. */
    private static final String PRICES = """
            meter	region	upto	usd	date	source
            cloudtrail-million	other	-	1000000	2026-01-01	test
            s3-million	other	-	1000000	2026-01-01	test
            flow-dns-gb	other	9.5367431640625E-7	1073741824	2026-01-01	test
            flow-dns-gb	other	-	536870912	2026-01-01	test
            lambda-gb	other	-	1073741824	2026-01-01	test
            runtime-vcpu	other	-	43200	2026-01-01	test
            """;

    @TempDir
    private Path folder;

    /** A record of 150 bytes with its end. */
    private static String line(String instance, int minute) {
        long start = MIDNIGHT + minute * 60L;
        String line = String.format(
                Locale.ROOT,
                "5 %s eni-%s %s 10.0.0.1 198.51.100.7 40000 443 6 10 840 %d %d ACCEPT OK %s vpc-",
                ACCOUNT,
                instance,
                instance,
                start,
                start,
                REGION);
        return line + "0".repeat(149 - line.length()) + "\n";
    }

    private static List<Event> flows(String instance) {
        StringBuilder log =
                new StringBuilder("version account-id interface-id instance-id srcaddr dstaddr srcport dstport"
                        + " protocol packets bytes start end action log-status region vpc-id\n");
        for (int minute = 0; minute < 24 * 60; minute += 10) {
            log.append(line(instance, minute));
        }
        return List.copyOf(FlowLog.of(log.toString()).flows);
    }

    private static AgentReport report(String agent, boolean node, int minute, boolean healthy) {
        return new AgentReport(
                ACCOUNT,
                REGION,
                agent,
                "i-a",
                node ? "prod" : null,
                null,
                List.of(),
                2,
                "auditd",
                "1",
                MIDNIGHT + minute * 60L,
                healthy ? null : "the tool is down",
                0,
                0,
                0);
    }

    private static List<AgentReport> reports() {
        List<AgentReport> reports = new ArrayList<>();
        for (int minute = 100; minute <= 199; minute++) {
            reports.add(report("a", false, minute, true));
        }
        for (int minute = 150; minute <= 259; minute++) {
            reports.add(report("b", true, minute, true));
        }
        for (int minute = 400; minute <= 499; minute++) {
            reports.add(report("a", false, minute, minute != 450));
        }
        reports.addAll(List.copyOf(reports)); // all of them come twice
        return reports;
    }

    private static List<Event> queries() {
        List<Event> queries = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            queries.add(new NameQuery(
                    new Origin(LogObject.named("dns"), i, 100),
                    MIDNIGHT + i,
                    ACCOUNT,
                    REGION,
                    "vpc-1",
                    "example.com",
                    "A",
                    "NOERROR",
                    List.of(),
                    "10.0.0.2",
                    53,
                    "UDP",
                    "i-b",
                    null,
                    null,
                    null,
                    i));
        }
        return queries;
    }

    private static List<Event> calls() {
        List<Event> calls = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ApiCall.Draft draft = new ApiCall.Draft();
            draft.at = MIDNIGHT + i;
            draft.account = ACCOUNT;
            draft.region = REGION;
            draft.origin = new Origin(LogObject.named("trail"), i, 1_000);
            calls.add(draft.build());
        }
        return calls;
    }

    private static Usages played(Store store) throws IOException, ConfigException {
        Random random = new Random(1);
        List<AgentReport> reports = reports();
        Collections.shuffle(reports, random);
        Agents agents = new Agents(store);
        for (AgentReport report : reports) {
            agents.take(report, MIDNIGHT + 24 * 60 * 60);
        }
        UsageMeter meter = new UsageMeter(new Agents(store)); // as after a restart
        List<Event> flows = new ArrayList<>(flows("i-a"));
        flows.addAll(flows("i-b"));
        Collections.shuffle(flows, random);
        for (int from = 0; from < flows.size(); from += 50) { // a checkpoint after each
            meter.add("flow", flows.subList(from, Math.min(from + 50, flows.size())), flow -> false);
            store.write(meter::save);
        }
        meter.add("dns", queries(), flow -> false);
        meter.add("trail", calls(), flow -> false);
        store.write(meter::save);
        return new Usages(store, PriceList.read("test", PRICES));
    }

    private static Map<String, String> table(Usages usages, Set<By> by) throws IOException {
        Map<String, String> table = new TreeMap<>();
        for (Usages.Part part : usages.parts(DAY, DAY, by)) {
            BigDecimal usd = part.usd().setScale(2, RoundingMode.HALF_EVEN);
            table.put(
                    (part.amount().feature() + " " + part.amount().resource()).strip(),
                    part.amount().records() + " records, " + part.amount().bytes() + " bytes, "
                            + part.amount().exempt() + " exempt, " + part.vcpuMinutes() + " minutes, " + usd + " USD");
        }
        return table;
    }

    @ParameterizedTest
    @EnumSource
    void isAsComputedByHand(Database database) throws IOException, SQLException, ConfigException {
        database.prepare(folder);
        assertEquals(150, line("i-a", 0).getBytes(StandardCharsets.US_ASCII).length);
        try (Store store = Store.open(folder)) {
            Usages usages = played(store);
            assertEquals(
                    Map.of(
                            "CLOUD_TRAIL", "7 records, 7000 bytes, 0 exempt, 0 minutes, 7.00 USD",
                            "DNS_LOGS", "10 records, 1000 bytes, 0 exempt, 0 minutes, 512.75 USD",
                            "FLOW_LOGS", "288 records, 43200 bytes, 4050 exempt, 0 minutes, 20074.25 USD",
                            "EKS_RUNTIME_MONITORING", "0 records, 0 bytes, 0 exempt, 534 minutes, 534.00 USD"),
                    table(usages, EnumSet.noneOf(By.class)));
            assertEquals(
                    Map.of(
                            "CLOUD_TRAIL", "7 records, 7000 bytes, 0 exempt, 0 minutes, 7.00 USD",
                            "DNS_LOGS i-b", "10 records, 1000 bytes, 0 exempt, 0 minutes, 512.75 USD",
                            "FLOW_LOGS i-a", "144 records, 21600 bytes, 4050 exempt, 0 minutes, 8998.80 USD",
                            "FLOW_LOGS i-b", "144 records, 21600 bytes, 0 exempt, 0 minutes, 11075.45 USD",
                            "EKS_RUNTIME_MONITORING i-a", "0 records, 0 bytes, 0 exempt, 534 minutes, 534.00 USD"),
                    table(usages, EnumSet.of(By.RESOURCE)));
        }
    }

    @Test
    void aWatchedHostIsKnownByItsInterfaceToo() throws IOException {
        try (Store store = Store.open(folder)) {
            Agents agents = new Agents(store);
            AgentReport report = report("a", false, 100, true);
            AgentReport named = new AgentReport(
                    report.account(),
                    report.region(),
                    report.agentId(),
                    report.instanceId(),
                    null,
                    null,
                    List.of("eni-1"),
                    2,
                    "auditd",
                    "1",
                    report.at(),
                    null,
                    0,
                    0,
                    0);
            agents.take(named, report.at());
            assertEquals(true, agents.isWatched(ACCOUNT, REGION, "eni-1", report.at() + 299));
            assertEquals(false, agents.isWatched(ACCOUNT, REGION, "eni-1", report.at() + 300), "it is silent");
            assertEquals(false, agents.isWatched("444455556666", REGION, "eni-1", report.at()), "of another account");
        }
    }

    @Test
    void minutesReachOverMidnight() throws IOException {
        try (Store store = Store.open(folder)) {
            Agents agents = new Agents(store);
            agents.take(report("a", false, 24 * 60 - 1, true), MIDNIGHT + 90_000);
            agents.take(report("a", false, 24 * 60 + 1, false), MIDNIGHT + 90_000);
            long next = MIDNIGHT + 24 * 60 * 60;
            assertEquals(true, agents.isWatched(ACCOUNT, REGION, "i-a", next));
            assertEquals(false, agents.isWatched(ACCOUNT, REGION, "i-a", next + 60));
            assertEquals(
                    List.of(2L, 2L),
                    Agents.uses(store, DAY, DAY + 1).stream()
                            .map(Agents.Use::vcpuMinutes)
                            .toList());
        }
    }
}
