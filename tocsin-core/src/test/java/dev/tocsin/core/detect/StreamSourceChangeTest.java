package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Signal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done to the streams by which logs come, beside what looks alike. */
final class StreamSourceChangeTest {

    private static final String HERE = "us-east-1:111122223333:";

    private final LogSourceTampered detector = new LogSourceTampered();
    private final CallFixture account = new CallFixture();

    @BeforeEach
    void guards() {
        account.guard(
                "arn:aws:firehose:" + HERE + "deliverystream/tocsin-flow",
                "arn:aws:kinesis:" + HERE + "stream/logs",
                "arn:aws:kafka:" + HERE + "cluster/logs/1a2b-3c",
                "arn:aws:events:" + HERE + "rule/tocsin-trail",
                "arn:aws:secretsmanager:" + HERE + "secret:tocsin/flow-AbCdEf",
                "arn:aws:kms:" + HERE + "key/k-9",
                "arn:aws:iam::111122223333:role/tocsin-stream-us-east-1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what                                 | service        | action                        | field              | value                                                  | also               | with                          | change
            delivery stream deleted                | firehose       | DeleteDeliveryStream          | deliveryStreamName | tocsin-flow                                            | x                  | x                             | its delivery stream was deleted
            another deleted                        | firehose       | DeleteDeliveryStream          | deliveryStreamName | orders                                                 | x                  | x                             | none
            encryption stopped                     | firehose       | StopDeliveryStreamEncryption  | deliveryStreamName | tocsin-flow                                            | x                  | x                             | its delivery stream is no longer encrypted
            delivers elsewhere                     | firehose       | UpdateDestination             | deliveryStreamName | tocsin-flow | httpEndpointDestinationUpdate | {"endpointConfiguration":{"url":"https://evil.example"}} | where its delivery stream delivers to, or how, was changed
            a function drops records               | firehose       | UpdateDestination             | deliveryStreamName | tocsin-flow | httpEndpointDestinationUpdate | {"processingConfiguration":{"enabled":true}}             | where its delivery stream delivers to, or how, was changed
            into a bucket instead                  | firehose       | UpdateDestination             | deliveryStreamName | tocsin-flow | extendedS3DestinationUpdate   | {"bucketARN":"arn:aws:s3:::b"}                           | where its delivery stream delivers to, or how, was changed
            another pace                           | firehose       | UpdateDestination             | deliveryStreamName | tocsin-flow | httpEndpointDestinationUpdate | {"bufferingHints":{"sizeInMBs":4},"retryOptions":{"durationInSeconds":300}} | none
            another delivers elsewhere             | firehose       | UpdateDestination             | deliveryStreamName | orders      | httpEndpointDestinationUpdate | {"endpointConfiguration":{"url":"https://x.example"}}    | none
            the tag for AWS's logs gone            | firehose       | UntagDeliveryStream           | deliveryStreamName | tocsin-flow | tagKeys            | ["LogDeliveryEnabled"]        | AWS may no longer deliver logs to its delivery stream
            another tag gone                       | firehose       | UntagDeliveryStream           | deliveryStreamName | tocsin-flow | tagKeys            | ["team"]                      | none
            stream deleted                         | kinesis        | DeleteStream                  | streamName         | logs        | x                  | x                             | its stream was deleted
            stream deleted by its ARN              | kinesis        | DeleteStream                  | streamARN          | arn:aws:kinesis:us-east-1:111122223333:stream/logs | x | x                 | its stream was deleted
            another stream deleted                 | kinesis        | DeleteStream                  | streamName         | clicks      | x                  | x                             | none
            shorter retention                      | kinesis        | DecreaseStreamRetentionPeriod | streamName         | logs        | retentionPeriodHours | 24                          | its stream keeps records for a shorter time
            longer retention                       | kinesis        | IncreaseStreamRetentionPeriod | streamName         | logs        | retentionPeriodHours | 48                          | none
            split                                  | kinesis        | SplitShard                    | streamName         | logs        | x                  | x                             | none
            cluster deleted                        | kafka          | DeleteCluster                 | clusterArn         | arn:aws:kafka:us-east-1:111122223333:cluster/logs/1a2b-3c | x | x          | its cluster was deleted
            another cluster deleted                | kafka          | DeleteCluster                 | clusterArn         | arn:aws:kafka:us-east-1:111122223333:cluster/shop/1a2b-3c | x | x          | none
            rule disabled                          | events         | DisableRule                   | name               | tocsin-trail | x                 | x                             | its rule was disabled
            another rule disabled                  | events         | DisableRule                   | name               | nightly     | x                  | x                             | none
            rule deleted                           | events         | DeleteRule                    | name               | tocsin-trail | x                 | x                             | its rule was deleted
            rule of a firewall deleted             | elasticloadbalancing | DeleteRule              | name               | tocsin-trail | x                 | x                             | none
            target taken away                      | events         | RemoveTargets                 | rule               | tocsin-trail | ids               | ["tocsin"]                    | a target of its rule was taken away
            further target                         | events         | PutTargets                    | rule               | tocsin-trail | targets           | [{"id":"other","arn":"arn:aws:lambda:us-east-1:111122223333:function:f"}]       | none
            our target again                       | events         | PutTargets                    | rule               | tocsin-trail | targets           | [{"id":"tocsin","arn":"arn:aws:firehose:us-east-1:111122223333:deliverystream/tocsin-flow"}] | none
            our target cut                         | events         | PutTargets                    | rule               | tocsin-trail | targets           | [{"id":"tocsin","arn":"arn:aws:firehose:us-east-1:111122223333:deliverystream/tocsin-flow","input":"{}"}] | its rule sends only a part of the events
            our target replaced                    | events         | PutTargets                    | rule               | tocsin-trail | targets           | [{"id":"tocsin","arn":"arn:aws:firehose:us-east-1:111122223333:deliverystream/void"}] | its rule sends elsewhere
            key deleted                            | secretsmanager | DeleteSecret                  | secretId           | tocsin/flow | x                  | x                             | its access key was deleted
            key changed, by its ARN                | secretsmanager | PutSecretValue                | secretId           | arn:aws:secretsmanager:us-east-1:111122223333:secret:tocsin/flow-AbCdEf | x | x | its access key was changed
            another secret                         | secretsmanager | DeleteSecret                  | secretId           | flow        | x                  | x                             | none
            the key's grant revoked                | kms            | RevokeGrant                   | keyId              | k-9         | x                  | x                             | a grant on its key was revoked
            another key's grant revoked            | kms            | RevokeGrant                   | keyId              | k-1         | x                  | x                             | none
            its role's policy replaced             | iam            | PutRolePolicy                 | roleName           | tocsin-stream-us-east-1 | policyName | stream                     | a policy of the role that it needs was replaced
            its role gets one more                 | iam            | PutRolePolicy                 | roleName           | tocsin-stream-us-east-1 | policyName | more                       | none
            another role's policy replaced         | iam            | PutRolePolicy                 | roleName           | tocsin-other | policyName        | stream                        | none
            who may be its role                    | iam            | UpdateAssumeRolePolicy        | roleName           | tocsin-stream-us-east-1 | x          | x                          | who may assume the role that reads it was changed
            """)
    void tells(
            String name,
            String service,
            String action,
            String field,
            String value,
            String also,
            String with,
            String change) {
        assertEquals(change, change(service, action, field, value, also, with));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what                    | state                                        | pattern                                                                                     | change
            as we make it             | ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS | {"detail-type":["AWS API Call via CloudTrail","AWS Console Sign In via CloudTrail","AWS Service Event via CloudTrail"]} | none
            disabled                  | DISABLED                                     | {"detail-type":["AWS API Call via CloudTrail","AWS Console Sign In via CloudTrail"]}         | its rule was disabled
            without reading calls     | ENABLED                                      | {"detail-type":["AWS API Call via CloudTrail","AWS Console Sign In via CloudTrail"]}         | its rule leaves out calls that only read
            without sign-ins          | ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS | {"detail-type":["AWS API Call via CloudTrail"]}                                             | its rule no longer takes all that CloudTrail logs
            of one service            | ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS | {"source":["aws.s3"],"detail-type":["AWS API Call via CloudTrail","AWS Console Sign In via CloudTrail"]} | its rule no longer takes all that CloudTrail logs
            """)
    void tellsANarrowedRule(String name, String state, String pattern, String change) {
        assertEquals(
                change, change("events", "PutRule", "name", "tocsin-trail", "state", state, "eventPattern", pattern));
        assertEquals(
                "none",
                change("events", "PutRule", "name", "nightly", "state", state, "eventPattern", pattern),
                "another");
    }

    @ParameterizedTest
    @CsvSource({"eu-west-1, 111122223333", "us-east-1, 444455556666"})
    void aStreamOfTheSameNameElsewhereIsAnother(String region, String owner) {
        CallFixture other = new CallFixture();
        other.guard("arn:aws:firehose:" + region + ":" + owner + ":deliverystream/tocsin-flow");
        assertEquals(
                List.of(),
                other.signals(
                        detector,
                        CallFixture.with(
                                CallFixture.call("firehose", "DeleteDeliveryStream"),
                                "deliveryStreamName",
                                "tocsin-flow")));
    }

    private String change(String service, String action, String... fields) {
        List<Signal> signals = account.signals(detector, CallFixture.with(CallFixture.call(service, action), fields));
        return signals.isEmpty() ? "none" : signals.getFirst().facts().getOrDefault("what", "?");
    }
}
