package dev.tocsin.server.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReportTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain          | plain
            =1+1           | '=1+1
            +49            | '+49
            -1             | '-1
            @SUM(A1)       | '@SUM(A1)
            a,b            | "a,b"
            say "no"       | "say ""no""\"
            """)
    void cellsAreNoFormulas(String cell, String written) {
        assertEquals(written, CsvWriter.quoted(cell));
    }

    @ParameterizedTest
    @CsvSource({"a\u001b[31mred, a\\u001b[31mred", "user\u202egnp, user\\u202egnp", "a\u200bb, a\\u200bb", "élan, élan"
    })
    void terminalsAreNotObeyed(String text, String shown) {
        assertEquals(shown, Plain.text(text));
    }
}
