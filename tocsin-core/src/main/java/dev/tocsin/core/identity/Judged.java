package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of holding a call against habits: the evidence by its parts and what it would have taken.
 *
 * @param call the call
 * @param type the finding type that it would be
 * @param principal what the identity's profile is kept under
 * @param parts what the evidence is made of
 * @param channels ways to a finding, of which one suffices
 * @param accountDays days on which the account was active in the month before
 * @param ownDays the same of the identity
 * @param exception why it makes no finding whatever the evidence, or null
 * @param spoke whether it led to a finding
 */
public record Judged(
        ApiCall call,
        String type,
        String principal,
        List<Part> parts,
        List<Channel> channels,
        int accountDays,
        int ownDays,
        @Nullable String exception,
        boolean spoke) {

    /** The share of a threshold from which evidence that does not reach it is a near miss. */
    public static final double NEAR = 0.8;

    /** A part of the evidence, in bits. */
    public record Part(String name, double bits) {}

    /**
     * A way to a finding.
     *
     * @param name context, calls or volume
     * @param bits the evidence
     * @param threshold from which it speaks
     * @param learnDays active days of the account before it does
     */
    public record Channel(String name, double bits, double threshold, int learnDays) {

        /** How much of what it takes there is: 1 and more suffices. */
        public double share() {
            return bits / threshold;
        }
    }

    /** How near it came: the best channel's {@link Channel#share}. */
    public double share() {
        return channels.stream().mapToDouble(Channel::share).max().orElse(0);
    }

    /** Whether it nearly led to a finding: by a channel that had learned, and by nothing but the evidence it did not. */
    public boolean isNearMiss() {
        return !spoke
                && exception == null
                && channels.stream()
                        .anyMatch(channel ->
                                accountDays >= channel.learnDays() && channel.share() >= NEAR && channel.share() < 1);
    }

    /** The channel that came nearest. */
    public Channel nearest() {
        Channel nearest = channels.getFirst();
        for (Channel channel : channels) {
            nearest = channel.share() > nearest.share() ? channel : nearest;
        }
        return nearest;
    }
}
