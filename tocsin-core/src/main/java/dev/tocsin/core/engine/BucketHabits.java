package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.BucketDetector;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.identity.Account;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.BucketJudge;
import dev.tocsin.core.identity.BucketPurpose;
import dev.tocsin.core.identity.BucketUse;
import dev.tocsin.core.identity.BucketVolumes;
import dev.tocsin.core.identity.Feature;
import dev.tocsin.core.identity.Held;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.identity.Profile;
import dev.tocsin.core.identity.UnusualBucketUse;
import dev.tocsin.core.identity.Usual;
import dev.tocsin.core.identity.Values;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account's identities do with its buckets. Calls are held for ten minutes and then judged in their order, alike ones
 * as one with their number; so that a busy reader costs one count a call.
 */
final class BucketHabits {

    /** Seconds for which calls are held together. */
    private static final long SPAN = 600;

    /** Buckets of an account whose use is kept; beyond that those not used longest go. */
    static final int MOST_BUCKETS = 5_000;

    private static final long DAY = 86_400;
    private static final String ONLY = "";
    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");

    /** Callers of other accounts and without an account: they have one profile together, which judges numbers alone. */
    private static final Actor FOREIGN = new Actor("foreign", Actor.Peers.ROLES, false);

    private static final StateKind<Account> ACCOUNT =
            kind("bucketHabits", Account::write, in -> Account.read(Feature.OF_BUCKETS, in));
    private static final StateKind<Profile> PROFILE = kind("bucketProfile", Profile::write, Profile::read);
    private static final StateKind<BucketVolumes> BY_IDENTITY =
            kind("bucketCalls", BucketVolumes::write, BucketVolumes::read);
    private static final StateKind<BucketUse> BY_BUCKET = kind("bucketUse", BucketUse::write, BucketUse::read);

    private interface Writing<S> {
        void write(S state, JsonGenerator out) throws IOException;
    }

    private interface Reading<S> {
        S read(JsonParser in) throws IOException;
    }

    private static <S> StateKind<S> kind(String name, Writing<S> writing, Reading<S> reading) {
        return new StateKind<>(name, 1, new StateKind.Codec<>() {
            @Override
            public void write(S state, JsonGenerator out) throws IOException {
                writing.write(state, out);
            }

            @Override
            public S read(JsonParser in, int version) throws IOException {
                return reading.read(in);
            }
        });
    }

    private final EngineServices services;
    private final List<BucketDetector> detectors;
    private final Parties parties;
    private final AccountUse use;
    private final HeldCalls held = new HeldCalls(SPAN, "heldBucketCalls", "heldBucketShares");
    private final Cap profiles = new Cap("bucketProfileCount", Cap.MOST_PROFILES);
    private final Cap callers = new Cap("bucketCallerCount", Cap.MOST_PROFILES);
    private final Cap buckets = new Cap("bucketCount", MOST_BUCKETS);

    BucketHabits(EngineServices services, List<BucketDetector> detectors, Parties parties) {
        this.services = services;
        this.detectors = detectors;
        this.parties = parties;
        this.use = AccountUse.ofBuckets(parties.networks());
    }

    /** Takes a call of {@code party} that is no duplicate. */
    void observe(ApiCall call, Party party, KeyContext context) {
        BucketPurpose purpose = detectors.isEmpty() ? null : BucketPurpose.of(call);
        if (purpose == null || party.byService()) {
            return;
        }
        String bucket = call.field(BUCKET);
        Actor actor = actor(call, party);
        if (bucket != null && actor != null && held.end(call.at()) > context.watermark()) {
            Values values = party.valuesOfBucket(call, bucket);
            held.add(new Held.Some(call, 1), actor, values, call.at(), context);
        }
    }

    private static @Nullable Actor actor(ApiCall call, Party party) {
        Actor actor = party.actor();
        return actor != null ? actor : "AWSAccount".equals(call.identity().type()) ? FOREIGN : null;
    }

