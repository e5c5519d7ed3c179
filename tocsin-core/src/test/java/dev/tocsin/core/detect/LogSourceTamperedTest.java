package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogSourceTamperedTest {

    private final LogSourceTampered detector = new LogSourceTampered();
    private final CallFixture account = new CallFixture();

    @BeforeEach
    void logsAreMade() {
        account.signals(
                detector,
                CallFixture.with(
                        CallFixture.call("cloudtrail", "CreateTrail"),
                        "name",
                        "main",
                        "s3BucketName",
                        "trail-logs",
                        "kmsKeyId",
                        "arn:aws:kms:us-east-1:111122223333:key/k-1",
                        "cloudWatchLogsLogGroupArn",
                        "arn:aws:logs:us-east-1:111122223333:log-group:trail:*",
                        "snsTopicName",
                        "trail-topic"));
        account.signals(
                detector,
                CallFixture.with(
                        CallFixture.call("ec2", "CreateFlowLogs"),
                        "CreateFlowLogsRequest.LogDestination",
                        "arn:aws:logs:us-east-1:111122223333:log-group:/vpc/flow"));
        account.signals(
                detector,
                CallFixture.with(
                        CallFixture.call("route53resolver", "CreateResolverQueryLogConfig"),
                        "destinationArn",
                        "arn:aws:s3:::query-logs/prefix"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            # what                                  | service         | action                             | field                   | value                                        | severity
            trail stopped                           | cloudtrail      | StopLogging                        | name                    | main                                         | 5
            trail deleted                           | cloudtrail      | DeleteTrail                        | name                    | main                                         | 5
            trail covers one Region                 | cloudtrail      | UpdateTrail                        | isMultiRegionTrail      | false                                        | 5
            trail leaves out global services        | cloudtrail      | UpdateTrail                        | includeGlobalServiceEvents | false                                     | 5
            trail covers all Regions                | cloudtrail      | UpdateTrail                        | isMultiRegionTrail      | true                                         | 0
            another trail made                      | cloudtrail      | CreateTrail                        | name                    | second                                       | 0
            no management events                    | cloudtrail      | PutEventSelectors                  | eventSelectors          | [{"readWriteType":"ReadOnly","includeManagementEvents":false}] | 5
            reads only                              | cloudtrail      | PutEventSelectors                  | eventSelectors          | [{"readWriteType":"ReadOnly","includeManagementEvents":true}]  | 5
            a service left out                      | cloudtrail      | PutEventSelectors                  | eventSelectors          | [{"readWriteType":"All","includeManagementEvents":true,"excludeManagementEventSources":["kms.amazonaws.com"]}] | 5
            all management events                   | cloudtrail      | PutEventSelectors                  | eventSelectors          | [{"readWriteType":"All","includeManagementEvents":true,"excludeManagementEventSources":[]}] | 0
            one selector of two takes all           | cloudtrail      | PutEventSelectors                  | eventSelectors          | [{"readWriteType":"All","includeManagementEvents":true},{"readWriteType":"ReadOnly","includeManagementEvents":false}] | 0
            advanced, all management events         | cloudtrail      | PutEventSelectors                  | advancedEventSelectors  | [{"fieldSelectors":[{"field":"eventCategory","equals":["Management"]}]}] | 0
            advanced, management events of some     | cloudtrail      | PutEventSelectors                  | advancedEventSelectors  | [{"fieldSelectors":[{"field":"eventCategory","equals":["Management"]},{"field":"readOnly","equals":["true"]}]}] | 5
            advanced, data only                     | cloudtrail      | PutEventSelectors                  | advancedEventSelectors  | [{"fieldSelectors":[{"field":"eventCategory","equals":["Data"]}]}] | 5
            flow log deleted                        | ec2             | DeleteFlowLogs                     | DeleteFlowLogsRequest.FlowLogId | {"content":"fl-0e17","tag":1}         | 5
            query log deleted                       | route53resolver | DeleteResolverQueryLogConfig       | resolverQueryLogConfigId | rqlc-1                                      | 5
            a VPC out of the query log              | route53resolver | DisassociateResolverQueryLogConfig | resolverQueryLogConfigId | rqlc-1                                      | 5
            another query log                       | route53resolver | CreateResolverQueryLogConfig       | destinationArn          | arn:aws:s3:::others                          | 0
            the trail's bucket deleted              | s3              | DeleteBucket                       | bucketName              | trail-logs                                   | 5
            any bucket deleted                      | s3              | DeleteBucket                       | bucketName              | pictures                                     | 0
            the query log's bucket, policy gone     | s3              | DeleteBucketPolicy                 | bucketName              | query-logs                                   | 5
            the flow log's group deleted            | logs            | DeleteLogGroup                     | logGroupName            | /vpc/flow                                    | 5
            the trail's group deleted               | logs            | DeleteLogGroup                     | logGroupName            | trail                                        | 5
            any group deleted                       | logs            | DeleteLogGroup                     | logGroupName            | flow                                         | 0
            the trail's key off                     | kms             | DisableKey                         | keyId                   | k-1                                          | 5
            the trail's key to be deleted           | kms             | ScheduleKeyDeletion                | keyId                   | arn:aws:kms:us-east-1:111122223333:key/k-1   | 5
            any key to be deleted                   | kms             | ScheduleKeyDeletion                | keyId                   | k-2                                          | 0
            the trail's topic deleted               | sns             | DeleteTopic                        | topicArn                | arn:aws:sns:us-east-1:111122223333:trail-topic | 5
            """)
    void tells(String name, String service, String action, String field, String value, double severity) {
        ApiCall.Draft call = CallFixture.with(CallFixture.call(service, action), field, value);
        assertEquals(severity, severity(call));
        call.errorCode = "AccessDenied";
        assertEquals(severity == 0 ? 0 : LogSourceTampered.ATTEMPT, severity(call), "the attempt");
    }

    private double severity(ApiCall.Draft call) {
        List<Signal> signals = account.signals(detector, call);
        return signals.isEmpty() ? 0 : signals.getFirst().severity();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what                               | action             | field                  | value                                                       | findings
            deleted after 89 days                | PutBucketLifecycle | LifecycleConfiguration | {"Rule":{"Status":"Enabled","Expiration":{"Days":89}}}      | 1
            deleted after 90 days                | PutBucketLifecycle | LifecycleConfiguration | {"Rule":{"Status":"Enabled","Expiration":{"Days":90}}}      | 0
            one of two rules                     | PutBucketLifecycle | LifecycleConfiguration | {"Rule":[{"Expiration":{"Days":365}},{"Expiration":{"Days":1}}]} | 1
            a rule that is off                   | PutBucketLifecycle | LifecycleConfiguration | {"Rule":{"Status":"Disabled","Expiration":{"Days":1}}}      | 0
            moved to cold storage                | PutBucketLifecycle | LifecycleConfiguration | {"Rule":{"Status":"Enabled","Transition":{"Days":1}}}       | 0
            the usual policy                     | PutBucketPolicy    | bucketPolicy           | {"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject"}]} | 0
            the usual policy, TLS asked for      | PutBucketPolicy    | bucketPolicy           | {"Statement":[{"Effect":"Allow","Principal":{"Service":["cloudtrail.amazonaws.com"]},"Action":["s3:PutObject"]},{"Effect":"Deny","Principal":"*","Action":"s3:*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]} | 0
            the service may no longer write      | PutBucketPolicy    | bucketPolicy           | {"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:*"}]} | 1
            everybody is shut out                | PutBucketPolicy    | bucketPolicy           | {"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject"},{"Effect":"Deny","Principal":"*","Action":"s3:PutObject"}]} | 1
            """)
    void judgesTheTrailsBucket(String name, String action, String field, String value, int findings) {
        assertEquals(
                findings,
                account.signals(
                                detector,
                                CallFixture.with(
                                        CallFixture.call("s3", action), "bucketName", "trail-logs", field, value))
                        .size());
        assertEquals(
                0,
                account.signals(
                                detector,
                                CallFixture.with(
                                        CallFixture.call("s3", action), "bucketName", "pictures", field, value))
                        .size(),
                "on any other bucket");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            another bucket | other-logs | 1
            the same       | trail-logs | 0
            """)
    void tellsThatATrailIsRedirected(String name, String bucket, int findings) {
        assertEquals(
                findings,
                account.signals(
                                detector,
                                CallFixture.with(
                                        CallFixture.call("cloudtrail", "UpdateTrail"),
                                        "name",
                                        "arn:aws:cloudtrail:us-east-1:111122223333:trail/main",
                                        "s3BucketName",
                                        bucket))
                        .size());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what                           | service | action                     | field           | value                                                        | findings
            its bucket deleted               | s3      | DeleteBucket               | bucketName      | archive-logs                                                 | 1
            its bucket's lifecycle cut       | s3      | PutBucketLifecycle         | bucketName      | archive-logs                                                 | 0
            whom its bucket tells            | s3      | PutBucketNotification      | bucketName      | archive-logs                                                 | 1
            whom another bucket tells        | s3      | PutBucketNotification      | bucketName      | pictures                                                     | 0
            whom a trail's bucket tells      | s3      | PutBucketNotification      | bucketName      | trail-logs                                                   | 0
            its objects deleted              | s3      | DeleteObjects              | bucketName      | archive-logs                                                 | 1
            one object deleted               | s3      | DeleteObject               | bucketName      | archive-logs                                                 | 1
            objects of another bucket        | s3      | DeleteObject               | bucketName      | pictures                                                     | 0
            its queue deleted                | sqs     | DeleteQueue                | queueUrl        | https://sqs.us-east-1.amazonaws.com/111122223333/trail-queue | 1
            its queue emptied                | sqs     | PurgeQueue                 | queueUrl        | https://sqs.us-east-1.amazonaws.com/111122223333/trail-queue | 1
            its queue's policy changed       | sqs     | SetQueueAttributes         | queueUrl        | https://sqs.us-east-1.amazonaws.com/111122223333/trail-queue | 1
            another queue emptied            | sqs     | PurgeQueue                 | queueUrl        | https://sqs.us-east-1.amazonaws.com/111122223333/orders      | 0
            its topic deleted                | sns     | DeleteTopic                | topicArn        | arn:aws:sns:us-east-1:111122223333:new-objects               | 1
            its topic's policy changed       | sns     | SetTopicAttributes         | topicArn        | arn:aws:sns:us-east-1:111122223333:new-objects               | 1
            a subscription of its topic      | sns     | Unsubscribe                | subscriptionArn | arn:aws:sns:us-east-1:111122223333:new-objects:0a1b2c3d      | 1
            a subscription of another        | sns     | Unsubscribe                | subscriptionArn | arn:aws:sns:us-east-1:111122223333:orders:0a1b2c3d           | 0
            its key disabled                 | kms     | DisableKey                 | keyId           | 1234abcd-12ab-34cd-56ef-1234567890ab                         | 1
            its key to be deleted            | kms     | ScheduleKeyDeletion        | keyId           | arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab | 1
            its key's policy changed         | kms     | PutKeyPolicy               | keyId           | 1234abcd-12ab-34cd-56ef-1234567890ab                         | 1
            another key's policy             | kms     | PutKeyPolicy               | keyId           | k-2                                                          | 0
            its role deleted                 | iam     | DeleteRole                 | roleName        | tocsin-reader                                                | 1
            its role loses a policy          | iam     | DetachRolePolicy           | roleName        | tocsin-reader                                                | 1
            its role is bounded              | iam     | PutRolePermissionsBoundary | roleName        | tocsin-reader                                                | 1
            who may be it                    | iam     | UpdateAssumeRolePolicy     | roleName        | tocsin-reader                                                | 1
            its role gets a policy           | iam     | AttachRolePolicy           | roleName        | tocsin-reader                                                | 0
            another role loses a policy      | iam     | DetachRolePolicy           | roleName        | developers                                                   | 0
            """)
    void guardsWhatOurOwnSourcesHangOn(
            String name, String service, String action, String field, String value, int findings) {
        account.guard(
                "arn:aws:s3:::archive-logs",
                "https://sqs.us-east-1.amazonaws.com/111122223333/trail-queue",
                "arn:aws:sns:us-east-1:111122223333:new-objects",
                "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:iam::111122223333:role/path/tocsin-reader");
        assertEquals(
                findings,
                account.signals(detector, CallFixture.with(CallFixture.call(service, action), field, value))
                        .size());
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PutRolePolicy    | policyDocument | {"Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}  | 1
            PutRolePolicy    | policyDocument | {"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]} | 0
            AttachRolePolicy | policyArn      | arn:aws:iam::aws:policy/AWSDenyAll                                | 1
            AttachRolePolicy | policyArn      | arn:aws:iam::aws:policy/ReadOnlyAccess                            | 0
            """)
    void aRoleThatIsDeniedReadsNoMore(String action, String field, String value, int findings) {
        account.guard("arn:aws:iam::111122223333:role/tocsin-reader");
        ApiCall.Draft call =
                CallFixture.with(CallFixture.call("iam", action), "roleName", "tocsin-reader", field, value);
        assertEquals(findings, account.signals(detector, call).size());
    }
}
