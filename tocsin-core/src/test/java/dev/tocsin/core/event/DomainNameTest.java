package dev.tocsin.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One form inside, and nothing thrown. */
final class DomainNameTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        # what it is                            | raw                              | inside
        plain                                   | www.example.com                  | www.example.com
        with the final dot                      | www.example.com.                 | www.example.com
        upper case                              | WWW.Example.COM.                 | www.example.com
        raw UTF-8                               | münchen.example.                 | xn--mnchen-3ya.example
        raw UTF-8, upper case                   | MÜNCHEN.example                  | xn--mnchen-3ya.example
        Route 53's octal escapes                | m\\303\\274nchen.example.          | xn--mnchen-3ya.example
        A-label                                 | xn--mnchen-3ya.example           | xn--mnchen-3ya.example
        A-label, upper case                     | XN--MNCHEN-3YA.example           | xn--mnchen-3ya.example
        invalid xn--                            | xn--zzzz\\377.example.            | xn--zzzz\\377.example
        an escaped blank stays                  | my\\040printer.example.com        | my\\040printer.example.com
        an escaped dot is no boundary           | c2\\056threat.example             | c2\\056threat.example
        an escaped letter is the letter         | \\103om.example                   | com.example
        a cut escape                            | a\\3                              | a\\3
        the root                                | .                                | .
        an ideographic full stop makes no label | a。b.example                      | a。b.example
        underscores                             | _ldap._tcp.dc.example            | _ldap._tcp.dc.example
        empty labels                            | ..A..                            | ..a.
        nothing                                 | ""                               | ""
        """)
    void normalizes(String what, String raw, String inside) {
        assertEquals(inside, DomainName.normalize(raw), what);
    }

    @Test
    void givesTheSameTextBackIfThereIsNothingToDo() {
        String name = "www.example.com";
        assertSame(name, DomainName.normalize(name));
    }

    @Test
    void survivesLongNames() {
        assertEquals("a".repeat(4000), DomainName.normalize("A".repeat(4000)));
        assertEquals("ü".repeat(64) + ".example", DomainName.normalize("ü".repeat(64) + ".example"));
    }
}
