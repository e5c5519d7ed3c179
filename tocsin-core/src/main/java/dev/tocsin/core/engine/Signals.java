package dev.tocsin.core.engine;

import dev.tocsin.core.finding.Signal;
import java.util.function.Consumer;

/** An output as what detectors speak to; a class and no method reference, which costs more to make for each record. */
record Signals(Output output) implements Consumer<Signal> {

    @Override
    public void accept(Signal signal) {
        output.signal(signal);
    }
}
