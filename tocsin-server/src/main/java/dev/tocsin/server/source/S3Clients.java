package dev.tocsin.server.source;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of S3: the usual chain of credentials or a role, any Region, other servers by AWS_ENDPOINT_URL. */
public final class S3Clients {

    private S3Clients() {}

    /** A client as the environment configures it. */
    public static S3Client fromEnvironment() {
        return fromEnvironment(null);
    }

    /** A client as the environment configures it, acting as {@code role} if there is one. */
    static S3Client fromEnvironment(@Nullable AssumedRole role) {
        AwsSettings.quiet();
        S3ClientBuilder builder = builder();
        URI endpoint = AwsSettings.endpoint("S3");
        if (endpoint != null) {
            builder.endpointOverride(endpoint).forcePathStyle(true).crossRegionAccessEnabled(false);
        }
        if (role != null) {
            builder.credentialsProvider(role.credentials());
        }
        return builder.region(AwsSettings.region(Region.US_EAST_1)) // S3 sends a client on to a bucket elsewhere
                .build();
    }

    /** A builder with everything but Region, endpoint and credentials. */
    static S3ClientBuilder builder() {
        return S3Client.builder()
                .httpClientBuilder(AwsSettings.connections())
                .crossRegionAccessEnabled(true)
                // Log objects carry gzip's checksum; asking for another one costs time and some servers know none.
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // An export is small and whole: some servers do not know the chunks.
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(AwsSettings.retries());
    }
}
