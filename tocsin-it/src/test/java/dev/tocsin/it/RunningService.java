package dev.tocsin.it;

import dev.tocsin.server.serve.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The service as {@code tocsin serve} runs it, in this process, and what a client needs to reach it. */
final class RunningService implements AutoCloseable {

    static final String ACCOUNT = "111122223333";

    private final Service service;
    private final Path credentials;

    private RunningService(Service service, Path credentials) {
        this.service = service;
        this.credentials = credentials;
    }

    /** Starts it over a new store in {@code folder}. */
    static RunningService in(Path folder) throws IOException {
        Service service = Service.start(new Service.Options(folder.resolve("data"), "127.0.0.1:0", ACCOUNT));
        return new RunningService(service, Objects.requireNonNull(service.freshKey()));
    }

    String endpoint() {
        return service.uri().toString();
    }

    /** A value of the administrator's key file. */
    String credential(String name) throws IOException {
        return Files.readAllLines(credentials).stream()
                .filter(line -> line.startsWith(name + " = "))
                .map(line -> line.substring(name.length() + 3))
                .findFirst()
                .orElseThrow();
    }

    /** What every official client reads its settings from. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_SHARED_CREDENTIALS_FILE", credentials.toAbsolutePath().toString(),
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_ENDPOINT_URL", endpoint(),
                "TOCSIN_ACCOUNT", ACCOUNT);
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
