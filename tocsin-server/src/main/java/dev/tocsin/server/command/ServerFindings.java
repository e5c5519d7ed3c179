package dev.tocsin.server.command;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Findings of a service that runs, asked with the key that the AWS CLI would use. */
final class ServerFindings {

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final URI service;

    /** Of the service at {@code service}, such as {@code http://127.0.0.1:8420}. */
    ServerFindings(URI service) {
        this.service = service;
    }

    /**
     * The finding whose id is, or begins with, {@code id}.
     *
     * @throws IOException if the service cannot be reached, refuses the key, or has no such finding; the message says which
     */
    Doc finding(String id) throws IOException, InterruptedException {
        URI uri = URI.create(service.toString().replaceAll("/+$", "") + "/tocsin/v1/findings/" + id);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(WAIT);
        signed(uri).headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<String> answer;
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(WAIT).build()) {
            answer = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException(
                    "no answer from " + service + ": " + (e.getMessage() == null ? e : e.getMessage()), e);
        }
        Doc said = Doc.parse(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException(service + " answers " + answer.statusCode() + ": " + said.text("message"));
        }
        return said;
    }

    private static SdkHttpRequest signed(URI uri) throws IOException {
        SdkHttpRequest plain =
                SdkHttpRequest.builder().uri(uri).method(SdkHttpMethod.GET).build();
        try (DefaultCredentialsProvider provider =
                DefaultCredentialsProvider.builder().build()) {
            AwsCredentials key = provider.resolveCredentials();
            return AwsV4HttpSigner.create()
                    .sign(request -> request.identity(key)
                            .request(plain)
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "guardduty")
                            .putProperty(AwsV4HttpSigner.REGION_NAME, region()))
                    .request();
        } catch (SdkClientException e) {
            throw new IOException(
                    "no access key: set AWS_SHARED_CREDENTIALS_FILE to the file that 'tocsin serve' or 'tocsin keys create'"
                            + " wrote",
                    e);
        }
    }

    /** Findings of all Regions are asked for; the signature wants one all the same. */
    private static String region() {
        try {
            return new DefaultAwsRegionProviderChain().getRegion().id();
        } catch (SdkClientException e) {
            return Region.US_EAST_1.id();
        }
    }
}
