package dev.tocsin.core.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class DocTest {

    private static final class Tally implements Doc.Form {
        private long count;

        @Override
        public Doc toDoc() {
            return new Doc().with("count", count);
        }
    }

    @Test
    void aFormIsWrittenAsItIsThen() {
        Tally tally = new Tally();
        Doc doc = new Doc().with("tally", tally).with("name", "a");
        tally.count = 3;
        assertEquals("{\"tally\":{\"count\":3},\"name\":\"a\"}", doc.toJson());
        assertEquals(3, doc.part("tally").number("count", 0));
    }
}
