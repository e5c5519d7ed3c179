package dev.tocsin.server.inspect;

import dev.tocsin.core.detect.BucketDetector;
import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.SessionDetector;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Times;
import dev.tocsin.core.identity.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Of the calls of an identity that were held against habits, the one that came nearest to a type, by the parts of its evidence. */
final class JudgedCalls {

    private static final String BETWEEN = ", ";

    private final FindingType type;
    private final Entity who;
    private final long from;
    private final long to;
    private @Nullable Judged nearest;
    private long calls;

    /** For {@code type}; only calls from {@code from} to {@code to} count, epoch seconds. */
    JudgedCalls(FindingType type, Entity who, long from, long to) {
        this.type = type;
        this.who = who;
        this.from = from;
        this.to = to;
    }

    /** Takes what came of a call. */
    void add(Judged one) {
        long at = one.call().at();
        if (one.type().equals(type.name()) && at >= from && at <= to && who.isIn(one.call())) {
            calls++;
            Judged before = nearest;
            if (before == null || (one.spoke() && !before.spoke()) || one.share() > before.share()) {
                nearest = one;
            }
        }
    }

    /** Whether the type judges calls against the habits of their identity. */
    private boolean isAsked() {
        return Stream.concat(Detectors.of(SessionDetector.class).stream(), Detectors.of(BucketDetector.class).stream())
                .map(Detector::types)
                .anyMatch(types -> types.contains(type));
    }

    /** The conditions of the call that came nearest, in order; none if the type is of another kind. */
    List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        if (!isAsked()) {
            return conditions;
        }
        Judged one = nearest;
        String evidence = "a call that serves it is evidence: likelier of an attacker than of the identity";
        if (one == null) {
            conditions.add(new Condition(false, evidence, "none: all are usual for it, its peers or the account"));
            return conditions;
        }
        conditions.add(new Condition(
                true,
                evidence,
                calls + " calls; nearest: " + one.call().action() + " at "
                        + Times.iso(one.call().at())));
        Judged.Channel way = one.nearest();
        conditions.add(new Condition(
                one.accountDays() >= way.learnDays(),
                "the account was active on " + way.learnDays() + " days of the month before",
                one.accountDays() + " days; the identity on " + one.ownDays()));
        String exception = one.exception();
        conditions.add(
                new Condition(exception == null, "nothing excepts it", exception == null ? "nothing" : exception));
        conditions.add(new Condition(
                way.share() >= 1,
                "the evidence reaches what one way takes: "
                        + one.channels().stream()
                                .map(channel -> channel.name() + " " + decimal(channel.threshold()))
                                .collect(Collectors.joining(" or ")),
                one.channels().stream()
                                .map(channel -> channel.name() + " " + decimal(channel.bits()))
                                .collect(Collectors.joining(BETWEEN))
                        + "; of "
                        + one.parts().stream()
                                .map(part -> part.name() + " " + decimal(part.bits()))
                                .collect(Collectors.joining(BETWEEN))));
        return conditions;
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
