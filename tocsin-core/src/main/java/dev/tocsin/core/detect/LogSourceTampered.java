package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code DefenseEvasion:IAMUser/LogSourceTampered}, a type of our own: a log that detection reads, or something it hangs
 * on, was stopped, narrowed, redirected or starved, or somebody tried.
 */
final class LogSourceTampered implements ApiCallDetector {

    static final FindingType TYPE = FindingType.named("DefenseEvasion:IAMUser/LogSourceTampered")
            .feature(FindingType.Feature.TOCSIN)
            .severity(5)
            .texts(
                    "Log source {source} was tampered with.",
                    "{user} called {api}: {what}. What happens after it may leave no trace in this log. GuardDuty has no"
                            + " such type: it is Tocsin's own.")
            .firesWhen(
                    "a call, successful or failed (then Low), stops, deletes or narrows a trail, flow log or resolver"
                            + " query log; or takes away, empties or shuts off a bucket, log group, topic or key that a known"
                            + " one of them, or a source of 'tocsin serve', needs; or takes the queue or the role of such a"
                            + " source, its stream, delivery stream, rule or secret, or what it may do. No filter hides it, and no roll-up takes in what succeeded.")
            .doesNotSee(
                    "buckets, groups, topics and keys of logs whose making was not in the records read; keys named by"
                            + " an alias, unless a source of 'tocsin serve' hangs on them; that a log is replaced by a better"
                            + " one.")
            .nextSteps(
                    "Restore the log, find out who called and whether it was planned, and read what these credentials"
                            + " did before and after in logs that still run.")
            .technique("T1562.008")
            .neverHidden()
            .version(3)
            .build();

    /** Severity of an attempt that failed. */
    static final double ATTEMPT = 2;

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public Set<String> actions() {
        return Stream.concat(LogSourceChange.ACTIONS.stream(), StreamSourceChange.ACTIONS.stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public List<FieldPath> fields() {
        return Stream.concat(LogSourceChange.FIELDS.stream(), StreamSourceChange.FIELDS.stream())
                .distinct()
                .toList();
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        LogSources sources = new LogSources(this, context);
        LogSourceChange change = LogSourceChange.of(call, sources);
        if (!call.failed()) {
            sources.learn(call);
        }
        if (change != null) {
            out.accept(signal(call, change, context));
        }
    }

    private static Signal signal(ApiCall call, LogSourceChange change, Context context) {
        ApiCallSignal signal = ApiCallSignal.of(TYPE, call, context)
                .fact("source", change.source())
                .fact("what", change.what() + (call.failed() ? " (the call failed)" : ""))
                .additional("logSource", change.source())
                .additional("change", change.what())
                .aggregation(change.source());
        return (call.failed() ? signal.severity(ATTEMPT) : signal).build();
    }

    /** The last part of an ARN or name: what is left of a key, group, topic or bucket whatever way it is named. */
    static String lastPart(@Nullable String name) {
        return name == null ? "" : name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
    }
}
