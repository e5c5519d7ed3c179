package dev.tocsin.core.detect;

import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.identity.UnusualBucketUse;
import dev.tocsin.core.identity.Usual;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Speaks of calls about buckets that their identity's habits do not explain; the engine judges the habits. */
public non-sealed interface BucketDetector extends Detector {

    /** The event names that {@link #fields} are taken from. */
    Set<String> actions();

    /** The fields below the envelope that the habits are of. */
    List<FieldPath> fields();

    /** Says what {@code unusual} is, where {@code usual} is usual. */
    void observe(UnusualBucketUse unusual, Usual usual, Context context, Consumer<Signal> out);
}