    /** Judges the calls of the span that ends at {@code at}. */
    void judge(long at, KeyContext context, Output out) {
        List<Held.Some> calls = held.take(at, context);
        if (calls.isEmpty()) {
            return;
        }
        DetectorContext detectorContext = new DetectorContext(services, context);
        count(calls, context, detectorContext);
        Account known = context.get(ACCOUNT, ONLY);
        Account account = known == null ? new Account(Feature.OF_BUCKETS) : known;
        BucketJudge judge = new BucketJudge(account, services.learnDays());
        for (Held.Some some : calls) {
            account.seen(Math.floorDiv(some.first().at(), DAY));
            judge(some.first(), judge, context, detectorContext, out);
        }
        context.put(ACCOUNT, ONLY, account);
    }

    /** Adds all calls up before the first is judged, so that one of many is not told with less than there were. */
    private void count(List<Held.Some> calls, KeyContext context, DetectorContext detectorContext) {
        for (Held.Some some : calls) {
            ApiCall call = some.first();
            Actor actor = actor(call, parties.of(call, detectorContext));
            String bucket = call.field(BUCKET);
            BucketPurpose purpose = BucketPurpose.of(call);
            if (actor == null || bucket == null || purpose == null) {
                continue;
            }
            BucketVolumes known = context.get(BY_IDENTITY, actor.key());
            BucketVolumes identity = known == null ? new BucketVolumes() : known;
            identity.add(bucket, purpose, call.at(), some.count());
            identity.add(BucketVolumes.ALL, purpose, call.at(), some.count());
            context.put(BY_IDENTITY, actor.key(), identity);
            if (known == null) {
                callers.added(BY_IDENTITY, BucketVolumes::newest, context);
            }
            BucketUse met = context.get(BY_BUCKET, bucket);
            BucketUse everybody = met == null ? new BucketUse() : met;
            everybody.volumes().add(bucket, purpose, call.at(), some.count());
            context.put(BY_BUCKET, bucket, everybody);
            if (met == null) {
                buckets.added(BY_BUCKET, BucketUse::day, context);
            }
        }
    }

    private void judge(
            ApiCall call, BucketJudge judge, KeyContext context, DetectorContext detectorContext, Output out) {
        Party party = parties.of(call, detectorContext);
        Actor actor = actor(call, party);
        String bucket = call.field(BUCKET);
        BucketPurpose purpose = BucketPurpose.of(call);
        if (actor == null || bucket == null || purpose == null) {
            return;
        }
        BucketVolumes counted = context.get(BY_IDENTITY, actor.key());
        BucketVolumes identity = counted == null ? new BucketVolumes() : counted;
        BucketUse met = context.get(BY_BUCKET, bucket);
        BucketUse everybody = met == null ? new BucketUse() : met;
        UnusualBucketUse.Volumes volumes = BucketJudge.volumes(bucket, purpose, identity, everybody.volumes());
        Profile known = context.get(PROFILE, actor.key());
        if (known == null && call.failed()) {
            return; // profiles are made at the first call that succeeds
        }
        Profile profile = known == null ? new Profile() : known;
        Values values = party.valuesOfBucket(call, bucket);
        long day = Math.floorDiv(call.at(), DAY);
        use.note(call, values, profile, day, context, detectorContext); // before what leads to a finding is disputed
        UnusualBucketUse unusual = judge.judge(
                call,
                bucket,
                purpose,
                actor,
                values,
                profile,
                context.get(IdentityProfiles.KIND, actor.key()),
                volumes);
        Judged judged = judge.judged();
        if (judged != null && !actor.equals(FOREIGN)) {
            out.judged(judged);
        }
        context.put(PROFILE, actor.key(), profile);
        if (known == null) {
            profiles.added(PROFILE, Profile::day, context);
        }
        if (unusual != null && (unusual.byVolume() || !actor.equals(FOREIGN))) {
            if (unusual.byVolume()) {
                BucketJudge.dispute(bucket, purpose, identity);
                context.put(BY_IDENTITY, actor.key(), identity);
            }
            Usual usual = use.usual(call, values, List.of(), profile, everybody, context, detectorContext);
            Signals signals = new Signals(out);
            detectors.forEach(detector -> detector.observe(unusual, usual, detectorContext, signals));
        }
        everybody.note(call.identity().displayName(), values.network(), day);
        context.put(BY_BUCKET, bucket, everybody);
    }
}
