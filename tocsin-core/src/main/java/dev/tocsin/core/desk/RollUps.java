package dev.tocsin.core.desk;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingEntry;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a flood from burying everything else: beyond {@link #LIMIT} new findings of one type in an account an hour of
 * event time the rest become one finding a Region. Which stand by themselves follows from time and id, not from the
 * order of reading.
 */
final class RollUps {

    /** New findings of one type in an account an hour that stand by themselves (design: promise 5). */
    static final int LIMIT = 200;

    /** Ids kept of an hour, type and Region: 256 shares of so many; beyond that the count stands still. */
    static final int IDS_A_SHARE = 1_500;

    /** Ids that a roll-up shows. */
    static final int IDS_SHOWN = 1_000;

    /** From this severity on a finding always stands by itself: Critical. */
    static final double ALWAYS = 9;

    /** Stands for the revision of a finding that does not stand by itself. */
    static final long ROLLED_UP = -1;

    private static final long HOUR = 3600;

    /** How long after its end an hour is remembered, in seconds: late signals count in it. */
    private static final long REMEMBERED = 2 * HOUR;

    private static final StateKind<Doc> TYPES = StateKind.ofDocs("newFindingTypes", 1);

    private final KeyContext context;
    private final BiConsumer<FindingEntry, Doc> told;

    /**
     * For one call of the desk.
     *
     * @param told told a roll-up with its member {@code tocsin.rollUp}, or a finding that no longer stands by itself
     *     with {@code tocsin.foldedInto}
     */
    RollUps(KeyContext context, BiConsumer<FindingEntry, Doc> told) {
        this.context = context;
        this.told = told;
    }

    /**
     * Whether findings of {@code signal} are limited at all: sequences, Critical ones and those never hidden pass; but not
     * mere attempts, of which anybody may make any number.
     */
    static boolean limits(Signal signal) {
        boolean passes = signal.type().neverHidden()
                && signal.severity() >= signal.type().severity();
        return signal.severity() < ALWAYS && !passes && !signal.type().name().startsWith("AttackSequence:");
    }

    /**
     * The revision at which the new finding {@code id} begins if it stands by itself; else {@link #ROLLED_UP}: its signal
     * is part of a roll-up from now on.
     */
    long admit(Signal signal, String id, Resolved about) {
        String type = signal.type().name();
        for (long start = start(signal.first()) - REMEMBERED; start < start(signal.first()); start += HOUR) {
            if (isIn(type, start, signal, id)) { // it began then
                rollUp(hour(type, start), signal, start, id, about);
                return ROLLED_UP;
            }
        }
        Hour hour = hour(type, signal.first());
        Hour.Ranked ranked = new Hour.Ranked(signal.first(), id);
        if (hour.kept.size() >= LIMIT && ranked.compareTo(hour.kept.last()) > 0) {
            rollUp(hour, signal, signal.first(), id, about);
            takeBack(signal, id, start(signal.first()) + HOUR);
            return ROLLED_UP;
        }
        long revision = takeBack(signal, id, start(signal.first()));
        hour = hour(type, signal.first());
        hour.kept.add(ranked);
        if (hour.kept.size() > LIMIT) {
            displace(hour, hour.kept.pollLast(), signal);
        }
        put(hour, type, signal.first());
        return revision;
    }

    private void rollUp(Hour hour, Signal signal, long at, String id, Resolved about) {
        FindingEntry rollUp = rollUp(signal, at);
        rollUp.add(signal, about.resource(), about.marks());
        keep(hour, rollUp, signal.type().name(), at, id);
    }

    /** Whether {@code id} is part of the roll-up of the hour that begins at {@code start}. */
    private boolean isIn(String type, long start, Signal signal, String id) {
        if (!hour(type, start).regions.contains(signal.region())) {
            return false;
        }
        Hour.Ids ids =
                context.get(Hour.IDS, share(id(type, signal.account(), signal.region(), start), id.substring(0, 2)));
        return ids != null && ids.ids.contains(id);
    }

    /**
     * Takes {@code id}, which turned out to begin earlier, out of the roll-ups of the hours from {@code start} on that are
     * remembered: no id is counted twice. What its later signals said stays there. Its last revision, or 0.
     */
    private long takeBack(Signal signal, String id, long start) {
        String type = signal.type().name();
        long revision = 0;
        for (long at = start; at <= start + REMEMBERED; at += HOUR) {
            if (isIn(type, at, signal, id)) {
                FindingEntry rollUp = rollUp(signal, at);
                String share = share(rollUp.id(), id.substring(0, 2));
                Hour.Ids ids = context.get(Hour.IDS, share);
                if (ids != null && ids.ids.remove(id)) {
                    context.put(Hour.IDS, share, ids);
                    rollUp.setFindings(rollUp.findings() - 1);
                    rollUp.touch();
                    context.put(Speaker.FINDINGS, rollUp.id(), rollUp);
                    revision = Math.max(revision, hour(type, at).revision);
                }
            }
        }
        return revision;
    }

    /** Notes that the finding {@code id} turned out to begin at {@code now}, not at {@code before}. */
    void moved(Signal signal, String id, long before) {
        Hour old = hour(signal.type().name(), before);
        if (old.kept.remove(new Hour.Ranked(before, id))) {
            put(old, signal.type().name(), before);
        }
        Hour hour = hour(signal.type().name(), signal.first());
        hour.kept.add(new Hour.Ranked(signal.first(), id));
        if (hour.kept.size() > LIMIT) {
            displace(hour, hour.kept.pollLast(), signal);
        }
        put(hour, signal.type().name(), signal.first());
    }

    private void displace(Hour hour, Hour.@Nullable Ranked last, Signal signal) {
        FindingEntry entry = last == null ? null : context.get(Speaker.FINDINGS, last.id());
        if (last == null || entry == null) {
            return;
        }
        FindingEntry rollUp = rollUp(signal.type(), entry);
        rollUp.merge(entry);
        entry.touch();
        hour.revision = Math.max(hour.revision, entry.revision());
        keep(hour, rollUp, entry.type(), last.first(), last.id());
        context.remove(Speaker.FINDINGS, last.id());
        told.accept(entry, new Doc().with("foldedInto", rollUp.id()));
    }

    private Hour hour(String type, long at) {
        Hour hour = context.get(Hour.KIND, name(type, at));
        return hour == null ? new Hour() : hour;
    }

    private void put(Hour hour, String type, long at) {
        long start = start(at);
        Doc types = context.get(TYPES, String.valueOf(start));
        if (types == null || types.get(type) == null) {
            context.put(TYPES, String.valueOf(start), (types == null ? new Doc() : types).with(type, true));
            context.timerAt(start + HOUR);
            context.timerAt(start + HOUR + REMEMBERED);
        }
        context.put(Hour.KIND, name(type, at), hour);
    }

    private static long start(long at) {
        return Math.floorDiv(at, HOUR) * HOUR;
    }

    private static String name(String type, long at) {
        return type + "/" + start(at);
    }

    private FindingEntry rollUp(Signal signal, long at) {
        String id = id(signal.type().name(), signal.account(), signal.region(), at);
        FindingEntry known = context.get(Speaker.FINDINGS, id);
        return known != null
                ? known
                : FindingEntry.started(id, signal.type().name(), signal.account(), signal.region(), false, 0);
    }

    private FindingEntry rollUp(FindingType type, FindingEntry entry) {
        String id = id(type.name(), entry.account(), entry.region(), entry.first());
        FindingEntry known = context.get(Speaker.FINDINGS, id);
        return known != null ? known : FindingEntry.started(id, type.name(), entry.account(), entry.region(), false, 0);
    }

    private static String id(String type, String account, String region, long at) {
        return Hash.id("roll-up", type, account, region, String.valueOf(start(at)));
    }

    /** Keeps the roll-up and the id of its new part; tells it as it doubles, the rest when the hour is over. */
    private void keep(Hour hour, FindingEntry rollUp, String type, long at, String id) {
        String share = share(rollUp.id(), id.substring(0, 2));
        Hour.Ids ids = context.get(Hour.IDS, share);
        if (ids == null) {
            ids = new Hour.Ids();
        }
        if (ids.ids.size() < IDS_A_SHARE && ids.ids.add(id)) {
            context.put(Hour.IDS, share, ids);
            rollUp.setFindings(rollUp.findings() + 1);
        }
        context.put(Speaker.FINDINGS, rollUp.id(), rollUp);
        if (hour.regions.add(rollUp.region())) {
            put(hour, type, at);
        }
        if (Long.bitCount(rollUp.findings()) == 1) {
            told.accept(rollUp, shown(rollUp));
        }
    }

    private static String share(String rollUp, String digits) {
        return rollUp + "/" + digits;
    }

    /** {@code tocsin.rollUp}: how many findings it stands for, and their ids as far as they are shown. */
    private Doc shown(FindingEntry rollUp) {
        List<String> shown = new ArrayList<>();
        for (int share = 0; share < 256 && shown.size() < IDS_SHOWN; share++) {
            Hour.Ids ids = context.get(Hour.IDS, share(rollUp.id(), String.format(Locale.ROOT, "%02x", share)));
            if (ids != null) {
                ids.ids.stream().limit(IDS_SHOWN - shown.size()).forEach(shown::add);
            }
        }
        Doc rolled = new Doc()
                .with("findings", rollUp.findings())
                .with("limit", LIMIT)
                .with("ids", shown);
        return new Doc().with("rollUp", rolled);
    }

    /** Tells the roll-ups of the hour that ends at {@code at}, and forgets the hour that need not be remembered. */
    void onTimer(long at, String account) {
        Doc ended = context.get(TYPES, String.valueOf(at - HOUR));
        if (ended != null) {
            ended.members().keySet().forEach(type -> tell(type, at - HOUR, account));
        }
        String old = String.valueOf(at - HOUR - REMEMBERED);
        Doc forgotten = context.get(TYPES, old);
        if (forgotten != null) {
            forgotten.members().keySet().forEach(type -> forget(type, at - HOUR - REMEMBERED, account));
            context.remove(TYPES, old);
        }
    }

    private void forget(String type, long start, String account) {
        for (String region : hour(type, start).regions) {
            String id = id(type, account, region, start);
            for (int share = 0; share < 256; share++) {
                context.remove(Hour.IDS, share(id, String.format(Locale.ROOT, "%02x", share)));
            }
        }
        context.remove(Hour.KIND, name(type, start));
    }

    private void tell(String type, long start, String account) {
        for (String region : hour(type, start).regions) {
            FindingEntry rollUp = context.get(Speaker.FINDINGS, id(type, account, region, start));
            if (rollUp != null) {
                rollUp.touch();
                context.put(Speaker.FINDINGS, rollUp.id(), rollUp);
                told.accept(rollUp, shown(rollUp));
            }
        }
    }
}
