package dev.tocsin.core.desk;

import dev.tocsin.core.desk.inventory.Inventory;
import dev.tocsin.core.desk.inventory.Owner;
import dev.tocsin.core.detect.HabitSignal;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.DaySummary;
import dev.tocsin.core.profile.Days;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a habit's signal asks: whether the host's groups know the value from days before, and whether the group turned
 * to it as one. Groups are the auto-scaling group, the Kubernetes node group, the image, and last the account.
 */
final class Groups {

    /** How long after the first use a signal waits, in seconds: an hour for others to begin, one for them to be told. */
    static final long WAIT_SECONDS = 7_200;

    /** Hosts from which on a move is a group's, if it is also this share of the group. design.md: a fifth, at least five. */
    static final int LEAST_HOSTS = 5;

    /** See {@link #LEAST_HOSTS}. */
    static final int SHARE = 5;

    /** Times the most that a host of the group sends in an hour, for a host without a history of its own. anomaly.md: 10. */
    static final int TIMES_GROUP = 10;

    private static final String ACCOUNT = "account";
    private static final String IMAGE = "image ";

    private final KeyContext context;
    private final Inventory inventory;

    Groups(KeyContext context) {
        this.context = context;
        this.inventory = new Inventory(context);
    }

    /** Adds a day of an interface to its groups; what is no host of its own teaches nothing. */
    void learn(DaySummary summary) {
        String host = host(summary);
        if (host == null) {
            return;
        }
        for (String group : of(host, summary.at())) {
            GroupHabits habits = habits(group);
            habits.seen(host, summary.day(), summary.busiestHour());
            summary.values().forEach(value -> habits.used(host, value, summary.day()));
            context.put(GroupHabits.KIND, group, habits);
        }
        context.timerAt((summary.day() + 3) * Days.SECONDS);
    }

    private @Nullable String host(DaySummary summary) {
        String named = summary.instanceId();
        if (named != null) {
            return named.equals(Resolver.NONE) ? null : named;
        }
        return switch (inventory.owner(summary.interfaceId(), summary.at())) {
            case Owner.Instance instance -> instance.id();
            case Owner.Unknown ignored -> summary.interfaceId();
            case Owner.Functions ignored -> null;
            case Owner.Task ignored -> null;
            case Owner.Other ignored -> null;
        };
    }

    /** The groups of {@code host} as of {@code at}, the closest first, the account last. */
    List<String> of(String host, long at) {
        List<String> groups = new ArrayList<>(inventory.groups(host, at));
        groups.add(ACCOUNT);
        return groups;
    }

    /** The auto-scaling or node group of {@code host} as of {@code at}, or itself: what is compromised as one. */
    String closest(String host, long at) {
        return inventory.groups(host, at).stream()
                .filter(group -> !group.startsWith(IMAGE)) // anybody's hosts may be of a public image
                .findFirst()
                .orElse(host);
    }

    private GroupHabits habits(String group) {
        GroupHabits known = context.get(GroupHabits.KIND, group);
        return known == null ? new GroupHabits() : known;
    }

    /** Until when a signal waits for others of the group, epoch seconds. */
    static long due(Signal signal, HabitSignal habit) {
        return Math.max(signal.last(), habit.since() + WAIT_SECONDS) + 1_200;
    }

    /** Notes that {@code host} asks. */
    void note(Signal signal, HabitSignal habit, String host) {
        for (String group : of(host, signal.last())) {
            Moves.note(signal.type().name(), group, host, habit, context);
        }
    }

    /** Whether the host, or else its group, is known for long enough, and neither its group nor the account knows the value. */
    boolean isUnusual(Signal signal, HabitSignal habit, String host) {
        long day = Days.of(habit.since());
        boolean volume = habit.hourBytes() > 0;
        boolean judged = habit.isMature();
        for (String group : of(host, signal.last())) {
            GroupHabits habits = habits(group);
            boolean close = !group.equals(ACCOUNT);
            if (habits.users(habit.value(), day) >= (close ? 1 : GroupHabits.MOST_USERS)) {
                return false;
            }
            boolean mature = close && habits.age(day) >= habit.learnDays();
            if (volume && mature && !habit.isMature() && habit.hourBytes() < TIMES_GROUP * habits.busiestHour(day)) {
                return false;
            }
            judged |= mature;
        }
        return judged;
    }

    /** The closest group that turned to the value as one, or null; its hosts by {@link Moves#together}. */
    @Nullable
    String movedTogether(Signal signal, HabitSignal habit, String host) {
        String type = signal.type().name();
        for (String group : of(host, signal.last())) {
            long hosts = Moves.together(type, group, habit, context).size();
            long size = habits(group).size(Days.of(habit.since()));
            if (Moves.isRolled(type, group, habit, context) || (hosts >= LEAST_HOSTS && hosts * SHARE >= size)) {
                return group;
            }
        }
        return null;
    }

    /** Notes that a host was reported for the value by itself: it is nobody's habit for a while. */
    void dispute(Signal signal, HabitSignal habit, String host) {
        for (String group : of(host, signal.last())) {
            GroupHabits habits = habits(group);
            habits.dispute(habit.value(), Days.of(habit.since()));
            context.put(GroupHabits.KIND, group, habits);
        }
    }

    /** Notes that {@code group} was reported as one, {@code hosts} of it so far. */
    void moved(Signal signal, HabitSignal habit, String group, List<String> hosts) {
        Moves.roll(signal.type().name(), group, habit, hosts, context);
        GroupHabits habits = habits(group);
        habits.moved(hosts.getFirst(), habit.value(), Days.of(habit.since()));
        context.put(GroupHabits.KIND, group, habits);
    }

    /** Forgets groups without hosts, and moves of long ago. */
    void onTimer(long at) {
        Moves.forget(at, context);
        if (Math.floorMod(at, Days.SECONDS) == 0) {
            List<String> gone = new ArrayList<>();
            context.forEach(GroupHabits.KIND, (group, habits) -> {
                if (habits.isGone(Days.of(at))) {
                    gone.add(group);
                }
            });
            gone.forEach(group -> context.remove(GroupHabits.KIND, group));
        }
    }
}
