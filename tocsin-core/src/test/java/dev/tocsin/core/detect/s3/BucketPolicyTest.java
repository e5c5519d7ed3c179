package dev.tocsin.core.detect.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BucketPolicyTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            # who                                      | principal                                              | condition                                                                | public to
            star                                       | "Principal":"*"                                        | none                                                                     | ANYONE
            star as AWS principal                      | "Principal":{"AWS":"*"}                                | none                                                                     | ANYONE
            star in a list                             | "Principal":{"AWS":["arn:aws:iam::111122223333:root","*"]} | none                                                                 | ANYONE
            one account                                | "Principal":{"AWS":"arn:aws:iam::111122223333:root"}   | none                                                                     | none
            a service                                  | "Principal":{"Service":"cloudtrail.amazonaws.com"}     | none                                                                     | none
            CloudFront origin access                   | "Principal":{"Service":"cloudfront.amazonaws.com"}     | {"StringEquals":{"aws:SourceArn":"arn:aws:cloudfront::1:distribution/E"}} | none
            a canonical user                           | "Principal":{"CanonicalUser":"abc"}                    | none                                                                     | none
            all but some                               | "NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"} | none                                                                    | ANYONE
            a fixed endpoint                           | "Principal":"*"                                        | {"StringEquals":{"aws:SourceVpce":"vpce-1"}}                             | none
            a fixed endpoint, key in odd case          | "Principal":"*"                                        | {"stringequals":{"AWS:sourceVPCE":["vpce-1","vpce-2"]}}                  | none
            any endpoint                               | "Principal":"*"                                        | {"StringLike":{"aws:SourceVpce":"vpce-*"}}                               | ANYONE
            one of two values is a star                | "Principal":"*"                                        | {"StringLike":{"aws:SourceVpc":["vpc-1","*"]}}                           | ANYONE
            a variable                                 | "Principal":"*"                                        | {"StringEquals":{"aws:SourceVpc":"${aws:SourceVpc}"}}                    | ANYONE
            all endpoints but one                      | "Principal":"*"                                        | {"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}                          | ANYONE
            only if the key is there                   | "Principal":"*"                                        | {"StringEqualsIfExists":{"aws:SourceVpce":"vpce-1"}}                     | ANYONE
            for all values, also none                  | "Principal":"*"                                        | {"ForAllValues:StringEquals":{"aws:SourceVpce":"vpce-1"}}                | ANYONE
            for any value                              | "Principal":"*"                                        | {"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-1/r-1/ou-1/*"}}    | none
            any organization                           | "Principal":"*"                                        | {"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-*/*"}}             | ANY_AWS_USER
            own organization                           | "Principal":"*"                                        | {"StringEquals":{"aws:PrincipalOrgID":"o-1"}}                            | none
            any organization id                        | "Principal":"*"                                        | {"StringLike":{"aws:PrincipalOrgID":"*"}}                                | ANY_AWS_USER
            whoever signs                              | "Principal":"*"                                        | {"Null":{"aws:PrincipalArn":"false"}}                                    | ANY_AWS_USER
            a prefix of /8                             | "Principal":"*"                                        | {"IpAddress":{"aws:SourceIp":"203.0.0.0/8"}}                             | none
            a prefix of /7                             | "Principal":"*"                                        | {"IpAddress":{"aws:SourceIp":"202.0.0.0/7"}}                             | ANYONE
            an address                                 | "Principal":"*"                                        | {"IpAddress":{"aws:SourceIp":"203.0.113.9"}}                             | none
            the whole internet                         | "Principal":"*"                                        | {"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}                               | ANYONE
            an office and the whole internet           | "Principal":"*"                                        | {"IpAddress":{"aws:SourceIp":["203.0.113.0/24","0.0.0.0/1"]}}            | ANYONE
            an IPv6 prefix of /32                      | "Principal":"*"                                        | {"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}                           | none
            an IPv6 prefix of /31                      | "Principal":"*"                                        | {"IpAddress":{"aws:SourceIp":"2001:db8::/31"}}                           | ANYONE
            not from an address                        | "Principal":"*"                                        | {"NotIpAddress":{"aws:SourceIp":"203.0.113.9"}}                          | ANYONE
            only over TLS                              | "Principal":"*"                                        | {"Bool":{"aws:SecureTransport":"true"}}                                  | ANYONE
            only with a referer                        | "Principal":"*"                                        | {"StringLike":{"aws:Referer":"https://www.example.com/*"}}               | ANYONE
            TLS and a fixed endpoint                   | "Principal":"*"                                        | {"Bool":{"aws:SecureTransport":"true"},"StringEquals":{"aws:SourceVpce":"vpce-1"}} | none
            a role's sessions                          | "Principal":"*"                                        | {"StringLike":{"aws:userid":"AROAEXAMPLE:*"}}                            | none
            access points of one account               | "Principal":"*"                                        | {"ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-east-1:111122223333:accesspoint/*"}} | none
            access points of any account               | "Principal":"*"                                        | {"ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-east-1:*:accesspoint/*"}} | ANYONE
            """)
    void saysWhatIsPublic(String name, String principal, String condition, String audience) {
        String json = "{\"Statement\":{\"Sid\":\"x\",\"Effect\":\"Allow\"," + principal + ",\"Action\":\"s3:GetObject\""
                + (condition == null ? "" : ",\"Condition\":" + condition) + "}}";
        assertEquals(audience == null ? "" : audience, audiences(json));
        assertEquals("", audiences(json.replace("Allow", "Deny")), "a Deny grants nothing");
    }

    private static String audiences(String json) {
        return BucketPolicy.of(json).grants().stream()
                .map(grant -> grant.audience().name())
                .collect(Collectors.joining(","));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            s3:GetObject        | true  | false
            s3:PutObject        | false | true
            s3:*                | true  | true
            *                   | true  | true
            s3:Ge*              | true  | false
            S3:LISTBUCKET       | true  | false
            s3:DeleteObject     | false | true
            """)
    void tellsReadingFromWriting(String action, boolean read, boolean write) {
        List<PublicGrant> grants = BucketPolicy.of(
                        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[\"" + action + "\"]}]}")
                .grants();
        assertEquals(read, grants.getFirst().read());
        assertEquals(write, grants.getFirst().write());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no JSON            | nothing
            a list             | []
            no statement       | {}
            a statement of text| {"Statement":"x"}
            cut off            | {"Statement":[{"Effect":"Allow","Principal":"*"
            """)
    void oddPoliciesGrantNothing(String name, String json) {
        assertEquals(List.of(), BucketPolicy.of(json).grants());
    }
}
