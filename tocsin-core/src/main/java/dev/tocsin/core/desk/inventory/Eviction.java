package dev.tocsin.core.desk.inventory;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;

/** Keeps the inventory bounded: beyond {@link #MAX_ENTRIES} the resource heard of first is forgotten. */
final class Eviction {

    /** Resources kept for an account; about 1 KB each. Larger keeps more of a large account, and more memory. */
    static final long MAX_ENTRIES = 500_000;

    private static final String HEAD = "head";

    private static final StateKind<Doc> KIND = StateKind.ofDocs("inventoryOrder", 1);

    private Eviction() {}

    /** Notes that the entry {@code name} is new, and forgets the oldest if there are too many. */
    static void entered(String name, KeyContext state) {
        entered(name, state, MAX_ENTRIES);
    }

    static void entered(String name, KeyContext state, long limit) {
        Doc head = state.get(KIND, HEAD);
        long next = head == null ? 0 : head.number("next", 0);
        state.put(KIND, HEAD, new Doc().with("next", next + 1));
        state.put(KIND, String.valueOf(next), new Doc().with("name", name));
        String oldest = String.valueOf(next - limit);
        Doc gone = state.get(KIND, oldest);
        if (gone != null) {
            state.remove(Known.KIND, String.valueOf(gone.text("name")));
            state.remove(KIND, oldest);
        }
    }
}
