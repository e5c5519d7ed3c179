package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Indicator;
import dev.tocsin.core.intel.IndicatorList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListedCallerTest {

    private static final long AT = 1_772_366_400;
    private static final long DAY = 86_400;

    private static CallFixture lists(String kind, Category category, long days) {
        return new CallFixture()
                .list(
                        IndicatorList.Kind.valueOf(kind),
                        days < 0 ? 0 : AT - days * DAY,
                        Indicator.of("203.0.113.10", Indicator.Kind.IP, 0, category),
                        Indicator.of("10.0.0.0/8", Indicator.Kind.CIDR, 0, category),
                        Indicator.of("AKIAEXAMPLE", Indicator.Kind.ACCESS_KEY, 0, category));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what                                  | list             | category     | days | from          | action          | error        | type
            a look from a scanner                   | INTEL            | SCANNER      | 1    | 203.0.113.10  | DescribeRegions | none         | Recon:IAMUser/MaliciousIPCaller
            a look that was refused                 | INTEL            | C2           | 1    | 203.0.113.10  | ListUsers       | AccessDenied | Recon:IAMUser/MaliciousIPCaller
            a deed                                  | INTEL            | C2           | 1    | 203.0.113.10  | RunInstances    | none         | UnauthorizedAccess:IAMUser/MaliciousIPCaller
            credentials taken by a Get              | INTEL            | C2           | 1    | 203.0.113.10  | GetSecretValue  | none         | UnauthorizedAccess:IAMUser/MaliciousIPCaller
            another address                         | INTEL            | C2           | 1    | 203.0.113.11  | RunInstances    | none         | none
            an entry of 30 days                     | INTEL            | C2           | 30   | 203.0.113.10  | RunInstances    | none         | UnauthorizedAccess:IAMUser/MaliciousIPCaller
            an entry of 31 days                     | INTEL            | C2           | 31   | 203.0.113.10  | RunInstances    | none         | none
            an entry without date                   | INTEL            | C2           | -1   | 203.0.113.10  | RunInstances    | none         | none
            an own list does not age                | OPERATOR_THREAT  | CUSTOM       | 400  | 203.0.113.10  | RunInstances    | none         | UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom
            an own list, a look                     | OPERATOR_THREAT  | CUSTOM       | 400  | 203.0.113.10  | GetBucketAcl    | none         | Recon:IAMUser/MaliciousIPCaller.Custom
            an own list with private ranges         | OPERATOR_THREAT  | CUSTOM       | 1    | 10.1.2.3      | RunInstances    | none         | none
            a trusted list                          | OPERATOR_TRUSTED | CUSTOM       | 1    | 203.0.113.10  | RunInstances    | none         | none
            a Tor exit                              | INTEL            | TOR_EXIT     | 1    | 203.0.113.10  | RunInstances    | none         | UnauthorizedAccess:IAMUser/TorIPCaller
            a look from a Tor exit                  | INTEL            | TOR_EXIT     | 1    | 203.0.113.10  | ListBuckets     | none         | Recon:IAMUser/TorIPCaller
            a Tor relay that is no exit             | INTEL            | TOR          | 1    | 203.0.113.10  | RunInstances    | none         | none
            a Tor guard                             | INTEL            | TOR_GUARD    | 1    | 203.0.113.10  | RunInstances    | none         | none
            a parked address                        | INTEL            | PARKING      | 1    | 203.0.113.10  | RunInstances    | none         | none
            a service's name                        | INTEL            | C2           | 1    | ec2.amazonaws.com | RunInstances | none        | none
            """)
    void tells(
            String name,
            String list,
            Category category,
            long days,
            String from,
            String action,
            String error,
            String type) {
        ApiCall.Draft call = CallFixture.call("ec2", action);
        call.caller = Caller.of(from);
        call.errorCode = error;
        assertEquals(
                type == null ? List.of() : List.of(type),
                lists(list, category, days).types(new ListedCaller(), call));
    }

    @Test
    void aServiceThatCallsForItselfIsNoCaller() {
        ApiCall.Draft call = CallFixture.call("ec2", "RunInstances");
        call.identity = CallFixture.identity("AssumedRole", "autoscaling.amazonaws.com", null);
        assertEquals(List.of(), lists("INTEL", Category.C2, 1).types(new ListedCaller(), call));
    }

    @ParameterizedTest(name = "sign-in: {0}")
    @CsvSource({"Success, 1", "Failure, 0"})
    void onlySignInsThatSucceedCount(String outcome, int findings) {
        ApiCall.Draft call = CallFixture.call("signin", "ConsoleLogin");
        call.plan = List.of(FieldPath.of("responseElements.ConsoleLogin"));
        call.values = new String[] {outcome};
        assertEquals(
                findings,
                lists("INTEL", Category.C2, 1).types(new ListedCaller(), call).size());
    }

    @ParameterizedTest(name = "{0} from {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            ListObjects   | INTEL           | SCANNER  | Discovery:S3/MaliciousIPCaller
            GetObjectAcl  | INTEL           | SCANNER  | Discovery:S3/MaliciousIPCaller
            ListObjects   | OPERATOR_THREAT | CUSTOM   | Discovery:S3/MaliciousIPCaller.Custom
            HeadObject    | INTEL           | TOR_EXIT | Discovery:S3/TorIPCaller
            GetObject     | INTEL           | C2       | Exfiltration:S3/MaliciousIPCaller
            CopyObject    | INTEL           | C2       | Exfiltration:S3/MaliciousIPCaller
            GetObject     | OPERATOR_THREAT | CUSTOM   | UnauthorizedAccess:S3/MaliciousIPCaller.Custom
            GetObject     | INTEL           | TOR_EXIT | UnauthorizedAccess:S3/TorIPCaller
            PutObject     | INTEL           | C2       | Impact:S3/MaliciousIPCaller
            DeleteObjects | INTEL           | C2       | Impact:S3/MaliciousIPCaller
            PutObjectAcl  | INTEL           | TOR_EXIT | UnauthorizedAccess:S3/TorIPCaller
            """)
    void dataEventsSpeakOfTheBucket(String action, String list, Category category, String type) {
        ApiCall.Draft call = CallFixture.with(CallFixture.call("s3", action), "bucketName", "data");
        call.category = ApiCall.Category.DATA;
        CallFixture account = lists(list, category, 1);
        List<Signal> signals = account.signals(new ListedS3Caller(), call);
        assertEquals(
                List.of(type), signals.stream().map(one -> one.type().name()).toList());
        assertEquals("data", signals.getFirst().subject().key());
        assertEquals(List.of(), account.types(new ListedCaller(), call), "no management type of the same call");
    }

    @Test
    void aLeakedKeyIsTold() {
        ApiCall.Draft call = CallFixture.call("sts", "GetCallerIdentity");
        call.errorCode = "AccessDenied";
        assertEquals(
                List.of("CredentialAccess:IAMUser/CompromisedCredentials"),
                lists("INTEL", Category.COMPROMISED_KEY, 1).types(new CompromisedCredentials(), call));
        assertEquals(List.of(), new CallFixture().types(new CompromisedCredentials(), call));
        assertEquals(
                List.of(),
                lists("INTEL", Category.COMPROMISED_KEY, 1)
                        .own(String.valueOf(call.caller.address()))
                        .types(new CompromisedCredentials(), call),
                "at home it is not stolen");
    }

    @Test
    void aTestersSystemOnABucketHasTheBucketsType() {
        ApiCall.Draft call = CallFixture.with(CallFixture.call("s3", "GetObject"), "bucketName", "data");
        call.userAgent = "aws-cli/2.15 Linux/6.6.9-kali1-amd64";
        assertEquals(List.of("PenTest:IAMUser/KaliLinux"), new CallFixture().types(new KaliLinux(), call));
        call.category = ApiCall.Category.DATA;
        assertEquals(List.of("PenTest:S3/KaliLinux"), new CallFixture().types(new KaliLinux(), call));
    }
}
