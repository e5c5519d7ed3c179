package dev.tocsin.core.detect;

import dev.tocsin.core.credential.Stolen;
import dev.tocsin.core.finding.Signal;
import java.util.function.Consumer;

/** Speaks of resources' credentials that are used where the resource is not; the engine judges from where they are used. */
public non-sealed interface CredentialDetector extends Detector {

    /** Says what {@code stolen} is. */
    void observe(Stolen stolen, Context context, Consumer<Signal> out);
}
