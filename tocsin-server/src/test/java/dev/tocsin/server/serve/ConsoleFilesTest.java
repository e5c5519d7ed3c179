package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConsoleFilesTest extends ServiceFixture {

    private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

    @Test
    void theDocumentMayLoadNothingFromElsewhere() throws IOException, InterruptedException {
        Answer answer = open("GET", "/", "");
        assertEquals(200, answer.status());
        String policy =
                answer.raw().headers().firstValue("content-security-policy").orElse("");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
        assertFalse(policy.contains("http"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertEquals(
                "no-cache", answer.raw().headers().firstValue("cache-control").orElse(""));
        Matcher script = SCRIPT.matcher(answer.raw().body());
        assertTrue(script.find(), answer.raw().body());
        Answer file = open("GET", script.group(1), "");
        assertEquals(200, file.status());
        assertTrue(file.raw().headers().firstValue("cache-control").orElse("").contains("immutable"));
        assertEquals(
                "text/javascript; charset=utf-8",
                file.raw().headers().firstValue("content-type").orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"/assets/none.js, 404", "/assets/../Service.class, 403", "/assets/%2e%2e/x.js, 403", "/nothing.js, 404"
    })
    void nothingElseIsServed(String path, int status) throws IOException, InterruptedException {
        assertEquals(status, open("GET", path, "").status());
    }
}
