package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Judges API calls, one at a time, with a short memory of the account where one record is not enough. */
public non-sealed interface ApiCallDetector extends Detector {

    /** The event names it wants to see (API date off); empty for every call. */
    Set<String> actions();

    /** The fields below the envelope that it reads, taken for its {@link #fieldActions} only. */
    default List<FieldPath> fields() {
        return List.of();
    }

    /** The event names that {@link #fields} are taken from; for those that see every call but read fields of few. */
    default Set<String> fieldActions() {
        return actions();
    }

    /** Adds the fields that it reads to {@code plan}. */
    default void plan(FieldPlan.Builder plan) {
        plan.take(fieldActions(), fields());
    }

    /**
     * Whether what it says hangs on the earlier calls that it remembers: then it is asked at once, for a word that is
     * provisional, and anew in the order of time once no earlier call is awaited.
     */
    default boolean inOrder() {
        return false;
    }

    /** Judges {@code call}; successful and failed calls alike come here. */
    void observe(ApiCall call, Context context, Consumer<Signal> out);
}
