package dev.tocsin.input.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of the folder comes out as its table says; a new case needs no code. */
final class CasesTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void comesOutAsExpected(Cases.Case expected) throws IOException {
        for (byte[] bytes : List.of(expected.bytes(), GeneratedInputs.gzip(expected.bytes()))) {
            ObjectReport report = new Collected().read(bytes, expected.name());
            assertEquals(
                    expected,
                    new Cases.Case(
                            expected.name(),
                            report.kind().wireName(),
                            report.status().wireName(),
                            report.accepted(),
                            report.ignored(),
                            report.rejected()),
                    report.toString());
        }
    }

    static List<Cases.Case> cases() throws IOException {
        return Cases.all();
    }
}
