package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.FindingType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TechniquesTest {

    @Test
    void eachTechniqueOfATypeHasAName() {
        List<String> nameless = Detectors.types().values().stream()
                .map(FindingType::technique)
                .filter(id -> id != null && id.equals(Techniques.named(id)))
                .distinct()
                .sorted()
                .toList();
        assertEquals(List.of(), nameless);
    }

    @Test
    void whatIsNotKnownStandsAlone() {
        assertEquals("T1098 - Account Manipulation", Techniques.named("T1098"));
        assertEquals("T9999", Techniques.named("T9999"));
    }
}
