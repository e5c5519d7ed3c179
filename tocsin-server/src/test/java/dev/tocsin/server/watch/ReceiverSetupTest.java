package dev.tocsin.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.config.AccessKeyConfig;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.SourceConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReceiverSetupTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what                       | name   | path        | account      | log    | region       | format            | says
            no log                       | flow   | none        | none         | none   | none         | none              | expected one of
            a log that is none           | flow   | none        | none         | vpcflo | none         | none              | did you mean
            a short account              | flow   | none        | 1111         | dns    | none         | none              | accounts: expected 12 digits
            a Region that is none        | flow   | none        | none         | dns    | Frankfurt    | none              | region: expected
            a path of ours               | flow   | /tocsin/v1/x | none        | dns    | none         | none              | path: expected
            a path with a blank          | flow   | /a b        | none         | dns    | none         | none              | path: expected
            a name with a slash          | a/b    | none        | none         | dns    | none         | none              | expected a name
            a format with quotes         | flow   | none        | none         | vpcflow | none        | version "x"       | format: expected
            """)
    void refuses(
            String what,
            String name,
            String path,
            String account,
            String log,
            String region,
            String format,
            String says) {
        SourceConfig config = config(name, path, account, log, region, format);
        String message = assertThrows(ConfigException.class, () -> ReceiverSetup.source(name, config))
                .getMessage();
        assertTrue(message.contains(says), message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what                   | path   | account      | log        | region       | object
            one account and Region   | none   | 111122223333 | vpcflow    | eu-central-1 | firehose-http://s/aws-account-id=111122223333/aws-region=eu-central-1/vpcflowlogs/r-1
            an account               | /x/y   | 111122223333 | dns        | none         | firehose-http://s/aws-account-id=111122223333/vpcdnsquerylogs/r-1
            all                      | none   | none         | cloudtrail | none         | firehose-http://s/CloudTrail/r-1
            """)
    void namesItsObjects(String what, String path, String account, String log, String region, String object)
            throws ConfigException {
        assertEquals(
                object,
                ReceiverSetup.source("s", config("s", path, account, log, region, null))
                        .objectName("r-1"));
    }

    @Test
    void readsTheFormatAsAwsWritesIt() throws ConfigException {
        SourceConfig config = config("s", null, null, "vpcflow", null, "${version} ${account-id} ${srcaddr}");
        assertEquals(
                "version account-id srcaddr",
                ReceiverSetup.source("s", config).settings().format());
    }

    @Test
    void takesAKeyFromTheEnvironment() throws ConfigException {
        SourceConfig config = keyed(new AccessKeyConfig("KEY", null));
        String key = "k".repeat(32);
        assertEquals(Map.of("s", key), ReceiverSetup.keys(List.of(config), Map.of("KEY", key + "\n")));
        assertThrows(
                ConfigException.class,
                () -> ReceiverSetup.keys(List.of(config), Map.of("KEY", "k".repeat(31))),
                "too short");
        assertThrows(ConfigException.class, () -> ReceiverSetup.keys(List.of(config), Map.of()), "not there");
        SourceConfig both = keyed(new AccessKeyConfig("KEY", "file"));
        assertThrows(ConfigException.class, () -> ReceiverSetup.keys(List.of(both), Map.of("KEY", key)), "both");
    }

    private static SourceConfig keyed(AccessKeyConfig key) {
        return new SourceConfig(
                "s",
                "firehose-http",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "dns",
                null,
                null,
                key,
                null,
                null,
                null,
                null);
    }

    private static SourceConfig config(
            String name, String path, String account, String log, String region, String format) {
        return new SourceConfig(
                name,
                "firehose-http",
                path,
                null,
                null,
                null,
                null,
                null,
                null,
                account == null ? null : List.of(account),
                log,
                region,
                format,
                null,
                null,
                null,
                null,
                null);
    }
}
