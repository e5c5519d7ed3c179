package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.scenario.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;

/**
 * What the product writes of a finding, all of it but {@code tocsin}, arrives in a program that uses an official client: a
 * member of another name or kind than the model's would be dropped on the way.
 */
final class FindingsReadByClientsTest {

    private static final String DETECTOR = "0123456789abcdef0123456789abcdef";

    /** The Java client that resolves here is older than this member, and drops it as clients do with what they do not know. */
    private static final String LATER = ".customDetectionRuleName";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Doc> WRITTEN = new ArrayList<>();
    private static HttpServer server;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        for (FindingState finding : Scenario.play()) {
            WRITTEN.add(FindingDocument.getFindings(finding.document()));
        }
        byte[] answer = new Doc().with("findings", WRITTEN).toJson().getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void theJavaSdkReadsAllOfIt() throws IOException {
        try (GuardDutyClient client = GuardDutyClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            List<Map<String, String>> read =
                    client.getFindings(request -> request.detectorId(DETECTOR).findingIds(ids())).findings().stream()
                            .map(finding -> leaves(finding))
                            .toList();

            List<Map<String, String>> known = expected(false);
            known.forEach(finding -> {
                finding.remove(LATER);
                finding.remove(".service.runtimeDetails.context.fileOperation"); // of the same age
                finding.remove(".service.runtimeDetails.context.filePath");
            });
            assertEquals(known, read);
        }
    }

    @Test
    void theJavaScriptClientReadsAllOfIt() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(endpoint(), DETECTOR));
        arguments.addAll(ids());
        JsonNode read = JSON.readTree(NodeProject.GUARDDUTY.run("read-findings.mjs", arguments, Map.of()));

        List<Map<String, String>> leaves = new ArrayList<>();
        for (JsonNode finding : read) {
            Map<String, String> flat = new TreeMap<>();
            flatten("", finding, flat, true);
            leaves.add(asOnTheWire(flat));
        }
        assertEquals(expected(true), leaves);
    }

    private static String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static List<String> ids() {
        return WRITTEN.stream()
                .map(finding -> String.valueOf(finding.text("id")))
                .toList();
    }

    /** The client names members as its model does; one of them is sent by another name: an actor's account's. */
    private static Map<String, String> asOnTheWire(Map<String, String> read) {
        Map<String, String> sent = new TreeMap<>();
        read.forEach((path, value) -> sent.put(path.replace(".user.account.name", ".user.account.account"), value));
        return sent;
    }

    private static List<Map<String, String>> expected(boolean foldCase) throws IOException {
        assertTrue(WRITTEN.size() >= 50, "too few findings: " + WRITTEN.size());
        List<Map<String, String>> expected = new ArrayList<>();
        for (Doc finding : WRITTEN) {
            Map<String, String> flat = new TreeMap<>();
            flatten("", JSON.readTree(finding.toJson()), flat, foldCase);
            flat.keySet().removeIf(name -> name.startsWith(".tocsin"));
            expected.add(flat);
        }
        return expected;
    }

    /** Paths of all values; the JavaScript client's names begin with a capital, so there case is let go. */
    private static void flatten(String path, JsonNode node, Map<String, String> into, boolean foldCase) {
        if (node.isObject()) {
            node.properties().forEach(member -> {
                String name = foldCase ? member.getKey().toLowerCase(Locale.ROOT) : member.getKey();
                flatten(path + "." + name, member.getValue(), into, foldCase);
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i), into, foldCase);
            }
        } else {
            into.put(path, node.isNumber() ? String.valueOf(node.doubleValue()) : node.asText());
        }
    }

    private static Map<String, String> leaves(SdkPojo finding) {
        Map<String, String> leaves = new TreeMap<>();
        leaves("", finding, leaves);
        return leaves;
    }

    private static void leaves(String path, Object value, Map<String, String> into) {
        switch (value) {
            case SdkPojo pojo -> {
                for (SdkField<?> field : pojo.sdkFields()) {
                    Object part = field.getValueOrDefault(pojo);
                    if (part != null) {
                        leaves(path + "." + field.locationName(), part, into);
                    }
                }
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    leaves(path + "[" + i + "]", list.get(i), into);
                }
            }
            case Map<?, ?> map -> map.forEach((name, part) -> leaves(path + "." + name, part, into));
            case Number number -> into.put(path, String.valueOf(number.doubleValue()));
            case Instant time -> into.put(path, String.valueOf(time.toEpochMilli() / 1000.0));
            default -> into.put(path, value.toString());
        }
    }
}
