package dev.tocsin.server.source;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The role as which a source is read.
 *
 * @param arn its ARN
 * @param externalId what its trust policy asks for, or null
 */
public record AssumedRole(String arn, @Nullable String externalId) {

    private static final String SESSION = "tocsin";

    /** Credentials of the role, renewed before they expire; nothing is asked before they are used. */
    AwsCredentialsProvider credentials() {
        StsClientBuilder sts = StsClient.builder()
                .httpClientBuilder(AwsSettings.connections())
                .overrideConfiguration(AwsSettings.retries())
                .region(AwsSettings.region(Region.US_EAST_1));
        URI endpoint = AwsSettings.endpoint("STS");
        if (endpoint != null) {
            sts.endpointOverride(endpoint);
        }
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts.build())
                .refreshRequest(
                        request -> request.roleArn(arn).roleSessionName(SESSION).externalId(externalId))
                .build();
    }
}
