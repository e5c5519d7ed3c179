package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Signal;
import java.util.function.Consumer;

/** Judges flows of one interface, after direction is known. */
public non-sealed interface FlowDetector extends Detector {

    /** Judges {@code conversation}: a flow with its local and remote side and who opened it. */
    void observe(Conversation conversation, Context context, Consumer<Signal> out);
}
