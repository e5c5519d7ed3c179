package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.FindingType;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules about detectors, over all of them. */
final class DetectorsTest {

    static Iterable<FindingType> types() {
        return Detectors.types().values();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeSaysWhatAPersonNeeds(FindingType type) {
        assertTrue(type.name().matches("[A-Z][A-Za-z]+:[A-Za-z0-9]+/[A-Za-z0-9&.!]+"), "GuardDuty's grammar (F33)");
        assertTrue(type.severity() >= 1 && type.severity() <= 10, "severity 1 to 10 (F30)");
        assertFalse(type.title().isBlank(), "title");
        assertFalse(type.description().isBlank(), "description");
        assertFalse(type.firesWhen().isBlank(), "fires when");
        assertFalse(type.doesNotSee().isBlank(), "does not see");
        assertFalse(type.nextSteps().isBlank(), "next steps");
    }

    @ParameterizedTest
    @MethodSource("types")
    void textsNameFactsInPairedBraces(FindingType type) {
        String text = type.title() + type.description();
        Matcher names = Pattern.compile("\\{[a-zA-Z]+}").matcher(text);
        long named = names.results().count();
        assertEquals(named, text.chars().filter(c -> c == '{').count(), "opening braces");
        assertEquals(named, text.chars().filter(c -> c == '}').count(), "closing braces");
    }

    @Test
    void noTwoDetectorsSpeakOneType() {
        Set<String> seen = new HashSet<>();
        for (Detector detector : Detectors.ALL) {
            for (FindingType type : detector.types()) {
                assertTrue(seen.add(type.name()), type.name() + " is spoken twice");
            }
        }
    }
}
