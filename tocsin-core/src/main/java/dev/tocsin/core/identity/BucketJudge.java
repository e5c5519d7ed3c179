package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds calls about buckets against the habits of their identity and its peers: what was asked and where from, and how much
 * (anomaly research 3.4 and 3.6; the constants for buckets are ours). Sees each identity's calls in the order of time.
 */
public final class BucketJudge {

    /** Active days of the account in S3's logs before it speaks; as for other calls by their context. */
    static final int LEARN_DAYS = 7;

    /** Days with calls of the same kind before a number of calls is unusual. */
    static final int VOLUME_DAYS = 7;

    /** Calls in 24 hours below which no number is unusual. */
    static final int VOLUME_LEAST = 500;

    /** How often the most of any day before must be exceeded (anomaly research 3.6). */
    static final double VOLUME_FACTOR = 3;

    /** Bits of improbability of a day's number, 1 in 100,000 (anomaly research 3.6). */
    static final double VOLUME_BITS = 16.6;

    /** Taken off where what is asked is usual: then network and tool must both be new. */
    static final double USUAL_BITS = 3;

    /** Bits at which it speaks: those of the tactics of other calls where there are such. */
    private static final Map<BucketPurpose, Double> THRESHOLDS = Map.of(
            BucketPurpose.DISCOVERY, 8.3,
            BucketPurpose.EXFILTRATION, 6.4,
            BucketPurpose.WRITE, 8.5,
            BucketPurpose.DELETE, 8.5,
            BucketPurpose.PERMISSION, 7.1);

    private final Account account;
    private final @Nullable Integer learnDays;
    private @Nullable Judged judged;

    /** A judge over what {@code account} does with buckets; {@code learnDays} as the operator wants it, or null. */
    public BucketJudge(Account account, @Nullable Integer learnDays) {
        this.account = account;
        this.learnDays = learnDays;
    }

    /**
     * Judges calls of {@code actor} that are alike; the profile learns them.
     *
     * @param profile what the identity does with buckets
     * @param elsewhere what it does with everything else, or null if that is not known
     * @param volumes what is told of how much is called
     */
    public @Nullable UnusualBucketUse judge(
            ApiCall call,
            String bucket,
            BucketPurpose purpose,
            Actor actor,
            Values values,
            Profile profile,
            @Nullable Profile elsewhere,
            UnusualBucketUse.Volumes volumes) {
        long day = Math.floorDiv(call.at(), 86_400L);
        ValueTable table = profile.table();
        int active = table.activeBefore(day);
        int own = active < Trial.OWN_DAYS ? 0 : active;
        double asked = Math.max(bits(Feature.API, 0.1, 4, actor, values, table, own, day), 0)
                + Math.max(bits(Feature.BUCKET, 0.1, 5, actor, values, table, own, day), 0);
        boolean home = elsewhere != null && elsewhere.usedBefore(Feature.NETWORK, values.network(), day);
        boolean ownTool = elsewhere != null && elsewhere.usedBefore(Feature.AGENT, values.agent(), day);
        double network = bits(Feature.NETWORK, 0.02, 6, actor, values, table, own, day);
        double tool = bits(Feature.AGENT, 0.15, 4, actor, values, table, own, day);
        double context = 1.25 * (home ? Math.min(network, 0) : network) + 1.25 * (ownTool ? Math.min(tool, 0) : tool);
        boolean known =
                own > 0 || (elsewhere != null && elsewhere.activeBefore(day) >= Trial.OWN_DAYS && !home && !ownTool);
        double bits = (asked >= 1 ? context : context - USUAL_BITS) + Math.min(asked, 6) / 4;
        double threshold = THRESHOLDS.getOrDefault(purpose, 9.0);
        int learn = learnDays == null ? LEARN_DAYS : learnDays;
        boolean learned = account.activeBefore(day) >= learn;
        Double volumeBits = volumes.bits();
        boolean byVolume = volumeBits != null;
        boolean byContext = known && bits >= threshold;
        boolean speaks = learned && !actor.serviceLinked() && (byContext || byVolume);
        UnusualBucketUse unusual = speaks
                ? new UnusualBucketUse(
                        call,
                        bucket,
                        purpose,
                        asked,
                        context,
                        bits,
                        threshold,
                        profile.disputedSince(values, day),
                        active,
                        volumes,
                        byVolume && !byContext)
                : null;
        judged = new Judged(
                call,
                purpose.typeName(),
                actor.key(),
                List.of(
                        new Judged.Part("API and bucket", asked),
                        new Judged.Part("network and tool", context),
                        new Judged.Part("calls in 24 hours", volumes.identity().pastDay()),
                        new Judged.Part(
                                "most on a day before", volumes.identity().most())),
                List.of(
                        new Judged.Channel("context", bits, threshold, learn),
                        new Judged.Channel("volume", volumeBits == null ? 0 : volumeBits, VOLUME_BITS, learn)),
                account.activeBefore(day),
                active,
                known ? null : "it is hardly known, and neither network nor tool speaks against it",
                speaks);
        learn(actor, values, profile, day);
        if (unusual != null && !unusual.byVolume()) {
            dispute(values, profile, day);
        }
        return unusual;
    }

