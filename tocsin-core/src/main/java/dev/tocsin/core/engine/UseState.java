package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.credential.Bounded;
import dev.tocsin.core.credential.OriginUse;
import dev.tocsin.core.credential.Uses;
import java.io.IOException;

/** What an account remembers of who uses which places, in shares of bounded size. */
final class UseState {

    /** Holders, or people, remembered in one of 256 shares; of a full one that which was silent for longest goes. About 80 bytes each, 450 at most. */
    static final int HOLDERS_A_SHARE = 96;

    /** Places remembered in one of 64 shares, by role and by all; of a full one as above. About 120 bytes each. */
    static final int PLACES_A_SHARE = 256;

    private static final int HOLDER_SHARES = 256;
    private static final int PLACE_SHARES = 64;
    private static final String ONLY = "";

    /**
     * Where it is kept.
     *
     * @param holders of credentials, or people
     * @param places that they use
     * @param since when the first use was
     */
    record Kinds(StateKind<Bounded<Uses>> holders, StateKind<Bounded<OriginUse>> places, StateKind<Long> since) {

        /** Kinds of their own for {@code what}. */
        static Kinds named(String what) {
            return new Kinds(
                    kind(what + "Holders", Uses::read),
                    kind(what + "Places", OriginUse::read),
                    new StateKind<>(what + "Since", 1, new StateKind.Codec<>() {
                        @Override
                        public void write(Long since, JsonGenerator out) throws IOException {
                            out.writeNumber(since);
                        }

                        @Override
                        public Long read(JsonParser in, int version) throws IOException {
                            in.nextToken();
                            return in.getLongValue();
                        }
                    }));
        }
    }

    private final Kinds kinds;
    private final KeyContext context;

    UseState(Kinds kinds, KeyContext context) {
        this.kinds = kinds;
        this.context = context;
    }

    private static <E extends Bounded.Entry> StateKind<Bounded<E>> kind(String name, Bounded.Reader<E> reader) {
        return new StateKind<>(name, 1, new StateKind.Codec<>() {
            @Override
            public void write(Bounded<E> share, JsonGenerator out) throws IOException {
                share.write(out);
            }

            @Override
            public Bounded<E> read(JsonParser in, int version) throws IOException {
                return Bounded.read(in, reader);
            }
        });
    }

    /** The uses of the holder {@code number}; empty if it is unknown. */
    Uses uses(long number) {
        Bounded<Uses> share = context.get(kinds.holders(), share(number, HOLDER_SHARES));
        Uses uses = share == null ? null : share.get(number);
        return uses == null ? new Uses() : uses;
    }

    /** How the role {@code actor} uses {@code origin}. */
    OriginUse byRole(String actor, long origin) {
        return place(byRoleNumber(actor, origin));
    }

    /** How all roles use {@code origin}. */
    OriginUse byAll(long origin) {
        return place(origin);
    }

    private OriginUse place(long number) {
        Bounded<OriginUse> share = context.get(kinds.places(), share(number, PLACE_SHARES));
        OriginUse use = share == null ? null : share.get(number);
        return use == null ? new OriginUse() : use;
    }

    /** Keeps how all roles use {@code origin}. */
    void putByAll(long origin, OriginUse use) {
        put(origin, use);
    }

    /** Keeps how the role or person {@code actor} uses {@code origin}. */
    void putByRole(String actor, long origin, OriginUse use) {
        put(byRoleNumber(actor, origin), use);
    }

    /** Keeps {@code uses}, to which a use of {@code origin} by the role or person {@code actor} was added. */
    void note(long holder, Uses uses, String actor, long origin, long at) {
        String name = share(holder, HOLDER_SHARES);
        Bounded<Uses> share = context.get(kinds.holders(), name);
        Bounded<Uses> all = share == null ? new Bounded<>() : share;
        all.put(holder, uses, HOLDERS_A_SHARE);
        context.put(kinds.holders(), name, all);
        OriginUse byRole = byRole(actor, origin);
        if (!byRole.isMarked(at)) {
            byRole.note(at);
            put(byRoleNumber(actor, origin), byRole);
        }
        OriginUse byAll = byAll(origin);
        if (!byAll.knows(holder, at)) {
            byAll.note(holder, at);
            put(origin, byAll);
        }
        Long since = context.get(kinds.since(), ONLY);
        if (since == null || at < since) {
            context.put(kinds.since(), ONLY, at);
        }
    }

    /** Notes that {@code holder} used the address {@code origin}, which is at {@code place}. */
    void noteWhere(long holder, long origin, long place, long at) {
        OriginUse use = byAll(origin);
        if (use.where() != place || !use.knows(holder, at)) {
            use.where(place);
            use.note(holder, at);
            put(origin, use);
        }
    }

    /** Notes that a principal of {@code account} called from {@code origin}. */
    void noteForeign(long origin, String account, long at) {
        OriginUse use = byAll(origin);
        use.noteForeign(account, at);
        put(origin, use);
    }

    /** Notes that EC2 took {@code role} for an instance. */
    void delivered(String role, long at) {
        long number = Hash.of("delivered " + role);
        OriginUse use = place(number);
        use.note(at);
        put(number, use);
    }

    /** Whether EC2 took {@code role} for an instance before {@code until}. */
    boolean isDelivered(String role, long until) {
        return place(Hash.of("delivered " + role)).first() < until;
    }

    /** When credentials of a resource were used first, epoch seconds. */
    long since() {
        Long since = context.get(kinds.since(), ONLY);
        return since == null ? Long.MAX_VALUE / 2 : since;
    }

    private void put(long number, OriginUse use) {
        String name = share(number, PLACE_SHARES);
        Bounded<OriginUse> share = context.get(kinds.places(), name);
        Bounded<OriginUse> all = share == null ? new Bounded<>() : share;
        all.put(number, use, PLACES_A_SHARE);
        context.put(kinds.places(), name, all);
    }

    private static long byRoleNumber(String actor, long origin) {
        return Hash.of(actor) * 31 + origin;
    }

    private static String share(long number, int shares) {
        return Long.toString(Math.floorMod(number >>> 1, shares));
    }
}
