package dev.tocsin.core.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueryNameTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "none", textBlock = """
            # what                    | as the log has it              | inside
            final dot                 | www.example.com.               | www.example.com
            no final dot              | www.example.com                | www.example.com
            upper case                | WWW.Example.COM.               | www.example.com
            root                      | .                              | ""
            nothing                   | ""                             | ""
            A-label                   | xn--mnchen-3ya.example.        | xn--mnchen-3ya.example
            UTF-8                     | münchen.example.               | xn--mnchen-3ya.example
            upper case UTF-8          | MÜNCHEN.example.               | xn--mnchen-3ya.example
            octal UTF-8               | m\\303\\274nchen.example.      | xn--mnchen-3ya.example
            no letter of ASCII        | 例え.テスト.                   | xn--r8jz45g.xn--zckzah
            bytes that are no UTF-8   | xn--zzzz\\377.example.         | xn--zzzz\\377.example
            star                      | \\052.example.com.             | *.example.com
            blank                     | my\\040printer.example.com.    | my\\040printer.example.com
            blank as it is            | my printer.example.com.        | my\\040printer.example.com
            backslash                 | a\\134b.example.com.           | a\\134b.example.com
            escaped dot               | a\\.b.example.com.             | a\\056b.example.com
            backslash at the end      | a.b\\                          | a.b\\134
            underscores               | _ldap._tcp.dc._msdcs.x.        | _ldap._tcp.dc._msdcs.x
            an address                | 192.0.2.10.                    | 192.0.2.10
            empty label               | a..b.                          | none
            empty label, escapes      | \\052..b.                      | none
            dot first                 | .a.                            | none
            """)
    void hasOneForm(String name, String text, String expected) {
        assertEquals(expected, QueryName.of(text));
    }

    @Test
    void holdsTheLimitsOfNames() {
        String label = "a".repeat(63) + ".";
        assertEquals(253, QueryName.of(label.repeat(3) + "a".repeat(61) + ".").length(), "253 characters");
        assertNull(QueryName.of(label.repeat(3) + "a".repeat(62) + "."), "254 characters");
        assertNull(QueryName.of(label.repeat(60)), "3,840 characters");
        assertNull(QueryName.of("b".repeat(64) + ".example."), "a label of 64");
        assertNull(QueryName.of("B".repeat(64) + ".example."), "a label of 64 in upper case");
        assertNull(QueryName.of(label.toUpperCase(java.util.Locale.ROOT).repeat(3) + "a".repeat(62)), "254, upper");
        assertEquals(253, QueryName.of("a.".repeat(127)).length(), "127 labels");
        String escaped = "\\001".repeat(63) + ".";
        assertEquals(
                3 * 63 * 4 + 3 + 61 * 4,
                QueryName.of(escaped.repeat(3) + "\\001".repeat(61) + ".").length());
    }
}
