package dev.tocsin.server.watch;

import dev.tocsin.core.finding.Times;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.server.inspect.TimeGaps;
import dev.tocsin.server.ledger.LedgerRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stretches of time of which a log, that of one kind, account and Region, has no record although later ones came. Objects
 * come in any order: a stretch is told once no record before its end is awaited. Used by one thread.
 */
final class LogGaps {

    /** Stretches of one log that wait to be filled or told; further ones are not looked at. */
    private static final int MOST = 100;

    private final Alarms alarms;
    private final Map<String, Log> logs = new HashMap<>();

    private record Gap(long from, long to) {}

    private static final class Log {
        private final String source;
        private final String name;
        private final @Nullable String account;
        private final long least;
        private final List<Gap> gaps = new ArrayList<>();
        private long end = Long.MIN_VALUE;

        Log(String source, String name, @Nullable String account, long least) {
            this.source = source;
            this.name = name;
            this.account = account;
            this.least = least;
        }

        void add(long first, long last) {
            List<Gap> left = new ArrayList<>();
            for (Gap gap : gaps) {
                if (last <= gap.from() || first >= gap.to()) {
                    left.add(gap);
                } else {
                    keep(gap.from(), Math.min(first, gap.to()), left);
                    keep(Math.max(last, gap.from()), gap.to(), left);
                }
            }
            gaps.clear();
            gaps.addAll(left);
            if (end != Long.MIN_VALUE) {
                keep(end, first, gaps);
            }
            end = Math.max(end, last);
        }

        private void keep(long from, long to, List<Gap> into) {
            if (to - from > least && into.size() < MOST) {
                into.add(new Gap(from, to));
            }
        }
    }

    LogGaps(Alarms alarms) {
        this.alarms = alarms;
    }

    /** Notes an object of {@code source} that was read. */
    void add(String source, LedgerRow row) {
        if (row.accepted() > 0 && row.firstEvent() <= row.lastEvent()) {
            ObjectKey key = ObjectKey.parse(row.source());
            String name = row.kind()
                    + (key.account() == null ? "" : " of account " + key.account())
                    + (key.region() == null ? "" : " in " + key.region());
            logs.computeIfAbsent(
                            source + " " + name,
                            fresh -> new Log(source, name, key.account(), TimeGaps.least(row.kind())))
                    .add(row.firstEvent(), row.lastEvent());
        }
    }

    /** Tells the stretches that end before {@code time}, epoch seconds, before which no record is awaited. */
    void confirm(long time, long now) {
        logs.values().forEach(log -> {
            for (Iterator<Gap> gaps = log.gaps.iterator(); gaps.hasNext(); ) {
                Gap gap = gaps.next();
                if (gap.to() <= time) {
                    gaps.remove();
                    String text = "gap: no records of " + log.name + " between " + Times.iso(gap.from()) + " and "
                            + Times.iso(gap.to());
                    Alarms.Alarm alarm = new Alarms.Alarm(log.source, log.account, Alarms.Kind.GAP, now, text);
                    alarms.raise(log.name + gap.from(), alarm);
                }
            }
        });
    }
}
