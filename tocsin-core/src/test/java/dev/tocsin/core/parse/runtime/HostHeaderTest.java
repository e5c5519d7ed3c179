package dev.tocsin.core.parse.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.Host;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostHeaderTest {

    @Test
    void readsWhatItWrites() throws IOException {
        Host host = new Host(
                "123456789012",
                "eu-west-1",
                "i-0123456789abcdef0",
                "web-1",
                "tracee",
                "agent-7",
                17,
                "prod",
                "node-1",
                "arn:aws:ecs:eu-west-1:123456789012:task/c/1",
                "arn:aws:ecs:eu-west-1:123456789012:cluster/c");
        String line = new HostHeader(host).write();
        assertTrue(line.startsWith(HostHeader.MARK + "{\"version\":1,"), line);
        assertEquals(host, HostHeader.parse(line).host());
    }

    @Test
    void leavesOutWhatIsUnknown() throws IOException {
        Host host = Host.of("123456789012", "eu-west-1", "web-1", "auditd");
        assertEquals(
                HostHeader.MARK
                        + "{\"version\":1,\"accountId\":\"123456789012\",\"region\":\"eu-west-1\",\"hostname\":\"web-1\","
                        + "\"tool\":\"auditd\"}",
                new HostHeader(host).write());
        assertEquals(host, HostHeader.parse(new HostHeader(host).write()).host());
        assertEquals("123456789012/eu-west-1/web-1", host.key());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            another version  | {"version":2,"accountId":"123456789012","region":"eu-west-1","tool":"auditd"} | version 2
            no account       | {"version":1,"region":"eu-west-1","tool":"auditd"}                            | accountId null
            no real Region   | {"version":1,"accountId":"123456789012","region":"../x","tool":"auditd"}      | region ../x
            another tool     | {"version":1,"accountId":"123456789012","region":"eu-west-1","tool":"sysdig"} | expected one of auditd
            no instance's id | {"version":1,"accountId":"123456789012","region":"eu-west-1","tool":"auditd","instanceId":"i-x"} | instanceId i-x
            no JSON          | {"version":1                                                                  | no JSON object
            no object        | []                                                                            | no JSON object
            """)
    void refuses(String name, String json, String message) {
        IOException refused = assertThrows(IOException.class, () -> HostHeader.parse(HostHeader.MARK + json));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }
}
