package dev.tocsin.input.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObjectKeyTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # name | account | region | flow log | delivered
            x/AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/01/111122223333_CloudTrail_us-east-1_20260301T1205Z_AbCd.json.gz | 111122223333 | us-east-1 | none | 2026-03-01T12:05:00Z
            AWSLogs/o-exampleorgid/444455556666/CloudTrail/eu-west-1/2026/03/01/444455556666_CloudTrail_eu-west-1_20260301T1205Z_x.json.gz | 444455556666 | eu-west-1 | none | 2026-03-01T12:05:00Z
            AWSLogs/111122223333/vpcflowlogs/us-gov-west-1/2026/03/01/111122223333_vpcflowlogs_us-gov-west-1_fl-0123abcd_20260301T1210Z_hash.log.gz | 111122223333 | us-gov-west-1 | fl-0123abcd | 2026-03-01T12:10:00Z
            AWSLogs/aws-account-id=111122223333/aws-service=vpcflowlogs/aws-region=cn-north-1/year=2026/x.log.gz | 111122223333 | cn-north-1 | none | none
            events.json | none | none | none | none
            """)
    void reads(String name, String account, String region, String flowLog, String delivered) {
        ObjectKey key = ObjectKey.parse(name);
        assertEquals(account, key.account());
        assertEquals(region, key.region());
        assertEquals(flowLog, key.flowLog());
        assertEquals(
                delivered == null ? Long.MAX_VALUE : Instant.parse(delivered).getEpochSecond(), key.deliveredAt());
    }
}
