package dev.tocsin.server.watch;

import java.util.HashMap;
import java.util.Map;

/** Which sources have brought nothing for longer than they should. Used by one thread. */
final class Silence {

    private final Alarms alarms;
    private final Map<String, Long> afterMillis;
    private final Map<String, Long> heardAt = new HashMap<>();

    /** Raises alarms of sources that are silent for longer than {@code afterMillis} says; 0 for never. */
    Silence(Alarms alarms, Map<String, Long> afterMillis) {
        this.alarms = alarms;
        this.afterMillis = afterMillis;
    }

    /**
     * Notes whether {@code source} brought anything.
     *
     * @param now the host's time, epoch milliseconds
     */
    void heard(String source, boolean something, long now) {
        long after = afterMillis.getOrDefault(source, 0L);
        if (something) {
            heardAt.put(source, now);
            alarms.clear(source, Alarms.Kind.SILENT, "");
        } else if (after > 0 && now - heardAt.computeIfAbsent(source, first -> now) >= after) {
            String text = "silent: nothing has come for " + after / 60_000 + " minutes; is it still written to?";
            alarms.raise(source, Alarms.Kind.SILENT, "", text, now / 1000);
        }
    }
}
