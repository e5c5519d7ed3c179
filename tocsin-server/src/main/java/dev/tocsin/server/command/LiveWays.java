package dev.tocsin.server.command;

import dev.tocsin.server.source.S3Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The ways by which {@code selftest --live} brings its event to a service. */
final class LiveWays {

    private static final String SCHEME = "s3://";

    private LiveWays() {}

    /** Into {@code place}: a folder, or {@code s3://BUCKET/PREFIX}, that is a source. */
    static MarkedEvent.Way source(String place) {
        return place.startsWith(SCHEME) ? new Bucket(place) : new Folder(Path.of(place));
    }

    /** Handed in to the service: past its sources and engine. */
    static MarkedEvent.Way ingest(ServerClient client) {
        return new Ingest(client);
    }

    private record Folder(Path folder) implements MarkedEvent.Way {
        @Override
        public String write(MarkedEvent event) throws IOException {
            Path file = folder.resolve(event.key());
            Path part = file.resolveSibling("." + file.getFileName());
            Files.createDirectories(file.getParent());
            Files.write(part, event.object());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return file.toString();
        }

        @Override
        public boolean isRead() {
            return true;
        }

        @Override
        public String remove(String name) {
            try {
                Files.deleteIfExists(Path.of(name));
                return "The file is removed.";
            } catch (IOException e) {
                return "Remove " + name + " yourself: " + e.getMessage();
            }
        }
    }

    private record Bucket(String url) implements MarkedEvent.Way {

        private String bucket() {
            int slash = url.indexOf('/', SCHEME.length());
            return slash < 0 ? url.substring(SCHEME.length()) : url.substring(SCHEME.length(), slash);
        }

        /** A prefix may name the folder that CloudTrail writes into, or one within it. */
        private String prefix() {
            int slash = url.indexOf('/', SCHEME.length());
            String prefix = slash < 0 ? "" : url.substring(slash + 1);
            int logs = prefix.indexOf("AWSLogs/");
            String above = logs < 0 ? prefix : prefix.substring(0, logs);
            return above.isEmpty() || above.endsWith("/") ? above : above + "/";
        }

        @Override
        public String write(MarkedEvent event) throws IOException {
            String key = prefix() + event.key();
            try (S3Client client = S3Clients.fromEnvironment()) {
                client.putObject(request -> request.bucket(bucket()).key(key), RequestBody.fromBytes(event.object()));
                return SCHEME + bucket() + "/" + key;
            } catch (SdkException e) {
                throw new IOException(
                        "the event cannot be written to " + url + " (s3:PutObject): " + e.getMessage(), e);
            }
        }

        @Override
        public boolean isRead() {
            return true;
        }

        @Override
        public String remove(String name) {
            String key = name.substring(SCHEME.length() + bucket().length() + 1);
            try (S3Client client = S3Clients.fromEnvironment()) {
                client.deleteObject(request -> request.bucket(bucket()).key(key));
                return "The object is removed.";
            } catch (SdkException e) {
                return "Remove " + name + " yourself (s3:DeleteObject): " + e.getMessage();
            }
        }
    }

    private record Ingest(ServerClient client) implements MarkedEvent.Way {
        @Override
        public String write(MarkedEvent event) throws IOException, InterruptedException {
            client.ask("POST", "ingest", event.handedIn());
            return "the service itself, past sources and engine";
        }

        @Override
        public boolean isRead() {
            return false;
        }

        @Override
        public String remove(String name) {
            return "Nothing else is left.";
        }
    }
}
