package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;

/** Where the calls of a session came from, as far as it is unusual; the most unusual of each counts. In thousandths of a bit. */
final class Surroundings {

    /** Days after an identity's first call from a network in which that is still new to it. */
    static final int PROBATION_DAYS = 3;

    private static final double MILLI = 1_000;
    private static final int UNKNOWN = Integer.MIN_VALUE;

    private int network = UNKNOWN;
    private int agent = UNKNOWN;
    private int region = UNKNOWN;
    private boolean newNetwork;
    private boolean newAgent;
    private boolean foreignNetwork;
    private boolean foreignRegion;

    /**
     * What is unusual about where one call came from.
     *
     * @param network bits that its network is unlikely for the identity; -1 to 6
     * @param agent bits of its tool's family; -1 to 4
     * @param region bits of its Region; -0.5 to 3
     * @param newNetwork whether the identity had never used the network
     * @param newAgent whether it had never used the tool
     * @param foreignNetwork whether nobody in the account had used the network
     * @param foreignRegion whether nobody in the account had used the Region
     */
    record Seen(
            double network,
            double agent,
            double region,
            boolean newNetwork,
            boolean newAgent,
            boolean foreignNetwork,
            boolean foreignRegion) {

        /** Where the call of {@code trial} came from, held against its identity, its peers and {@code account}. */
        static Seen of(Trial trial, Account account) {
            int onNetwork = settledDays(trial);
            int withAgent = trial.days(Feature.AGENT);
            int own = trial.ownDays();
            boolean foreign = account.commons(Feature.NETWORK).kinds(trial.value(Feature.NETWORK)) == 0;
            return new Seen(
                    bits(0.02, Feature.NETWORK, onNetwork, trial, account, -1, 6),
                    bits(0.15, Feature.AGENT, withAgent, trial, account, -1, 4),
                    bits(0.1, Feature.REGION, trial.days(Feature.REGION), trial, account, -0.5, 3),
                    (own > 0 && onNetwork == 0) || (trial.activeDays() == 0 && foreign),
                    own > 0 && withAgent == 0,
                    foreign,
                    account.commons(Feature.REGION).kinds(trial.value(Feature.REGION)) == 0);
        }

        /**
         * On how many days before the call its network was used. One that an old identity took up lately is none of its
         * habits yet, or an intruder who takes a step a day is at home at the second.
         */
        private static int settledDays(Trial trial) {
            boolean onProbation = trial.activeDays() >= Judge.CONTEXT_LEARN_DAYS
                    && trial.table()
                                    .daysBefore(
                                            Feature.NETWORK, trial.value(Feature.NETWORK), trial.day() - PROBATION_DAYS)
                            == 0;
            return onProbation ? 0 : trial.days(Feature.NETWORK);
        }

        /** How unusual a value is that the identity used on {@code days} days, in bits against {@code usual}, within bounds. */
        private static double bits(
                double usual, Feature feature, int days, Trial trial, Account account, double least, double most) {
            double peers = Surprise.amongPeers(
                    account.commons(feature),
                    trial.value(feature),
                    trial.actor().peers(),
                    Surprise.world(feature, true));
            double share = trial.ownDays() == 0
                    ? peers
                    : Surprise.own(days, trial.table().counts(feature, trial.day()), peers);
            return Math.clamp(Surprise.log2(usual / Math.max(share, 1e-12)), least, most);
        }

        /** Whether habit alone does not explain it: a quarter of what is usual, or less. */
        boolean isUnusual() {
            return network >= 2 || agent >= 2 || region >= 2;
        }
    }

    /** Adds where a call came from. */
    void add(Seen seen) {
        network = Math.max(network, milli(seen.network()));
        agent = Math.max(agent, milli(seen.agent()));
        region = Math.max(region, milli(seen.region()));
        newNetwork |= seen.newNetwork();
        newAgent |= seen.newAgent();
        foreignNetwork |= seen.foreignNetwork();
        foreignRegion |= seen.foreignRegion();
    }

    /** Adds where another came from, who stands behind the calls. */
    void add(Surroundings other) {
        network = Math.max(network, other.network);
        agent = Math.max(agent, other.agent);
        region = Math.max(region, other.region);
        newNetwork |= other.newNetwork;
        newAgent |= other.newAgent;
        foreignNetwork |= other.foreignNetwork;
        foreignRegion |= other.foreignRegion;
    }

    /** One alike. */
    Surroundings copy() {
        Surroundings copy = new Surroundings();
        copy.add(this);
        return copy;
    }

    private static int milli(double bits) {
        return (int) Math.round(bits * MILLI);
    }

    boolean isNewNetwork() {
        return newNetwork;
    }

    boolean isForeignRegion() {
        return foreignRegion;
    }

    /** Its parts of the context score; a program seldom changes its place and tool, people do. */
    List<Judged.Part> parts(boolean machine) {
        if (network == UNKNOWN) {
            return List.of();
        }
        return List.of(
                new Judged.Part(
                        "network",
                        0.8 * network / MILLI + (foreignNetwork ? 0.8 : 0) + (machine && newNetwork ? 0.9 : 0)),
                new Judged.Part("tool", 1.2 * agent / MILLI + (machine && newAgent ? 2.2 : 0)),
                new Judged.Part("region", foreignRegion ? 4 : 0));
    }

    /** Whether there is more for suspicion than against it. */
    boolean isUnusual() {
        return parts(true).stream().mapToDouble(Judged.Part::bits).sum() > 0;
    }

    void write(JsonGenerator out) throws IOException {
        out.writeNumber(network);
        out.writeNumber(agent);
        out.writeNumber(region);
        out.writeNumber((newNetwork ? 1 : 0) + (newAgent ? 2 : 0) + (foreignNetwork ? 4 : 0) + (foreignRegion ? 8 : 0));
    }

    /** Reads what {@link #write} wrote, from the next token on. */
    static Surroundings read(JsonParser in) throws IOException {
        Surroundings from = new Surroundings();
        from.network = in.nextIntValue(0);
        from.agent = in.nextIntValue(0);
        from.region = in.nextIntValue(0);
        int flags = in.nextIntValue(0);
        from.newNetwork = (flags & 1) != 0;
        from.newAgent = (flags & 2) != 0;
        from.foreignNetwork = (flags & 4) != 0;
        from.foreignRegion = (flags & 8) != 0;
        return from;
    }
}
