package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.LookupDetector;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.lookup.LookupWindow;
import java.io.IOException;
import java.util.List;

/** The open windows of a host's look-ups: queries are added as they come; a window is judged when its records are all there. */
final class LookupWindows {

    /** Days without look-ups after which what detectors remember of a host is forgotten. Ours: as long as habits take. */
    static final int FORGOTTEN_DAYS = 14;

    private static final long DAY = 86_400;
    private static final String ONLY = "";
    private static final String LAST_DAY = "day";

    static final StateKind<LookupWindow> KIND = new StateKind<>("lookups", 1, new StateKind.Codec<>() {
        @Override
        public void write(LookupWindow window, JsonGenerator out) throws IOException {
            window.write(out);
        }

        @Override
        public LookupWindow read(JsonParser in, int version) throws IOException {
            return LookupWindow.read(in);
        }
    });

    private static final StateKind<Doc> SEEN = StateKind.ofDocs("lookupsSeen", 1);

    private final EngineServices services;
    private final List<LookupDetector> detectors;
    private final BinNames names = new BinNames();

    LookupWindows(EngineServices services, List<LookupDetector> detectors) {
        this.services = services;
        this.detectors = detectors;
    }

    private static long dueAt(long number) {
        return (number + 1) * LookupWindow.SECONDS;
    }

    /** Adds {@code query}, unless its window has been judged, or it came through an endpoint: that names no host. */
    void add(NameQuery query, KeyContext context) {
        long number = Math.floorDiv(query.at(), LookupWindow.SECONDS);
        if (detectors.isEmpty() || query.resolverEndpoint() != null || dueAt(number) <= context.watermark()) {
            return;
        }
        String name = names.of(number);
        LookupWindow window = context.get(KIND, name);
        if (window == null) {
            window = new LookupWindow(number * LookupWindow.SECONDS);
            context.timerAt(dueAt(number));
            seeOn(Math.floorDiv(query.at(), DAY), context);
        }
        window.add(query);
        context.put(KIND, name, window);
    }

    private static void seeOn(long day, KeyContext context) {
        Doc seen = context.get(SEEN, ONLY);
        if (seen == null || seen.number(LAST_DAY, 0) < day) {
            context.put(SEEN, ONLY, new Doc().with(LAST_DAY, day));
            context.timerAt((day + FORGOTTEN_DAYS + 1) * DAY);
        }
    }

    /** Judges the window that is due at {@code at}, and forgets a host that fell silent. */
    void onTimer(long at, KeyContext context, Output out) {
        if (Math.floorMod(at, LookupWindow.SECONDS) != 0) {
            return;
        }
        String name = Long.toString(at / LookupWindow.SECONDS - 1);
        LookupWindow window = context.get(KIND, name);
        if (window != null) {
            DetectorContext detectorContext = new DetectorContext(services, context);
            for (LookupDetector detector : detectors) {
                detector.observe(window, detectorContext, out::signal);
            }
            context.remove(KIND, name);
        }
        Doc seen = Math.floorMod(at, DAY) == 0 ? context.get(SEEN, ONLY) : null;
        if (seen != null && (seen.number(LAST_DAY, 0) + FORGOTTEN_DAYS + 1) * DAY <= at) {
            context.remove(SEEN, ONLY);
            Memory.clear(context);
        }
    }
}
