package dev.tocsin.server.usage;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Retention;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What agents on hosts report of themselves: kept in the store, the last days in memory too. Safe for use by several threads. */
public final class Agents {

    /** The kind of an agent's last report in the store. */
    static final String KIND = "agent";

    /** The kind of a host's day in the store; its id is what is watched, a blank, and the day. */
    private static final String DAY = Retention.AGENT_DAY;

    private static final int SECONDS = 60;

    /** Days of a host in memory: flows come at most so late. */
    private static final int DAYS_HELD = 3;

    private final Store store;
    private final Map<Host, NavigableMap<Long, AgentDay>> days = new HashMap<>();
    private final Map<Host, String> interfaces = new HashMap<>();

    private record Host(String account, String region, String id) {}

    /**
     * How long a host was watched on a day.
     *
     * @param day days since 1970-01-01
     * @param watched the instance or task
     * @param vcpuMinutes minutes times vCPUs
     */
    public record Use(
            long day, String account, String region, UsageFeature feature, String watched, long vcpuMinutes) {}

    /** As {@code store} knows them. */
    public Agents(Store store) throws StoreException {
        this.store = store;
        for (Resource kept : store.resources(DAY)) {
            hold(kept, days);
        }
        for (NavigableMap<Long, AgentDay> held : days.values()) {
            shorten(held);
        }
        for (Reported one : all(store)) {
            nameInterfaces(one.report());
        }
    }

    private static void hold(Resource kept, Map<Host, NavigableMap<Long, AgentDay>> into) {
        int blank = kept.id().lastIndexOf(' ');
        Host host = new Host(kept.account(), kept.region(), kept.id().substring(0, blank));
        into.computeIfAbsent(host, any -> new TreeMap<>())
                .put(Long.parseLong(kept.id().substring(blank + 1)), AgentDay.of(kept.document()));
    }

    private static void shorten(NavigableMap<Long, AgentDay> held) {
        while (held.size() > DAYS_HELD) {
            held.pollFirstEntry();
        }
    }

    /**
     * Keeps {@code report}; it is in the store when this returns. One that comes again changes nothing.
     *
     * @param now epoch seconds: a report is of no later time than it came
     */
    public synchronized void take(AgentReport report, long now) throws StoreException {
        long minute = Math.min(report.at(), now) / SECONDS;
        long date = minute / AgentDay.MINUTES;
        Host host = new Host(report.account(), report.region(), report.watched());
        String id = report.watched() + " " + date;
        NavigableMap<Long, AgentDay> held = days.computeIfAbsent(host, any -> new TreeMap<>());
        AgentDay day = held.get(date);
        if (day == null) {
            Resource kept = store.resource(report.account(), report.region(), DAY, id);
            day = kept == null ? new AgentDay() : AgentDay.of(kept.document());
        }
        day.add(report, (int) (minute % AgentDay.MINUTES));
        held.put(date, day);
        shorten(held);
        nameInterfaces(report);
        Doc document = day.toDoc();
        Resource before = store.resource(report.account(), report.region(), KIND, report.agentId());
        boolean newest = before == null || before.document().number("at", 0) <= report.at();
        store.write(transaction -> {
            transaction.resource(new Resource(report.account(), report.region(), DAY, id, document));
            if (newest) {
                transaction.resource(new Resource(
                        report.account(),
                        report.region(),
                        KIND,
                        report.agentId(),
                        report.toDoc().with("seen", now)));
            }
        });
    }

    private void nameInterfaces(AgentReport report) {
        for (String one : report.interfaces()) {
            interfaces.put(new Host(report.account(), report.region(), one), report.watched());
        }
    }

    /** Whether an agent watched the host of {@code id}, an instance or interface, at {@code at}, epoch seconds. */
    synchronized boolean isWatched(String account, String region, String id, long at) {
        if (days.isEmpty()) {
            return false;
        }
        Host host = new Host(account, region, id);
        String behind = interfaces.get(host);
        NavigableMap<Long, AgentDay> held = days.get(behind == null ? host : new Host(account, region, behind));
        if (held == null) {
            return false;
        }
        long minute = at / SECONDS;
        long date = minute / AgentDay.MINUTES;
        AgentDay day = held.getOrDefault(date, new AgentDay());
        return day.isWatched((int) (minute % AgentDay.MINUTES), held.get(date - 1));
    }

    /** How long hosts were watched from day {@code from} to {@code to}. */
    public static List<Use> uses(Store store, long from, long to) throws StoreException {
        Map<Host, NavigableMap<Long, AgentDay>> all = new HashMap<>();
        for (Resource kept : store.resources(DAY)) {
            hold(kept, all);
        }
        List<Use> uses = new ArrayList<>();
        all.forEach((host, held) -> held.subMap(from, true, to, true)
                .forEach((date, day) -> uses.add(new Use(
                        date,
                        host.account(),
                        host.region(),
                        day.feature(),
                        host.id(),
                        day.vcpuMinutes(held.get(date - 1))))));
        return uses;
    }

    /**
     * An agent as it is now.
     *
     * @param report its last one
     * @param seen when that came, epoch seconds
     */
    public record Reported(AgentReport report, long seen) {
        /** Why it is unhealthy at {@code now}, epoch seconds, or null if it is not. */
        public @Nullable String issue(long now) {
            long silent = (now - seen) / SECONDS;
            return silent >= AgentDay.SILENT_AFTER
                    ? "No report for " + silent + " minutes: agent, host or network is down."
                    : report.issue();
        }
    }

    /** All agents that ever reported. */
    public static List<Reported> all(Store store) throws StoreException {
        List<Reported> agents = new ArrayList<>();
        for (Resource kept : store.resources(KIND)) {
            agents.add(new Reported(
                    AgentReport.of(kept.account(), kept.region(), kept.document()),
                    kept.document().number("seen", 0)));
        }
        return agents;
    }
}
