package dev.tocsin.server.command;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** A service that runs, asked with the key that the AWS CLI would use. */
final class ServerClient {

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String KEY = "aws_access_key_id";

    private final URI service;
    private final @Nullable AwsCredentials given;

    /** Of the service at {@code service}, such as {@code http://127.0.0.1:8420}. */
    ServerClient(URI service) {
        this(service, null);
    }

    private ServerClient(URI service, @Nullable AwsCredentials given) {
        this.service = service;
        this.given = given;
    }

    /** The same, asked with the administrator's key that the first start wrote into {@code data}. */
    ServerClient withKeyOf(Path data) throws IOException {
        Path file = data.resolve("administrator.credentials");
        return new ServerClient(
                service, AwsBasicCredentials.create(value(file, KEY), value(file, "aws_secret_access_key")));
    }

    private static String value(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(name + " = ")) {
                return line.substring(name.length() + 3);
            }
        }
        throw new IOException(file + ": has no " + name);
    }

    /**
     * The finding whose id is, or begins with, {@code id}.
     *
     * @throws IOException if the service cannot be reached, refuses the key, or has no such finding; the message says which
     */
    Doc finding(String id) throws IOException, InterruptedException {
        return ask("GET", "findings/" + id, null);
    }

    /**
     * The answer to a request.
     *
     * @param path below {@code /tocsin/v1/}, or a whole one
     * @param body null for none
     * @throws IOException if the service cannot be reached or refuses; the message says which
     */
    Doc ask(String method, String path, @Nullable Doc body) throws IOException, InterruptedException {
        URI uri = URI.create(
                service.toString().replaceAll("/+$", "") + (path.startsWith("/") ? path : "/tocsin/v1/" + path));
        String text = body == null ? "" : body.toJson();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(WAIT)
                .method(
                        method,
                        text.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(text));
        signed(uri, method, text).headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
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
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(service + " answers " + answer.statusCode() + ": " + said.text("message"));
        }
        return said;
    }

    private SdkHttpRequest signed(URI uri, String method, String body) throws IOException {
        SdkHttpRequest.Builder plain = SdkHttpRequest.builder().uri(uri).method(SdkHttpMethod.fromValue(method));
        if (!body.isEmpty()) {
            plain.putHeader("Content-Type", "application/json");
        }
        try (DefaultCredentialsProvider provider =
                DefaultCredentialsProvider.builder().build()) {
            AwsCredentials key = given == null ? provider.resolveCredentials() : given;
            return AwsV4HttpSigner.create()
                    .sign(request -> request.identity(key)
                            .request(plain.build())
                            .payload(ContentStreamProvider.fromUtf8String(body))
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
    static String region() {
        try {
            return new DefaultAwsRegionProviderChain().getRegion().id();
        } catch (SdkClientException e) {
            return Region.US_EAST_1.id();
        }
    }
}
