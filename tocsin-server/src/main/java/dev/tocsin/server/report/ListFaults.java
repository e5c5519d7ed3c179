package dev.tocsin.server.report;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lists that hit so many of a day's hosts that the list is at fault, not the hosts: a poisoned feed, an entry for a name
 * that everybody asks. Said once a list, for its worst day; the findings stay.
 */
public final class ListFaults {

    /** One in so many hosts of a day makes it a fault of the list (design: guards against poisoned lists). */
    static final int SHARE = 5;

    /** Hosts that must be seen on the day. Ours: a fifth of fewer is one or two hosts, which says nothing. */
    static final int LEAST_HOSTS = 10;

    /** What to do about it. */
    static final String WHAT_TO_DO =
            "look at the entry; 'tocsin lists check' shows the list, --trusted-list mutes an entry";

    private ListFaults() {}

    /** What a person should know, a sentence a list, by list name. */
    public static Map<String, String> of(Seen seen, Collection<FindingState> findings) {
        Map<String, Map<Long, Set<String>>> hit = new TreeMap<>();
        findings.forEach(finding -> count(finding, hit));
        Map<String, String> faults = new TreeMap<>();
        hit.forEach((list, days) -> {
            String fault = worst(list, days, seen.hosts());
            if (fault != null) {
                faults.put(list, fault);
            }
        });
        return faults;
    }

    private static @Nullable String worst(String list, Map<Long, Set<String>> days, Hosts hosts) {
        String worst = null;
        double most = 0;
        for (Map.Entry<Long, Set<String>> day : days.entrySet()) {
            int all = hosts.on(day.getKey());
            int hit = day.getValue().size();
            double share = all < LEAST_HOSTS ? 0 : (double) hit / all;
            if (hit * SHARE >= all && share > most) {
                most = share;
                worst = "list " + list + " hit " + hit + " of " + all + " hosts on "
                        + LocalDate.ofEpochDay(day.getKey()) + ": more likely a fault of the list than of the hosts";
            }
        }
        return worst;
    }

    private static void count(FindingState finding, Map<String, Map<Long, Set<String>>> hit) {
        for (String list : lists(finding)) {
            for (Doc record : docs(finding.document().at("tocsin", "evidence"), "records")) {
                String host = host(record.part("fields"));
                if (host != null) {
                    long at = Instant.parse(String.valueOf(record.text("time"))).getEpochSecond();
                    hit.computeIfAbsent(list, ignored -> new TreeMap<>())
                            .computeIfAbsent(Hosts.day(at), ignored -> new HashSet<>())
                            .add(host);
                }
            }
        }
    }

    /** The lists that a finding rests on. */
    static List<String> lists(FindingState finding) {
        return docs(finding.document().at("tocsin", "evidence"), "intelligence").stream()
                .map(match -> String.valueOf(match.text("list")))
                .distinct()
                .toList();
    }

    private static @Nullable String host(Doc fields) {
        String queried = fields.text("srcids.instance");
        if (queried != null) {
            return queried;
        }
        String other = fields.text("interface-id") != null ? fields.text("interface-id") : fields.text("srcaddr");
        return other == null ? null : Hosts.name(fields.text("instance-id"), other);
    }

    private static List<Doc> docs(@Nullable Doc in, String name) {
        return in != null && in.get(name) instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }
}
