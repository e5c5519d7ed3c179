package dev.tocsin.core.desk.sequence;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chains of an account: which are open, what leads to them, and when they are forgotten. */
final class Chains {

    /** How far the signals of a chain lie apart at most, in seconds: GuardDuty's rolling 24 hours (F84). */
    static final long SPAN_SECONDS = 86_400;

    /** Chains of an account that are open at once; beyond that no new one begins. About 10 KB each. */
    static final int MOST = 5_000;

    private static final long HOUR = 3_600;
    private static final String COUNT = "";

    /** When each open chain was touched last; under {@link #COUNT} how many there are. */
    private static final StateKind<Doc> SEEN = StateKind.ofDocs("sequenceSeen", 1);

    /** By credential or identity that a chain made, the chain. */
    private static final StateKind<Doc> MADE = StateKind.ofDocs("sequenceMade", 1);

    private final KeyContext context;

    Chains(KeyContext context) {
        this.context = context;
    }

    /** The chain that {@code step} belongs to: that of whoever made its credential or identity, else its own. */
    String name(Step step) {
        String maker = step.credential().isEmpty() ? null : maker(step.credential());
        if (maker == null) {
            maker = maker(step.who());
        }
        return maker == null ? step.who() : maker;
    }

    private @Nullable String maker(String made) {
        Doc known = context.get(MADE, made);
        return known == null ? null : known.text("chain");
    }

    /** The open chain {@code name}, or null. */
    @Nullable
    Chain open(String name, long at) {
        Chain chain = context.get(Chain.KIND, name);
        return chain == null || chain.last() + SPAN_SECONDS < at ? null : chain;
    }

    /** Keeps {@code chain}; false if it is new and too many are open. */
    boolean keep(String name, Chain chain, long at) {
        if (context.get(SEEN, name) == null) {
            long open = count();
            if (open >= MOST) {
                return false;
            }
            context.put(SEEN, COUNT, new Doc().with("open", open + 1));
        }
        context.put(SEEN, name, new Doc().with("last", chain.last()));
        context.put(Chain.KIND, name, chain);
        context.timerAt((Math.floorDiv(at, HOUR) + 1) * HOUR);
        return true;
    }

    private long count() {
        Doc head = context.get(SEEN, COUNT);
        return head == null ? 0 : head.number("open", 0);
    }

    /** Notes that {@code chain} made {@code credential}. */
    void makes(String name, Chain chain, String credential) {
        if (!credential.equals(name) && context.get(MADE, credential) == null && chain.makes(credential)) {
            context.put(MADE, credential, new Doc().with("chain", name));
        }
    }

    /** Forgets, every hour, the chains that were silent for long enough, and what they made. */
    void onTimer(long at) {
        if (Math.floorMod(at, HOUR) != 0 || count() == 0) {
            return;
        }
        List<String> gone = new ArrayList<>();
        List<String> open = new ArrayList<>();
        context.forEach(SEEN, (name, seen) -> {
            if (!name.equals(COUNT)) {
                (seen.number("last", 0) + SPAN_SECONDS < at ? gone : open).add(name);
            }
        });
        for (String name : gone) {
            Chain chain = context.get(Chain.KIND, name);
            if (chain != null) {
                chain.made().forEach(made -> context.remove(MADE, made));
            }
            context.remove(Chain.KIND, name);
            context.remove(SEEN, name);
        }
        if (!open.isEmpty()) {
            context.put(SEEN, COUNT, new Doc().with("open", open.size()));
            context.timerAt(at + HOUR);
        } else {
            context.remove(SEEN, COUNT);
        }
    }
}
