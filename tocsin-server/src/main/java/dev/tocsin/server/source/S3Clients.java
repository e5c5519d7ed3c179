package dev.tocsin.server.source;

import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of S3: the usual chain of credentials, patient retries, any Region, other servers by AWS_ENDPOINT_URL. */
public final class S3Clients {

    private static final int ATTEMPTS = 6;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private S3Clients() {}

    /** A client as the environment configures it. */
    public static S3Client fromEnvironment() {
        quiet();
        S3ClientBuilder builder = builder();
        URI endpoint = endpoint(S3Clients::setting);
        if (endpoint != null) {
            builder.endpointOverride(endpoint).forcePathStyle(true).crossRegionAccessEnabled(false);
        }
        return builder.region(region()).build();
    }

    /** A builder with everything but Region, endpoint and credentials. */
    static S3ClientBuilder builder() {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .crossRegionAccessEnabled(true)
                // Log objects carry gzip's checksum; asking for another one costs time and some servers know none.
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // An export is small and whole: some servers do not know the chunks.
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(configuration ->
                        configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()));
    }

    /** The server to ask instead of AWS, or null: AWS_ENDPOINT_URL_S3 before AWS_ENDPOINT_URL, as in AWS's own tools. */
    static @Nullable URI endpoint(UnaryOperator<@Nullable String> settings) {
        String own = settings.apply("AWS_ENDPOINT_URL_S3");
        String found = own == null || own.isEmpty() ? settings.apply("AWS_ENDPOINT_URL") : own;
        return found == null || found.isEmpty() ? null : URI.create(found);
    }

    /** The environment's Region; S3 sends a client on to a bucket elsewhere, so any will do to begin with. */
    private static Region region() {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (RuntimeException e) {
            return Region.US_EAST_1;
        }
    }

    /** An environment variable, or the system property that Java programs use for it (aws.endpointUrlS3). */
    private static @Nullable String setting(@Nullable String name) {
        String property = "AWS_ENDPOINT_URL_S3".equals(name) ? "aws.endpointUrlS3" : "aws.endpointUrl";
        String value = System.getProperty(property);
        return value == null ? System.getenv(String.valueOf(name)) : value;
    }

    /** The SDK logs nothing of use to a person here, and more connections than the JDK's five are kept open. */
    private static void quiet() {
        setDefault("slf4j.internal.verbosity", "ERROR");
        setDefault("http.maxConnections", String.valueOf(S3Fetch.AT_ONCE * 2));
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
