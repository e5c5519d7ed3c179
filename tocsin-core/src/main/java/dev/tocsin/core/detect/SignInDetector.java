package dev.tocsin.core.detect;

import dev.tocsin.core.credential.SignIn;
import dev.tocsin.core.finding.Signal;
import java.util.function.Consumer;

/** Speaks of people who sign in where they cannot be; the engine knows where they are. */
public non-sealed interface SignInDetector extends Detector {

    /** Says what {@code signIn} is. */
    void observe(SignIn signIn, Context context, Consumer<Signal> out);
}
