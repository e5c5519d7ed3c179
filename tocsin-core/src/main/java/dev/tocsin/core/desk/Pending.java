package dev.tocsin.core.desk;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.SignalDoc;
import java.util.ArrayList;
import java.util.List;

/** Signals that wait until event time says whose they are. */
final class Pending {

    /** Signals of an account that wait at once; beyond that one speaks with what is known now. About 4 KB each. */
    static final int MAX = 10_000;

    private static final String HEAD = "head";
    private static final StateKind<Doc> KIND = StateKind.ofDocs("pending", 1);

    private Pending() {}

    /** Lets {@code signal} wait until {@code due}; false if too many wait. */
    static boolean add(Signal signal, long due, KeyContext context) {
        Doc entry = SignalDoc.of(signal);
        long waiting = count(HEAD, context);
        if (waiting >= MAX || entry.toJson().length() > StateKind.MAX_BYTES / 4) {
            return false;
        }
        long here = count(String.valueOf(due), context);
        context.put(KIND, HEAD, new Doc().with("count", waiting + 1));
        context.put(KIND, String.valueOf(due), new Doc().with("count", here + 1));
        context.put(KIND, due + "/" + here, entry);
        context.timerAt(due);
        return true;
    }

    private static long count(String name, KeyContext context) {
        Doc counter = context.get(KIND, name);
        return counter == null ? 0 : counter.number("count", 0);
    }

    /** Takes those that wait for {@code at}. */
    static List<Doc> take(long at, KeyContext context) {
        long here = count(String.valueOf(at), context);
        List<Doc> taken = new ArrayList<>();
        for (long i = 0; i < here; i++) {
            Doc entry = context.get(KIND, at + "/" + i);
            if (entry != null) {
                taken.add(entry);
            }
            context.remove(KIND, at + "/" + i);
        }
        if (here > 0) {
            context.remove(KIND, String.valueOf(at));
            context.put(KIND, HEAD, new Doc().with("count", count(HEAD, context) - here));
        }
        return taken;
    }
}
