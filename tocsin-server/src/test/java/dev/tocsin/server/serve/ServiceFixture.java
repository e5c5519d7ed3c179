package dev.tocsin.server.serve;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.contract.Member;
import dev.tocsin.server.api.contract.Operation;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.TlsConfig;
import dev.tocsin.server.security.AccessKeys;
import dev.tocsin.server.security.Sealer;
import dev.tocsin.server.security.Users;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** A running service on loopback, and requests to it. */
abstract class ServiceFixture {

    static final String ACCOUNT = "111111111111";
    static final String REGION = "eu-central-1";

    @TempDir
    Path folder;

    final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // start() sets it
    Service service;

    @SuppressWarnings("NullAway.Init")
    Key administrator;

    /** An access key. */
    record Key(String id, String secret) {}

    /** An answer: body is empty if it is no JSON object. */
    record Answer(int status, Doc body, HttpResponse<String> raw) {

        String text(String name) {
            return Objects.requireNonNull(body.text(name), () -> name + " in " + raw.body());
        }
    }

    @BeforeEach
    void start() throws IOException, ConfigException {
        service = Service.start(options());
        Path file = Objects.requireNonNull(service.freshKey());
        administrator = new Key(value(file, "aws_access_key_id"), value(file, "aws_secret_access_key"));
    }

    ServiceOptions options() {
        return new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", ACCOUNT, ServiceOptions.Watch.NOTHING)
                .with(TlsConfig.NONE);
    }

    /** Ends the service and starts it anew over the same folder. */
    void restart() throws IOException, ConfigException {
        service.close();
        service = Service.start(options());
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        http.close();
    }

    private static String value(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name + " = "))
                .map(line -> line.substring(name.length() + 3))
                .findFirst()
                .orElseThrow();
    }

    /** A key made beside the running service. */
    Key key(String account, Role role) throws IOException {
        Path data = folder.resolve("data");
        SecureRandom random = new SecureRandom();
        try (Store store = Store.openBeside(data)) {
            AccessKeys.Fresh fresh = new AccessKeys(store, Sealer.in(data, random), random, InstantSource.system())
                    .create(account, role);
            return new Key(fresh.id(), fresh.secret());
        }
    }

    /** A user made beside the running service. */
    void user(String name, Role role, String password) throws IOException {
        try (Store store = Store.openBeside(folder.resolve("data"))) {
            new Users(store, new SecureRandom(), InstantSource.system()).create(name, ACCOUNT, role, password);
        }
    }

    Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        Doc body;
        try {
            body = Doc.parse(response.body());
        } catch (IOException e) {
            body = new Doc();
        }
        return new Answer(response.statusCode(), body, response);
    }

    HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(service.uri() + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
    }

    /** Sends it unsigned; {@code body} may be written with single quotes. */
    Answer open(String method, String path, String body) throws IOException, InterruptedException {
        return send(request(method, path, body.replace('\'', '"')).build());
    }

    /** Calls {@code operation} with {@code input}, by wire names. */
    Answer call(Key key, String operation, Doc input) throws IOException, InterruptedException {
        Operation known = Objects.requireNonNull(Contract.get().operations().get(operation), operation);
        String path = known.uri();
        StringBuilder query = new StringBuilder();
        Doc body = new Doc().withAll(input);
        for (Member member : known.input().members()) {
            Object value = input.get(member.wire());
            if (member.place() == Member.Place.BODY || value == null) {
                continue;
            }
            body.without(member.wire());
            if (member.place() == Member.Place.PATH) {
                path = path.replace("{" + member.wire() + "}", escaped(value));
            } else {
                for (Object one : value instanceof List<?> list ? list : List.of(value)) {
                    query.append(query.isEmpty() ? "?" : "&").append(member.wire() + "=" + escaped(one));
                }
            }
        }
        boolean without = known.method().equals("GET") || known.method().equals("DELETE");
        String json = without ? "" : body.toJson();
        return send(request(key, Clock.systemUTC(), known.method(), path + query, json, json));
    }

    private static String escaped(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends it signed with {@code key}; {@code body} may be written with single quotes. */
    Answer signed(Key key, String method, String path, String body) throws IOException, InterruptedException {
        String json = body.replace('\'', '"');
        return send(request(key, Clock.systemUTC(), method, path, json, json));
    }

    /** A request signed by {@code clock} over {@code body} that carries {@code sent}. */
    HttpRequest request(Key key, Clock clock, String method, String path, String body, String sent) {
        SdkHttpRequest plain = SdkHttpRequest.builder()
                .uri(URI.create(service.uri() + path))
                .method(SdkHttpMethod.fromValue(method))
                .putHeader("Content-Type", "application/json")
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(AwsCredentialsIdentity.create(key.id(), key.secret()))
                        .request(plain)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "guardduty")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, REGION)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock))
                .request();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.uri() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(sent));
        signed.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }
}
