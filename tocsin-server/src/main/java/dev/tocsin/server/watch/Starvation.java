package dev.tocsin.server.watch;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which sources bring far less than they usually do at this hour of the week: somebody may have narrowed what is logged. What
 * the last weeks brought is kept in the store. An hour in which the service did not run all the time is neither judged nor
 * learned. Used by one thread.
 */
final class Starvation {

    /** Weeks that are remembered of each hour of the week. */
    static final int WEEKS = 4;

    /** Weeks that must be known of an hour before it is judged. */
    static final int FEWEST_WEEKS = 2;

    /** Records that an hour must usually bring to be judged: few are few by chance. Ours. */
    static final long FEWEST_RECORDS = 1_000;

    /** The share of what is usual below which a source is starved, one in so many. Ours: weekends and holidays are above it. */
    static final long SHARE = 10;

    private static final String KIND = "source-volume";
    private static final String ANYWHERE = "";
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int HOURS = 168;

    private final Store store;
    private final Alarms alarms;
    private final Map<String, Volume> volumes = new HashMap<>();

    /** Of one source: by hour of the week, what the last weeks brought, oldest first. */
    private static final class Volume {
        private final Map<Integer, List<Long>> byHour;
        private long hour = Long.MIN_VALUE;
        private long atItsStart;
        private boolean whole;

        Volume(Map<Integer, List<Long>> byHour) {
            this.byHour = byHour;
        }

        List<Long> weeks(long ofHour) {
            return byHour.computeIfAbsent((int) Math.floorMod(ofHour, (long) HOURS), slot -> new ArrayList<>());
        }
    }

    /** Raises alarms; goes on from what {@code store} knows. */
    Starvation(Store store, Alarms alarms) throws StoreException {
        this.store = store;
        this.alarms = alarms;
        for (Resource kept : store.resources(ANYWHERE, ANYWHERE, KIND)) {
            volumes.put(kept.id(), new Volume(read(kept.document())));
        }
    }

    private static Map<Integer, List<Long>> read(Doc document) {
        Map<Integer, List<Long>> byHour = new TreeMap<>();
        document.members().forEach((slot, counts) -> {
            List<Long> weeks = new ArrayList<>();
            for (Object count : counts instanceof List<?> list ? list : List.of()) {
                weeks.add(((Number) count).longValue());
            }
            byHour.put(Integer.parseInt(slot), weeks);
        });
        return byHour;
    }

    /**
     * Notes how many records {@code source} has brought since the service started.
     *
     * @param now the host's time, epoch milliseconds
     */
    void brought(String source, long records, long now) throws StoreException {
        Volume volume = volumes.computeIfAbsent(source, fresh -> new Volume(new TreeMap<>()));
        long hour = Math.floorDiv(now, HOUR_MILLIS);
        if (hour == volume.hour) {
            return;
        }
        if (volume.whole && hour == volume.hour + 1) {
            ended(source, volume, records - volume.atItsStart);
        }
        volume.whole = hour == volume.hour + 1; // the first hour has begun before
        volume.hour = hour;
        volume.atItsStart = records;
    }

    private void ended(String source, Volume volume, long records) throws StoreException {
        List<Long> weeks = volume.weeks(volume.hour);
        long usual = usual(weeks);
        if (usual >= FEWEST_RECORDS && records * SHARE < usual) {
            long from = volume.hour * HOUR_MILLIS / 1000;
            String text = "starved: " + records + " records in the hour from " + Times.iso(from)
                    + ", in which usually about " + usual + " come; is all of it still logged?";
            alarms.raise(source, Alarms.Kind.STARVED, "", text, from + HOUR_MILLIS / 1000);
        } else {
            alarms.clear(source, Alarms.Kind.STARVED, "");
        }
        weeks.add(records);
        if (weeks.size() > WEEKS) {
            weeks.removeFirst();
        }
        save(source, volume);
    }

    /** The lower median of what is known, or 0 if too little is. */
    private static long usual(List<Long> weeks) {
        return weeks.size() < FEWEST_WEEKS
                ? 0
                : weeks.stream().sorted().toList().get((weeks.size() - 1) / 2);
    }

    private void save(String source, Volume volume) throws StoreException {
        Doc document = new Doc();
        volume.byHour.forEach((slot, weeks) -> document.with(Integer.toString(slot), List.copyOf(weeks)));
        store.write(transaction -> transaction.resource(new Resource(ANYWHERE, ANYWHERE, KIND, source, document)));
    }
}
