package dev.tocsin.core.desk;

import dev.tocsin.core.detect.HabitSignal;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.profile.Days;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which hosts of a group turned to the same value, and when: by it a deployment is told from one host's change. */
final class Moves {

    /** How far apart the first uses of those that move together lie at most, in seconds: an hour. */
    static final long TOGETHER_SECONDS = 3_600;

    /** How long others of the group may follow into the same finding, in seconds: a day, until the group knows the value. */
    static final long FOLLOW_SECONDS = 86_400;

    /** Hosts noted of one value in one group. */
    static final int MOST_HOSTS = 500;

    /** Values of groups noted a day; of further ones each host speaks for itself. */
    static final int MOST_A_DAY = 5_000;

    private static final StateKind<Doc> KIND = StateKind.ofDocs("moves", 1);
    private static final String ROLLED = "rolled";
    private static final String HOSTS = "hosts";

    private Moves() {}

    private static String name(String type, String group, HabitSignal habit) {
        return type + "/" + habit.value() + "/" + group;
    }

    /** Notes that {@code host} of {@code group} uses the value of {@code habit}. */
    static void note(String type, String group, String host, HabitSignal habit, KeyContext context) {
        String name = name(type, group, habit);
        Doc known = context.get(KIND, name);
        if (known == null && !remember(name, Days.of(habit.since()), context)) {
            return;
        }
        Doc move = known == null ? new Doc() : known;
        Doc hosts = new Doc().withAll(move.part(HOSTS));
        if (hosts.get(host) != null || hosts.members().size() < MOST_HOSTS) {
            long since = Math.min(habit.since(), hosts.number(host, Long.MAX_VALUE));
            context.put(KIND, name, move.with(HOSTS, hosts.with(host, since)));
        }
    }

    /** Notes the name under its day, so that it is forgotten; false if there are too many. */
    private static boolean remember(String name, long day, KeyContext context) {
        Doc counter = context.get(KIND, day + "/count");
        long count = counter == null ? 0 : counter.number("count", 0);
        if (count >= MOST_A_DAY) {
            return false;
        }
        context.put(KIND, day + "/count", new Doc().with("count", count + 1));
        context.put(KIND, day + "/" + count, new Doc().with("name", name));
        context.timerAt(forgottenAt(day));
        return true;
    }

    private static long forgottenAt(long day) {
        return (day + 4) * Days.SECONDS;
    }

    /** The hosts that began within an hour of {@code habit}, or, once the group has a finding, within a day after it. */
    static List<String> together(String type, String group, HabitSignal habit, KeyContext context) {
        Doc move = context.get(KIND, name(type, group, habit));
        if (move == null) {
            return List.of();
        }
        long rolled = move.number(ROLLED, Long.MAX_VALUE);
        boolean follows = habit.since() >= rolled && habit.since() - rolled <= FOLLOW_SECONDS;
        long from = follows ? rolled : habit.since() - TOGETHER_SECONDS;
        long to = follows ? rolled + FOLLOW_SECONDS : habit.since() + TOGETHER_SECONDS;
        Doc hosts = move.part(HOSTS);
        return hosts.members().keySet().stream()
                .filter(host -> hosts.number(host, 0) >= from && hosts.number(host, 0) <= to)
                .sorted()
                .toList();
    }

    /** Whether the group has a finding that {@code habit} is part of. */
    static boolean isRolled(String type, String group, HabitSignal habit, KeyContext context) {
        Doc move = context.get(KIND, name(type, group, habit));
        long rolled = move == null ? Long.MAX_VALUE : move.number(ROLLED, Long.MAX_VALUE);
        return habit.since() >= rolled && habit.since() - rolled <= FOLLOW_SECONDS;
    }

    /** Notes that the group has a finding, from the earliest of its hosts on. */
    static void roll(String type, String group, HabitSignal habit, List<String> hosts, KeyContext context) {
        String name = name(type, group, habit);
        Doc move = context.get(KIND, name);
        if (move != null) {
            Doc times = move.part(HOSTS);
            long first = hosts.stream()
                    .mapToLong(host -> times.number(host, habit.since()))
                    .min()
                    .orElse(habit.since());
            context.put(KIND, name, move.with(ROLLED, Math.min(first, move.number(ROLLED, Long.MAX_VALUE))));
        }
    }

    /** Forgets the values of the day that ends to matter at {@code at}. */
    static void forget(long at, KeyContext context) {
        long day = Days.of(at) - 4;
        Doc counter = forgottenAt(day) == at ? context.get(KIND, day + "/count") : null;
        for (long i = 0; counter != null && i < counter.number("count", 0); i++) {
            @Nullable Doc entry = context.get(KIND, day + "/" + i);
            if (entry != null) {
                context.remove(KIND, String.valueOf(entry.text("name")));
            }
            context.remove(KIND, day + "/" + i);
        }
        if (counter != null) {
            context.remove(KIND, day + "/count");
        }
    }
}
