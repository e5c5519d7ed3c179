package dev.tocsin.server.source;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** What clients of AWS, or of servers that speak like it, have in common: endpoint, Region, connections, retries. */
final class AwsSettings {

    private static final int ATTEMPTS = 6;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private AwsSettings() {}

    /** The server that the environment names for {@code service}, such as {@code S3}, instead of AWS; or null. */
    static @Nullable URI endpoint(String service) {
        return endpoint(service, AwsSettings::setting);
    }

    /** The same of {@code settings}: AWS_ENDPOINT_URL_S3 before AWS_ENDPOINT_URL, as in AWS's own tools. */
    static @Nullable URI endpoint(String service, UnaryOperator<@Nullable String> settings) {
        String own = settings.apply("AWS_ENDPOINT_URL_" + service);
        String found = own == null || own.isEmpty() ? settings.apply("AWS_ENDPOINT_URL") : own;
        return found == null || found.isEmpty() ? null : URI.create(found);
    }

    /** An environment variable, or the system property that Java programs use for it (aws.endpointUrlS3). */
    private static @Nullable String setting(@Nullable String name) {
        String service = String.valueOf(name).substring("AWS_ENDPOINT_URL".length());
        String property = service.isEmpty()
                ? "aws.endpointUrl"
                : "aws.endpointUrl" + service.charAt(1) + service.substring(2).toLowerCase(Locale.ROOT);
        String value = System.getProperty(property);
        return value == null ? System.getenv(String.valueOf(name)) : value;
    }

    /** The environment's Region; without one {@code otherwise}. */
    static Region region(Region otherwise) {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (RuntimeException e) {
            return otherwise;
        }
    }

    /** Connections that do not wait for ever. */
    static UrlConnectionHttpClient.Builder connections() {
        return UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE);
    }

    /** Patient retries. */
    static Consumer<ClientOverrideConfiguration.Builder> retries() {
        return configuration -> configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .build());
    }

    /** The SDK logs nothing of use to a person here, and more connections than the JDK's five are kept open. */
    static void quiet() {
        setDefault("slf4j.internal.verbosity", "ERROR");
        setDefault("http.maxConnections", String.valueOf(S3Fetch.AT_ONCE * 2));
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
