package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import org.junit.jupiter.api.Test;

final class SelftestCommandTest extends CommandFixture {

    /** A type that misses here has no record in the resources of the scenario: add one, named after it. */
    @Test
    void everyTypeIsPlayedAndFires() {
        int exit = tocsin("selftest");
        assertEquals(
                "",
                String.join(
                        "\n",
                        out.toString()
                                .lines()
                                .filter(line -> line.startsWith("MISSING"))
                                .toList()));
        assertEquals(0, exit);
        assertTrue(out.toString().endsWith("All " + Detectors.types().size() + " types fired.\n"), out.toString());
    }

    @Test
    void saysWhy() {
        tocsin("selftest");
        assertTrue(out.toString().contains("""
                fired    Stealth:IAMUser/CloudTrailLoggingDisabled
                         it fires when\
                """), out.toString());
        assertTrue(
                out.toString()
                        .contains("here: AWS CloudTrail trail selftest was disabled. (calls.jsonl at 2026-01-05T"),
                out.toString());
    }
}
