package dev.tocsin.core.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an interface did on a day that is over, for the groups that its host belongs to.
 *
 * @param account the account
 * @param region the Region
 * @param interfaceId {@code eni-…}
 * @param instanceId {@code i-…}; null if the log does not say
 * @param day counted from 1970
 * @param at epoch seconds of a moment of that day, as of which it is told whose interface it was
 * @param values the values of {@link Habit} that it used, in their order
 * @param busiestHour bytes that it sent in its busiest hour
 */
public record DaySummary(
        String account,
        String region,
        String interfaceId,
        @Nullable String instanceId,
        long day,
        long at,
        List<Long> values,
        long busiestHour) {}
