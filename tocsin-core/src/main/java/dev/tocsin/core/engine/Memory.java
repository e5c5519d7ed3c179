package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;

/** The facts that detectors remember for a key: one small object each. */
final class Memory {

    static final StateKind<Doc> KIND = new StateKind<>("memory", 1, new StateKind.Codec<>() {
        @Override
        public void write(Doc fact, JsonGenerator out) throws IOException {
            fact.write(out);
        }

        @Override
        public Doc read(JsonParser in, int version) throws IOException {
            in.nextToken();
            return Doc.read(in);
        }
    });

    private Memory() {}

    /** The entry's name: each detector has names of its own. */
    static String entry(Detector detector, String name) {
        return detector.getClass().getSimpleName() + "/" + name;
    }
}
