package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RootCredentialUsageTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what happens                         | identity | invoked by             | assumed | source                | event type      | finding
            root lists buckets                     | Root     | none                   | none    | 203.0.113.10          | AwsApiCall      | RootCredentialUsage
            root signs in                          | Root     | none                   | none    | 203.0.113.10          | AwsConsoleSignIn| RootCredentialUsage
            root in the console, address withheld  | Root     | none                   | none    | AWS Internal          | AwsApiCall      | RootCredentialUsage
            a session of sts:AssumeRoot            | Root     | none                   | true    | 203.0.113.10          | AwsApiCall      | ShortTermRootCredentialUsage
            a service acts on the root identity    | Root     | support.amazonaws.com  | none    | support.amazonaws.com | AwsApiCall      | none
            a service event                        | Root     | none                   | none    | 203.0.113.10          | AwsServiceEvent | none
            a service as source                    | Root     | none                   | none    | billing.amazonaws.com | AwsApiCall      | none
            a user                                 | IAMUser  | none                   | none    | 203.0.113.10          | AwsApiCall      | none
            """)
    void tells(String name, String type, String invokedBy, String assumed, String source, String event, String found) {
        ApiCall.Draft draft = CallFixture.call("s3", "ListBuckets");
        draft.identity = CallFixture.identity(type, invokedBy, assumed);
        draft.caller = Caller.of(source);
        draft.eventType = event;
        assertEquals(
                found == null ? List.of() : List.of("Policy:IAMUser/" + found),
                new CallFixture().types(new RootCredentialUsage(), draft));
    }
}
