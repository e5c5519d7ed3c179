package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.ApiCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CloudTrailLoggingDisabledTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what happens                        | action           | field                      | value | error                  | findings
            logging stopped                       | StopLogging      | name                       | main  | none                   | 1
            stopping failed                       | StopLogging      | name                       | main  | TrailNotFoundException | 0
            trail deleted                         | DeleteTrail      | name                       | main  | none                   | 1
            one Region only                       | UpdateTrail      | isMultiRegionTrail         | false | none                   | 1
            global services left out              | UpdateTrail      | includeGlobalServiceEvents | false | none                   | 1
            hardened: validation on               | UpdateTrail      | enableLogFileValidation    | true  | none                   | 0
            made wider                            | UpdateTrail      | isMultiRegionTrail         | true  | none                   | 0
            event selectors narrowed: documented way round | PutEventSelectors | trailName        | main  | none                   | 0
            trail made                            | CreateTrail      | name                       | main  | none                   | 0
            """)
    void tells(String name, String action, String field, String value, String error, int findings) {
        ApiCall.Draft draft = CallFixture.with(CallFixture.call("cloudtrail", action), field, value);
        draft.errorCode = error;
        assertEquals(
                findings,
                new CallFixture().types(new CloudTrailLoggingDisabled(), draft).size());
    }

    @Test
    void tellsTheTrailsBucketFromAnyOther() {
        CallFixture account = new CallFixture();
        CloudTrailLoggingDisabled detector = new CloudTrailLoggingDisabled();
        account.types(
                detector,
                CallFixture.with(
                        CallFixture.call("cloudtrail", "CreateTrail"), "name", "main", "s3BucketName", "trail-logs"));
        assertEquals(0, deleted(account, detector, "holiday-pictures"));
        assertEquals(1, deleted(account, detector, "trail-logs"));
    }

    private static int deleted(CallFixture account, CloudTrailLoggingDisabled detector, String bucket) {
        return account.types(detector, CallFixture.with(CallFixture.call("s3", "DeleteBucket"), "bucketName", bucket))
                .size();
    }
}
