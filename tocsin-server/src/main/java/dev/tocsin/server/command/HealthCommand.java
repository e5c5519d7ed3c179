package dev.tocsin.server.command;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.input.container.Reason;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.security.TrustedCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin health}: does a service work? For people, containers and supervisors. */
@Command(
        name = "health",
        description = "Tells whether a service works, and how its sources fare. Exit 1 if it does not.",
        footer = {
            "",
            "Examples:",
            "  tocsin health",
            "  tocsin health --server https://127.0.0.1:8420 --certificate /var/lib/tocsin/tls-certificate.pem"
        })
final class HealthCommand implements Callable<Integer> {

    private static final Duration WAIT = Duration.ofSeconds(10);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--server", paramLabel = "URL", description = "Which service; default: ${DEFAULT-VALUE}.")
    private URI server = URI.create("http://127.0.0.1:8420");

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "PEM: the certificate that the service, or who signed its, is known by.")
    private @Nullable Path certificate;

    @Override
    public Integer call() throws IOException, InterruptedException {
        URI ready = URI.create(server.toString().replaceAll("/+$", "") + "/tocsin/v1/health/ready");
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(WAIT);
        if (certificate != null) {
            builder.sslContext(TrustedCertificates.trusting(certificate));
        }
        try (HttpClient client = builder.build()) {
            HttpRequest request = HttpRequest.newBuilder(ready).timeout(WAIT).build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            say(Doc.parse(answer.body()));
            return answer.statusCode() == 200 ? 0 : 1;
        } catch (IOException e) {
            return none(Reason.of(e));
        } catch (IllegalArgumentException e) { // no URL that can be asked
            return none(String.valueOf(e.getMessage()));
        }
    }

    private int none(String why) {
        spec.commandLine().getErr().println("no answer from " + server + ": " + why);
        return 1;
    }

    private void say(Doc health) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Plain.text(String.valueOf(health.text("status"))));
        if (health.get("sources") instanceof List<?> sources) {
            for (Object one : sources) {
                if (one instanceof Doc source) {
                    String reason = source.text("reason");
                    long lag = source.number("lagSeconds", -1);
                    out.println(Plain.text("source " + source.text("name") + ": " + source.text("status")
                            + (reason == null ? "" : ": " + reason)
                            + (lag < 0 ? "" : ", newest record " + lag + " s old")));
                }
            }
        }
        out.flush();
    }
}
