package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.contract.Member;
import dev.tocsin.server.api.contract.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Wrong input of every kind for every operation, over HTTP: the documented class, a text that names the member, never a fault
 * of the service, nothing of its inside, no secret in the log.
 */
final class WrongInputTest extends ServiceFixture {

    private static final Contract CONTRACT = Contract.get();
    private static final String UNKNOWN = "ffffffffffffffffffffffffffffffff";

    /** Classes that say of an id that it is unknown, or of the caller that it is not its right. */
    private static final Set<String> UNKNOWN_ID =
            Set.of("BadRequestException", "ResourceNotFoundException", "AccessDeniedException");

    private final WrongInputs inputs = new WrongInputs(CONTRACT);
    private final List<String> logged = new ArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            synchronized (logged) {
                logged.add(entry.getLoggerName() + " " + entry.getMessage() + " " + entry.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("").removeHandler(log);
        assertFalse(logged.toString().contains(administrator.secret()), "a secret in the log");
    }

    private String detector() throws IOException, InterruptedException {
        return signed(administrator, "POST", "/detector", "{'enable':true}").text("detectorId");
    }

    private static Map<String, Operation> operations() {
        return new TreeMap<>(CONTRACT.operations());
    }

    private Answer ask(Operation operation, Doc input, String detector) throws IOException, InterruptedException {
        Doc whole = new Doc().withAll(input);
        if (operation.uri().contains("{DetectorId}")) {
            whole.with("DetectorId", detector);
        }
        return call(administrator, operation.name(), whole);
    }

    /** What is wrong with a refusal, or empty. */
    private static String fault(Answer answer, Set<String> classes, String member) {
        String error = answer.raw().headers().firstValue("x-amzn-ErrorType").orElse("none");
        String message = String.valueOf(answer.body().text("message"));
        String body = answer.raw().body();
        if (answer.status() >= 500 || answer.status() < 400) {
            return answer.status() + " " + body;
        }
        if (!classes.contains(error)) {
            return "class " + error + " " + body;
        }
        if (!message.toLowerCase(Locale.ROOT).contains(member.toLowerCase(Locale.ROOT))) {
            return "does not name " + member + ": " + message;
        }
        boolean whole = String.valueOf(answer.body().text("__type"))
                        .equals(answer.body().text("type"))
                && answer.raw().headers().firstValue("x-amzn-RequestId").isPresent();
        return body.contains("dev.tocsin") || body.contains("java.") || !whole ? body : "";
    }

    @Test
    void eachFaultOfEachMemberIsNamed() throws IOException, InterruptedException {
        String detector = detector();
        List<String> faults = new ArrayList<>();
        int asked = 0;
        for (Operation operation : operations().values()) {
            for (WrongInputs.Wrong wrong : inputs.wrong(operation)) {
                String fault =
                        fault(ask(operation, wrong.input(), detector), Set.of("BadRequestException"), wrong.member());
                asked++;
                if (!fault.isEmpty()) {
                    faults.add(operation.name() + ": " + wrong.member() + " " + wrong.fault() + ": " + fault);
                }
            }
        }
        assertEquals("", String.join("\n", faults));
        assertTrue(asked > 900, "asked " + asked);
    }

    @Test
    void unknownIdsAreNotFound() throws IOException, InterruptedException {
        String detector = detector();
        List<String> faults = new ArrayList<>();
        for (Operation operation : operations().values()) {
            boolean names = operation.uri().contains("{");
            boolean tags = operation.uri().startsWith("/tags/");
            if (names && !tags) {
                String unknown = operation.uri().contains("{DetectorId}") ? UNKNOWN : detector;
                String fault = fault(ask(operation, inputs.right(operation), unknown), UNKNOWN_ID, "");
                if (!fault.isEmpty()) {
                    faults.add(operation.name() + ": " + fault);
                }
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    @Test
    void badTokensAreNamed() throws IOException, InterruptedException {
        String detector = detector();
        List<String> faults = new ArrayList<>();
        for (Operation operation : operations().values()) {
            Member token = operation.input().member("nextToken");
            if (token != null) {
                for (String bad : List.of("!!!", "AAAA", "eyJhIjoxfQ", "x".repeat(3_000), "' OR 1=1 --")) {
                    Doc input = inputs.right(operation).with("nextToken", bad);
                    Answer answer = ask(operation, input, detector);
                    if (answer.status() >= 500) {
                        faults.add(operation.name() + " " + bad + ": "
                                + answer.raw().body());
                    }
                }
            }
        }
        assertEquals("", String.join("\n", faults));
        Answer answer = signed(administrator, "POST", "/detector/" + detector + "/findings", "{'nextToken':'!!!'}");
        assertEquals(400, answer.status());
        assertTrue(answer.text("message").contains("nextToken"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            POST | /detector                                    | {'enable':true,TAGS}
            POST | /detector/ID/filter                          | {'name':'abc','findingCriteria':{'criterion':{'severity':{'gte':4}}},TAGS}
            POST | /detector/ID/ipset                           | {'name':'abc','format':'TXT','location':'s3://b/k','activate':false,TAGS}
            POST | /malware-protection-plan                     | {'role':'arn:aws:iam::111111111111:role/r','protectedResource':{'s3Bucket':{'bucketName':'b'}},TAGS}
            POST | /tags/arn%3Aaws%3Aguardduty%3Aeu-central-1%3A111111111111%3Adetector%2FID | {TAGS}
            """)
    void tagsAreCheckedWhereverTheyAreGiven(String method, String path, String body)
            throws IOException, InterruptedException {
        String detector = detector();
        for (String tags :
                List.of("{'aws:a':'b'}", "{'a':'" + "b".repeat(257) + "'}", "{'" + "a".repeat(129) + "':'b'}")) {
            Answer answer =
                    signed(administrator, method, path.replace("ID", detector), body.replace("TAGS", "'tags':" + tags));
            assertEquals(400, answer.status(), tags);
            assertTrue(answer.text("message").contains("parameter tags"), answer.text("message"));
        }
    }

    @Test
    void aTokenOfAListInAnotherOrderIsRefused() throws IOException, InterruptedException {
        String findings = "/detector/" + detector() + "/findings";
        signed(administrator, "POST", findings + "/create", "{}");
        String bySeverity = "'sortCriteria':{'attributeName':'severity','orderBy':'ASC'}";
        String token = signed(administrator, "POST", findings, "{'maxResults':5," + bySeverity + "}")
                .text("nextToken");
        assertEquals(
                200,
                signed(administrator, "POST", findings, "{'nextToken':'" + token + "'," + bySeverity + "}")
                        .status());
        assertEquals(
                400,
                signed(administrator, "POST", findings, "{'nextToken':'" + token + "'}")
                        .status());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a chunk of no length     | Transfer-Encoding: chunked;;zz | false
            a body that is cut off   | Content-Length: 100;;{         | true
            a body that falls silent | Content-Length: 100;;{         | false
            a head that falls silent | Content-Len                    | false
            """)
    void aRequestThatDoesNotArriveWholeIsNoFaultOfTheServiceAndHoldsNothing(String what, String sent, boolean ends)
            throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.uri().getPort())) {
            socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis()); // the test's own; it ends before
            send(socket, "POST /detector HTTP/1.1\r\nHost: a\r\n" + sent.replace(";", "\r\n"));
            if (ends) {
                socket.shutdownOutput();
            }
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertFalse(answer.contains(" 500 "), answer);
        }
        assertEquals("[]", logged.toString(), what);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a query that does not decode | GET /detector?%zz HTTP/1.1
            a path that does not decode  | GET /detector/%zz HTTP/1.1
            no path                      | GET HTTP/1.1
            no request at all            | hello
            """)
    void whatIsNoRequestIsRefusedInTheApisForm(String what, String line) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.uri().getPort())) {
            socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
            send(socket, line + "\r\nHost: a\r\nConnection: close\r\n\r\n");
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
            assertTrue(answer.contains("\"__type\":"), answer);
        }
        assertEquals("[]", logged.toString(), what);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Test
    void bodiesThatAreNoJsonObjectAreRefused() throws IOException, InterruptedException {
        for (String body :
                List.of("{", "[]", "null", "\"text\"", "{} {}", "{'enable':}", "\u0000", "{'a':".repeat(200))) {
            Answer answer = signed(administrator, "POST", "/detector", body);
            assertEquals(400, answer.status(), body);
            assertEquals("", fault(answer, Set.of("BadRequestException"), "body"), body);
        }
        Answer large = signed(administrator, "POST", "/detector", "{'a':'" + "x".repeat(2 << 20) + "'}");
        assertTrue(
                large.status() == 400 || large.status() == 413,
                () -> large.status() + large.raw().body());
        assertEquals(404, signed(administrator, "POST", "/no/such/path", "{}").status());
    }

    @Test
    void signaturesThatDoNotHoldAreRefused() throws IOException, InterruptedException {
        assertEquals(
                "MissingAuthenticationTokenException",
                open("GET", "/detector", "").text("__type"));
        refused(new Key(administrator.id(), "wrong secret"), "SignatureDoesNotMatch");
        refused(new Key("AKIAUNKNOWNUNKNOWN00", administrator.secret()), "UnrecognizedClientException");
        for (String header : List.of("", "AWS4-HMAC-SHA256", "Bearer x", "AWS4-HMAC-SHA256 Credential=a")) {
            Answer answer = send(HttpRequest.newBuilder(URI.create(service.uri() + "/detector"))
                    .header("Authorization", header.isEmpty() ? " " : header)
                    .build());
            assertEquals(403, answer.status());
            assertEquals("IncompleteSignatureException", answer.text("__type"));
        }
    }

    @Test
    void whatIsSentAgainLaterOrWithAnotherBodyIsRefused() throws IOException, InterruptedException {
        Clock now = Clock.systemUTC();
        String body = "{\"enable\":true}";
        Answer expired = send(
                request(administrator, Clock.offset(now, Duration.ofMinutes(-6)), "POST", "/detector", body, body));
        assertEquals(403, expired.status());
        assertEquals("InvalidSignatureException", expired.text("__type"));
        assertTrue(expired.text("message").startsWith("Signature expired: "), expired.text("message"));
        Answer early =
                send(request(administrator, Clock.offset(now, Duration.ofMinutes(6)), "POST", "/detector", body, body));
        assertEquals("InvalidSignatureException", early.text("__type"));
        Answer other = send(request(administrator, now, "POST", "/detector", body, "{\"enable\":false}"));
        assertEquals("SignatureDoesNotMatch", other.text("__type"));
        String ids = signed(administrator, "GET", "/detector", "").raw().body();
        assertTrue(ids.contains("\"detectorIds\":[]"), ids);
        String once = "{\"enable\":true,\"clientToken\":\"t\"}";
        HttpRequest request = request(administrator, now, "POST", "/detector", once, once);
        assertEquals(send(request).text("detectorId"), send(request).text("detectorId"), "a replay changes nothing");
    }

    private void refused(Key key, String error) throws IOException, InterruptedException {
        Answer answer = signed(key, "GET", "/detector", "");
        assertEquals(403, answer.status());
        assertEquals(error, answer.text("__type"));
    }
}
