package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import org.jspecify.annotations.Nullable;

/**
 * A call about a bucket that its identity's habits do not explain.
 *
 * @param call the call
 * @param bucket its name
 * @param askedBits evidence of API and bucket
 * @param contextBits evidence of network and tool
 * @param bits what the two come to
 * @param threshold the bits from which it speaks
 * @param since epoch day of the finding that it goes on with
 * @param activeDays days of history of the identity at buckets
 * @param volume how many calls there were and are usual
 * @param byVolume whether it is the number of calls that is unusual
 */
public record UnusualBucketUse(
        ApiCall call,
        String bucket,
        BucketPurpose purpose,
        double askedBits,
        double contextBits,
        double bits,
        double threshold,
        long since,
        int activeDays,
        Volumes volume,
        boolean byVolume) {

    /** Calls of the purpose in the last 24 hours, and on days before. */
    public record Volume(long pastDay, double mean, int most, int days) {}

    /** By the identity at the bucket, by anybody at it, by the identity anywhere. */
    public record Volumes(
            Volume pair,
            Volume bucket,
            Volume identity,
            @Nullable Double bits) {}
}
