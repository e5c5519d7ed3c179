package dev.tocsin.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgentFamilyTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            aws-cli/2.15.0 Python/3.11.6 Linux/5.10 exe/x86_64                   | false | aws-cli
            aws-cli/1.29.0 md/Botocore#1.31.0                                    | false | aws-cli
            Boto3/1.26.27 Python/3.9 Linux/5 Botocore/1.29.27                    | false | Botocore
            APN/1.0 HashiCorp/1.0 Terraform/1.5.0 aws-sdk-go-v2/1.21             | false | Terraform
            aws-sdk-go-v2/1.21.0 os/linux                                        | false | aws-sdk-go
            Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36                   | false | browser
            [S3Console/0.4, aws-internal/3 aws-sdk-java/1.11]                    | false | aws-sdk-java
            aws-internal/3 aws-sdk-java/1.11.965 Linux                           | false | aws-internal/3
            cloudformation.amazonaws.com                                         | true  | AWS Service
            cloudformation.amazonaws.com                                         | false | OTHER
            signin.amazonaws.com                                                 | false | AwsSignin
            AWS CloudWatch Console                                               | false | AWS CloudWatch Console
            curl/8.0                                                             | false | OTHER
            """)
    void versionsAreNoFamilies(String agent, boolean byService, String family) {
        assertEquals(family, AgentFamily.of(agent, byService));
    }
}
