package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PasswordPolicyChangeTest {

    private final PasswordPolicyChange detector = new PasswordPolicyChange();
    private final CallFixture account = new CallFixture();

    /** Length, required kinds of four, expiry, passwords remembered. */
    private static ApiCall.Draft update(String policy) {
        String[] parts = policy.split(" ", -1);
        int kinds = Integer.parseInt(parts[1]);
        return CallFixture.with(
                CallFixture.call("iam", "UpdateAccountPasswordPolicy"),
                "minimumPasswordLength",
                parts[0].equals("-") ? null : parts[0],
                "requireSymbols",
                String.valueOf(kinds > 0),
                "requireNumbers",
                String.valueOf(kinds > 1),
                "requireUppercaseCharacters",
                String.valueOf(kinds > 2),
                "requireLowercaseCharacters",
                String.valueOf(kinds > 3),
                "maxPasswordAge",
                parts[2].equals("0") ? null : parts[2],
                "passwordReusePrevention",
                parts[3].equals("0") ? null : parts[3]);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what                                   | before       | now          | severity
            the same again                           | 14 4 90 24   | 14 4 90 24   | 0
            stronger in all                          | 8 3 0 0      | 14 4 90 24   | 0
            one character shorter                    | 14 4 90 24   | 13 4 90 24   | 2
            three shorter                            | 14 4 90 24   | 11 4 90 24   | 2
            four shorter                             | 14 4 90 24   | 10 4 90 24   | 5
            no symbols                               | 14 4 90 24   | 14 3 90 24   | 2
            two kinds less                           | 14 4 90 24   | 14 2 90 24   | 5
            expiry later                             | 14 4 90 24   | 14 4 91 24   | 2
            expiry sooner                            | 14 4 90 24   | 14 4 30 24   | 0
            no expiry                                | 14 4 90 24   | 14 4 0 24    | 2
            fewer remembered                         | 14 4 90 24   | 14 4 90 23   | 2
            three steps                              | 14 4 90 24   | 13 3 91 24   | 5
            four steps                               | 14 4 90 24   | 13 3 91 23   | 8
            everything gone                          | 14 4 90 24   | - 0 0 0      | 8
            first policy, hardened                   | none         | 14 4 90 24   | 0
            first policy, AWS's default in words     | none         | 8 3 0 0      | 0
            first policy, shorter than the default   | none         | 7 4 0 0      | 2
            first policy, length left out            | none         | - 4 0 0      | 2
            """)
    void comparesMemberByMember(String name, String before, String now, double severity) {
        if (before != null) {
            account.signals(detector, update(before));
        }
        List<Signal> signals = account.signals(detector, update(now));
        assertEquals(
                severity,
                signals.isEmpty() ? 0 : signals.getFirst().severity(),
                () -> signals.isEmpty() ? "" : String.valueOf(signals.getFirst().facts()));
    }

    @Test
    void anAttemptCountsAndChangesNothing() {
        account.signals(detector, update("14 4 90 24"));
        ApiCall.Draft refused = update("6 0 0 0");
        refused.errorCode = "AccessDenied";
        assertEquals(1, account.signals(detector, refused).size());
        assertEquals(0, account.signals(detector, update("14 4 90 24")).size(), "the old policy still stands");
    }

    @Test
    void aDeletionCountsAndLeavesTheDefault() {
        account.signals(detector, update("14 4 90 24"));
        assertEquals(
                8,
                account.signals(detector, CallFixture.call("iam", "DeleteAccountPasswordPolicy"))
                        .getFirst()
                        .severity());
        assertEquals(0, account.signals(detector, update("8 3 0 0")).size());
        assertEquals(
                2,
                account.signals(detector, CallFixture.call("iam", "DeleteAccountPasswordPolicy"))
                        .getFirst()
                        .severity());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what                     | action | field                                    | value    | error        | findings
            deleted                    | Delete | x                                        | x        | none         | 1
            deletion refused           | Delete | x                                        | x        | AccessDenied | 0
            put with a bucket          | Put    | loggingConfig.s3Config.bucketName        | logs     | none         | 0
            put with a log group       | Put    | loggingConfig.cloudWatchConfig.logGroupName | logs  | none         | 0
            put without a place        | Put    | loggingConfig.textDataDeliveryEnabled    | true     | none         | 1
            """)
    void tellsThatBedrockNoLongerLogs(
            String name, String action, String field, String value, String error, int findings) {
        ApiCall.Draft call = CallFixture.with(
                CallFixture.call("bedrock", action + "ModelInvocationLoggingConfiguration"),
                "loggingConfig",
                "{}",
                field,
                value);
        call.errorCode = error;
        assertEquals(
                findings, account.signals(new BedrockLoggingDisabled(), call).size());
    }

    @Test
    void aPlaceIsNoUseIfNothingGoesThere() {
        assertEquals(
                1,
                account.signals(
                                new BedrockLoggingDisabled(),
                                CallFixture.with(
                                        CallFixture.call("bedrock", "PutModelInvocationLoggingConfiguration"),
                                        "loggingConfig",
                                        "{}",
                                        "loggingConfig.s3Config.bucketName",
                                        "logs",
                                        "loggingConfig.textDataDeliveryEnabled",
                                        "false",
                                        "loggingConfig.imageDataDeliveryEnabled",
                                        "false"))
                        .size());
    }
}
