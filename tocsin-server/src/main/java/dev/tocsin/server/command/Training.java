package dev.tocsin.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import picocli.CommandLine;

/**
 * Does once what users do, so that the JVM notes which classes that needs: the launcher runs it to make the cache of loaded
 * classes.
 */
public final class Training {

    private static final String LISTENING = "listening on ";

    private Training() {}

    /**
     * Analyses the folder named first, and serves it from a data folder named second, which it makes, to one request.
     *
     * @throws IOException if the service does not come up
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
        TocsinCommand.commandLine().execute("analyze", "--quiet", "--format", "table", arguments[0]);
        serve(Path.of(arguments[0]), Path.of(arguments[1]));
        System.exit(0);
    }

    private static void serve(Path logs, Path data) throws IOException, InterruptedException {
        Path config = Files.createDirectories(data).resolve("training.yaml");
        String place = logs.toAbsolutePath().toString();
        Files.writeString(
                config,
                "sources: [{name: training, type: folder, path: '" + place + "'}]\ndetectors: {enableAllSeen: true}\n");
        try (PipedReader said = new PipedReader();
                PrintWriter out = new PrintWriter(new PipedWriter(said));
                BufferedReader lines = new BufferedReader(said)) {
            CommandLine serve = TocsinCommand.commandLine().setOut(out);
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> serve.execute(
                            "serve", "--data", data.toString(), "--listen", "127.0.0.1:0", "--config", "" + config));
            String line = lines.readLine();
            while (line != null && !line.startsWith(LISTENING)) {
                line = lines.readLine();
            }
            if (line != null) {
                ask(line.substring(LISTENING.length()));
            }
        }
    }

    /** A path of our own, and a call whose signature is refused. */
    private static void ask(String service) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI health = URI.create(service + "/tocsin/v1/health/ready");
            client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            Map<String, String> headers = Map.of(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=TRAINING/20260101/us-east-1/guardduty/aws4_request,"
                            + " SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64),
                    "X-Amz-Date",
                    "20260101T000000Z");
            HttpRequest.Builder call = HttpRequest.newBuilder(URI.create(service + "/detector"));
            headers.forEach(call::header);
            client.send(call.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        }
    }
}
