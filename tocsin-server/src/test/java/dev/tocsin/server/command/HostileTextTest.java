package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs and names of files that would speak to the terminal: nothing of it is obeyed there, whatever the command. */
final class HostileTextTest extends CommandFixture {

    private static final String ESCAPES = "\\u001b]0;owned\\u0007\\u009b2J\\u202ereversed\\u200b\\u0000";

    @BeforeEach
    void logs() throws IOException {
        object(
                "a\u001b[31m\u202e.json.gz",
                KALI.replace("\"userName\":\"alice\"", "\"userName\":\"alice" + ESCAPES + "\"")
                        .replace("user/alice", "user/alice" + ESCAPES)
                        .replace("aws-cli/2.9.19", "aws-cli/2.9.19" + ESCAPES),
                call("StopLogging", 8, "e-2").replace("\"main\"", "\"main" + ESCAPES + "\""));
        Files.writeString(folder.resolve("broken\u001b[2J.json"), "{\"Records\":[" + KALI + ",{\"eventVer" + ESCAPES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze --format table --noise --progress always",
                "doctor",
                "explain --entity 203.0.113.10",
                "explain --why-not PenTest:IAMUser/KaliLinux --principal AIDAEXAMPLE",
                "analyze --tread \u001b[2J",
                "types \u001b[2J",
                "nothing\u001b[2J",
                "analyze --config \u001b[2J"
            })
    void nothingIsObeyed(String command) {
        String[] words = (command + " " + folder).split(" ");
        int exit = tocsin(words);
        String said = (out.toString() + err).replace("\r", "");
        assertTrue(exit >= 0 && !said.isEmpty());
        assertEquals("", said.replaceAll("[^\\p{Cntrl}\\p{Cf}]|\n", ""), said);
    }
}
