package dev.tocsin.core.engine;

import dev.tocsin.core.credential.Holder;
import dev.tocsin.core.event.Identity;
import org.jspecify.annotations.Nullable;

/** The resource that credentials were issued to, under its number. */
record NumberedHolder(Holder holder, long number) {

    /** The holder of the credentials {@code who}, or null. */
    static @Nullable NumberedHolder of(Identity who) {
        Holder holder = Holder.of(who);
        return holder == null ? null : new NumberedHolder(holder, Hash.of(holder.name()));
    }
}
