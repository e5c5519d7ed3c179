package dev.tocsin.flink.command;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A job manager, asked by its REST interface. */
final class Rest implements AutoCloseable {

    /** States that a job does not leave. */
    static final Set<String> ENDS = Set.of("FINISHED", "FAILED", "CANCELED", "SUSPENDED");

    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final String BOUNDARY = "tocsin-job-jar";

    private final String root;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** The job manager at {@code url}, such as {@code http://127.0.0.1:8081}. */
    Rest(String url) {
        this.root = url.replaceAll("/+$", "");
    }

    /** Sends the job's jar; its id there. */
    String upload(Path jar) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.concat(
                HttpRequest.BodyPublishers.ofString(
                        "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"jarfile\";"
                                + " filename=\"tocsin-job.jar\"\r\nContent-Type: application/x-java-archive\r\n\r\n"),
                HttpRequest.BodyPublishers.ofFile(jar),
                HttpRequest.BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
        Doc answer = send(HttpRequest.newBuilder(uri("/jars/upload"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(body));
        String name = String.valueOf(answer.text("filename"));
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /**
     * Runs a jar that was sent; the job's id.
     *
     * @param savepoint from which the job goes on, or null
     */
    String run(String jar, List<String> arguments, int parallelism, @Nullable String savepoint)
            throws IOException, InterruptedException {
        Doc body = new Doc()
                .with("programArgsList", arguments)
                .with("parallelism", parallelism)
                .with("savepointPath", savepoint);
        return String.valueOf(post("/jars/" + jar + "/run", body).text("jobid"));
    }

    /** RUNNING, FINISHED, FAILED, ... */
    String state(String job) throws IOException, InterruptedException {
        return String.valueOf(get("/jobs/" + job).text("state"));
    }

    /** Why a job failed, in a line; empty if nothing says. */
    String failure(String job) throws IOException, InterruptedException {
        String root = get("/jobs/" + job + "/exceptions").text("root-exception");
        if (root == null) {
            return "";
        }
        String cause = "";
        for (String line : root.lines().toList()) {
            if (cause.isEmpty() || line.startsWith("Caused by: ")) {
                cause = line;
            }
        }
        return cause.replaceFirst("^Caused by: ", "");
    }

    /** Slots that are there. */
    long slots() throws IOException, InterruptedException {
        return get("/overview").number("slots-total", 0);
    }

    /** Slots that no job holds. */
    long freeSlots() throws IOException, InterruptedException {
        return get("/overview").number("slots-available", 0);
    }

    /** Checkpoints of {@code job} that are complete. */
    long checkpoints(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").part("counts").number("completed", 0);
    }

    /** The operators of {@code job}, chained ones as one: name, and in {@code metrics} bytes, records and busy time. */
    List<Doc> operators(String job) throws IOException, InterruptedException {
        return docs(get("/jobs/" + job), "vertices");
    }

    /** The last complete checkpoint: {@code state_size} in bytes, {@code end_to_end_duration} in milliseconds. */
    Doc lastCheckpoint(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").part("latest").part("completed");
    }

    /** Of all complete checkpoints: {@code state_size} in bytes and {@code end_to_end_duration} in milliseconds, each with its {@code max}. */
    Doc checkpointSummary(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").part("summary");
    }

    private static List<Doc> docs(Doc answer, String name) {
        List<Doc> docs = new ArrayList<>();
        if (answer.get(name) instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Doc doc) {
                    docs.add(doc);
                }
            }
        }
        return docs;
    }

    /** All jobs, each with jid, name, state, duration. */
    List<Doc> jobs() throws IOException, InterruptedException {
        return docs(get("/jobs/overview"), "jobs");
    }

    /** Begins to stop {@code job} with a savepoint in {@code folder}; what to ask {@link #savepoint} with. */
    String stop(String job, String folder) throws IOException, InterruptedException {
        Doc body = new Doc().with("target-directory", folder).with("cancel-job", true);
        return String.valueOf(post("/jobs/" + job + "/savepoints", body).text("request-id"));
    }

    /** Where a savepoint lies, or null as long as it is not there. */
    @Nullable
    String savepoint(String job, String request) throws IOException, InterruptedException {
        Doc answer = get("/jobs/" + job + "/savepoints/" + request);
        if (!"COMPLETED".equals(answer.part("status").text("id"))) {
            return null;
        }
        String at = answer.part("operation").text("location");
        if (at == null) {
            throw new IOException("the savepoint failed: " + answer.toJson());
        }
        return at;
    }

    /** Ends {@code job}. */
    void cancel(String job) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(uri("/jobs/" + job)).method("PATCH", HttpRequest.BodyPublishers.noBody()));
    }

    private Doc get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private Doc post(String path, Doc body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toJson())));
    }

    private URI uri(String path) {
        return URI.create(root + path);
    }

    private Doc send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = client.send(
                    request.timeout(WAIT).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException(
                    root + ": no job manager answers (" + (e.getMessage() == null ? e : e.getMessage()) + ")", e);
        }
        if (answer.statusCode() >= 300) {
            throw new IOException(root + " answered " + answer.statusCode() + ": " + errors(answer.body()));
        }
        return answer.body().isBlank() ? new Doc() : Doc.parse(answer.body());
    }

    /** The innermost cause of what a job manager says went wrong. */
    private static String errors(String body) {
        String last = body.strip();
        int cause = last.lastIndexOf("Caused by: ");
        if (cause >= 0) {
            String text = last.substring(cause + "Caused by: ".length());
            int end = text.indexOf("\\n");
            return end < 0 ? text : text.substring(0, end);
        }
        return last;
    }

    @Override
    public void close() {
        client.close();
    }
}
