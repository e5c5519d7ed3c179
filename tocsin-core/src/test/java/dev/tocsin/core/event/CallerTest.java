package dev.tocsin.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallerTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            203.0.113.10              | 203.0.113.10 | false
            203.0.113.10:443          | 203.0.113.10 | false
            [2001:db8::1]:443         | 2001:db8::1  | false
            fe80::1%eth0              | fe80::1      | false
            '203.0.113.10, 10.0.0.1'  | 203.0.113.10 | false
            config.amazonaws.com      | none         | true
            AWS Internal              | none         | true
            something else            | none         | false
            """)
    void readsEveryForm(String text, String address, boolean service) {
        Caller caller = Caller.of(text);
        assertEquals(address, caller.address() == null ? null : caller.address().toString());
        assertEquals(service, caller.isService());
    }
}
