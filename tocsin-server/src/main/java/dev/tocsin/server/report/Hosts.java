package dev.tocsin.server.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which hosts were seen on which day of UTC. */
final class Hosts {

    /** Hosts of a day that are told apart. Ours: beyond that the share of a list's hits is not judged. */
    static final int MOST_A_DAY = 50_000;

    private static final long DAY = 86_400;

    private final Map<Long, Set<String>> days = new HashMap<>();
    private String lastHost = "";
    private long lastDay = Long.MIN_VALUE;

    /** The host's name as records give it: the instance, else the interface or address. */
    static String name(@Nullable String instance, String other) {
        return instance == null || instance.equals("-") ? other : instance;
    }

    /** The number of the day of {@code at}, epoch seconds. */
    static long day(long at) {
        return Math.floorDiv(at, DAY);
    }

    /** Notes that {@code host} was seen at {@code at}, epoch seconds. */
    void add(String host, long at) {
        long day = day(at);
        if (day == lastDay && host.equals(lastHost)) {
            return; // an object's records are mostly of one host
        }
        lastDay = day;
        lastHost = host;
        Set<String> seen = days.computeIfAbsent(day, ignored -> new HashSet<>());
        if (seen.size() < MOST_A_DAY) {
            seen.add(host);
        }
    }

    /** How many hosts were seen on {@code day}. */
    int on(long day) {
        return days.getOrDefault(day, Set.of()).size();
    }
}
