package dev.tocsin.core.engine;

import dev.tocsin.core.credential.Holder;
import dev.tocsin.core.event.Identity;
import org.jspecify.annotations.Nullable;

/** The holders of credentials and their numbers; identities of a log are one object each, so the last ones are remembered. */
final class Holders {

    private static final int PLACES = 4_096;

    private final @Nullable Known[] known = new Known[PLACES];

    /** A holder under its number. */
    record Numbered(Holder holder, long number) {}

    private record Known(Identity who, @Nullable Numbered holder) {}

    /** The holder of the credentials {@code who}, or null. */
    @Nullable
    Numbered of(Identity who) {
        String principal = who.principalId();
        if (principal == null || !"AssumedRole".equals(who.type())) {
            return null;
        }
        int hash = principal.hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Known near = known[place];
        if (near == null || !near.who().equals(who)) {
            Holder holder = Holder.of(who);
            near = new Known(who, holder == null ? null : new Numbered(holder, Hash.of(holder.name())));
            known[place] = near;
        }
        return near.holder();
    }
}
