package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SelftestCommandTest extends CommandFixture {

    @Test
    void firesEveryTypePlayedAndSaysWhy() {
        assertEquals(0, tocsin("selftest"), out.toString());
        assertTrue(out.toString().contains("fired      Policy:IAMUser/ShortTermRootCredentialUsage"), out.toString());
        assertTrue(out.toString().contains("here: AWS CloudTrail trail selftest-trail was disabled."), out.toString());
    }
}
