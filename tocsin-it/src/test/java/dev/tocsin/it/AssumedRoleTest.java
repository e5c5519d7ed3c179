package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tocsin.server.config.AssumeRoleConfig;
import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;

/** A source that is read as a role: a server here plays STS and says what it was asked; S3 is a real server. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class AssumedRoleTest {

    private static final String ROLE = "arn:aws:iam::111122223333:role/tocsin-reader";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean refuses;

    @TempDir
    Path folder;

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String body = refuses
                ? "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
                : "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>"
                        + "<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>"
                        + "<SessionToken>token</SessionToken><Expiration>"
                        + Instant.now().plus(Duration.ofHours(1)) + "</Expiration></Credentials></AssumeRoleResult>"
                        + "</AssumeRoleResponse>";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refuses ? 403 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void isAskedForWithItsExternalIdAndUsed() throws IOException, InterruptedException {
        HttpServer sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sts.createContext("/", this::answer);
        sts.start();
        refuses = true;
        List<String> authorizations = new CopyOnWriteArrayList<>();
        try (LoopbackAws aws = new LoopbackAws();
                FaultyProxy proxy = new FaultyProxy(aws.s3Endpoint())) {
            aws.set("aws.endpointUrlSts", "http://127.0.0.1:" + sts.getAddress().getPort());
            aws.s3Through(proxy.endpoint());
            proxy.listen(authorizations::add);
            aws.bucket("role");
            Instant now = Instant.now();
            aws.put("role", TrailLogs.key(now, "one"), TrailLogs.stopped("main", now));
            SourceConfig source =
                    SourceConfig.bucket("trail", "s3://role/AWSLogs/", null).as(new AssumeRoleConfig(ROLE, "e-1"));
            try (RunningService service = RunningService.watching(folder, TrailLogs.ACCOUNT, source);
                    GuardDutyClient client = service.client(Region.US_EAST_1)) {
                String detector =
                        client.createDetector(request -> request.enable(true)).detectorId();
                service.awaitHealth("the role of assumeRole cannot be assumed (AccessDenied, HTTP 403)");
                refuses = false;
                while (client.listFindings(request -> request.detectorId(detector))
                                .findingIds()
                                .size()
                        < 2) {
                    Thread.onSpinWait();
                }
            }
        } finally {
            sts.stop(0);
        }
        String request = asked.getLast();
        assertTrue(request.contains("Action=AssumeRole"), request);
        assertTrue(request.contains("RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Ftocsin-reader"), request);
        assertTrue(request.contains("ExternalId=e-1"), request);
        assertTrue(request.contains("RoleSessionName=tocsin"), request);
        assertEquals(
                List.of(true),
                authorizations.stream()
                        .map(header -> header.contains("Credential=ASIAROLE/"))
                        .distinct()
                        .toList());
    }
}