    /** What came of the call judged last, in detail. */
    public @Nullable Judged judged() {
        return judged;
    }

    private void learn(Actor actor, Values values, Profile profile, long day) {
        for (Feature feature : values.features()) {
            long value = values.of(feature);
            if (!profile.table().knows(feature, value) && !profile.isDisputed(feature, value, day)) {
                account.commons(feature).add(value, actor.peers());
            }
            profile.learn(feature, value, day);
        }
    }

    /** What the call had that the identity had not before teaches nothing for a while. */
    private static void dispute(Values values, Profile profile, long day) {
        Session suspect = new Session();
        for (Feature feature : values.features()) {
            if (profile.table().daysBefore(feature, values.of(feature), day) == 0) {
                suspect.fresh(feature, values.of(feature));
            }
        }
        profile.dispute(suspect, day);
    }

    /** How unusual the value of {@code feature} is, in bits against {@code usual}; -1 to {@code most}. */
    private double bits(
            Feature feature,
            double usual,
            double most,
            Actor actor,
            Values values,
            ValueTable table,
            int own,
            long day) {
        long value = values.of(feature);
        double peers =
                Surprise.amongPeers(account.commons(feature), value, actor.peers(), Surprise.world(feature, true));
        double share = own == 0
                ? peers
                : Surprise.own(table.daysBefore(feature, value, day), table.counts(feature, day), peers);
        return Math.clamp(Surprise.log2(usual / Math.max(share, 1e-12)), -1, most);
    }

    /** What is told of the numbers of calls; with bits if the identity's is unusual, for the bucket or over all. */
    public static UnusualBucketUse.Volumes volumes(
            String bucket, BucketPurpose purpose, BucketVolumes identity, BucketVolumes everybody) {
        CallVolume pair = identity.of(bucket, purpose);
        CallVolume all = identity.of(BucketVolumes.ALL, purpose);
        double pairBits = unusualBits(pair);
        double allBits = unusualBits(all);
        boolean known = pair.history().days() >= VOLUME_DAYS;
        boolean most = pair.pastDay() * 2 >= all.pastDay();
        boolean byPair = pairBits > 0 && all.pastDay() > all.history().most();
        boolean byAll = allBits > 0 && most && (!known || pairBits > 0);
        boolean counted = purpose == BucketPurpose.EXFILTRATION || purpose == BucketPurpose.DELETE;
        return new UnusualBucketUse.Volumes(
                told(pair),
                told(everybody.of(bucket, purpose)),
                told(all),
                counted && (byPair || byAll) ? Double.valueOf(Math.max(pairBits, allBits)) : null);
    }

    /** The numbers led to a finding: they are not what is usual. */
    public static void dispute(String bucket, BucketPurpose purpose, BucketVolumes identity) {
        identity.of(bucket, purpose).dispute();
        identity.of(BucketVolumes.ALL, purpose).dispute();
    }

    private static double unusualBits(CallVolume volume) {
        CallVolume.History history = volume.history();
        long calls = volume.pastDay();
        if (history.days() < VOLUME_DAYS || calls < VOLUME_LEAST || calls <= VOLUME_FACTOR * history.most()) {
            return 0;
        }
        double bits = VolumeTail.bits(calls, history.mean(), history.variance());
        return bits >= VOLUME_BITS ? bits : 0;
    }

    private static UnusualBucketUse.Volume told(CallVolume volume) {
        CallVolume.History history = volume.history();
        return new UnusualBucketUse.Volume(volume.pastDay(), history.mean(), history.most(), history.days());
    }
}
