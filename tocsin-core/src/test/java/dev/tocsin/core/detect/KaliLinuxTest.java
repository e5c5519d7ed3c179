package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.ApiCall;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KaliLinuxTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            aws-cli/2.9.19 Python/3.11.9 Linux/6.6.9-amd64 source/x86_64.kali.2024                    | KaliLinux
            Boto3/1.34.46 md/Botocore#1.34.46 os/linux#6.6.15-amd64 md/distrib#kali.2024              | KaliLinux
            [aws-cli/1.16.300 Python/3.7.5 Linux/5.4.0-kali2-amd64 botocore/1.13.36]                  | KaliLinux
            aws-cli/1.16.190 Python/3.7.3 Linux/5.1.0-parrot1-5t-amd64 botocore/1.12.180              | ParrotLinux
            Boto3/1.9.89 Python/2.7.12 Linux/4.2.0-pentoo Botocore/1.12.89                            | PentooLinux
            kalimba-sync/1.0                                                                          | none
            parrot-feeder/2.1 aws-sdk-go/1.44 (go1.19; linux; amd64)                                  | none
            aws-cli/2.9.19 Python/3.11.9 Linux/6.6.9-amd64 source/x86_64.debian.12                    | none
            """)
    void tells(String userAgent, String family) {
        ApiCall.Draft draft = CallFixture.call("ec2", "DescribeInstances");
        draft.userAgent = userAgent;
        assertEquals(
                family == null ? List.of() : List.of("PenTest:IAMUser/" + family),
                new CallFixture().types(new KaliLinux(), draft));
    }
}
