package dev.tocsin.server.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/** What the source makes of answers that a real server gives only on a bad day: a server here plays them. */
final class S3SourceTest {

    private static final String ONE_OBJECT = """
            <ListBucketResult><Name>logs</Name><IsTruncated>false</IsTruncated><Contents><Key>a/b.json</Key>\
            <LastModified>2026-03-01T12:00:00.000Z</LastModified><ETag>&quot;e1&quot;</ETag><Size>5</Size></Contents>\
            </ListBucketResult>""";

    /** One answer of the server. */
    private record Answer(int status, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private S3Source source;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        source = new S3Source(S3Clients.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .crossRegionAccessEnabled(false)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("If-Match"));
        Answer answer = answers.remove();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("x-amz-bucket-region", "eu-west-3");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Answer error(int status, String code) {
        return new Answer(status, "<Error><Code>" + code + "</Code><Message>no</Message></Error>");
    }

    private List<SourceObject> list() throws IOException {
        return source.list(S3Location.parse("s3://logs/a/"), new KeyDates(Span.ALL))
                .objects();
    }

    @Test
    void namesObjectsByUriAndKnowsThemByETag() throws IOException {
        answers.add(new Answer(200, ONE_OBJECT));
        SourceObject object = list().getFirst();
        assertEquals("s3://logs/a/b.json", object.name());
        assertEquals("\"e1\"", object.version());
        assertEquals(5, object.size());
        assertEquals(Instant.parse("2026-03-01T12:00:00Z").getEpochSecond(), object.modifiedAt());
    }

    @Test
    void asksAgainWhenTheServerFails() throws IOException {
        answers.add(error(500, "InternalError"));
        answers.add(new Answer(200, ONE_OBJECT));
        SourceObject object = list().getFirst();
        answers.add(error(503, "ServiceUnavailable"));
        answers.add(new Answer(200, "hello"));
        try (InputStream in = object.opener().open()) {
            assertArrayEquals("hello".getBytes(StandardCharsets.UTF_8), in.readAllBytes());
        }
        assertEquals(4, asked.size());
    }

    @Test
    void fetchesAnAnnouncedObjectOnceAndOnlyAsListed() throws IOException {
        answers.add(new Answer(200, ONE_OBJECT));
        SourceObject object = list().getFirst();
        answers.add(new Answer(200, "hello"));
        object.opener().announce();
        object.opener().announce();
        try (InputStream in = object.opener().open()) {
            assertEquals(5, in.readAllBytes().length);
        }
        assertEquals(2, asked.size());
        assertTrue(asked.getLast().endsWith("/logs/a/b.json \"e1\""), asked.getLast());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            404 | NoSuchBucket                 | s3://logs/a/: there is no bucket 'logs'
            403 | AccessDenied                 | needs s3:ListBucket on arn:aws:s3:::logs and s3:GetObject
            403 | InvalidAccessKeyId           | S3 does not know these credentials
            400 | ExpiredToken                 | Sign in again
            301 | PermanentRedirect            | Set AWS_REGION=eu-west-3
            400 | AuthorizationHeaderMalformed | is in another Region, eu-west-3
            501 | NotImplemented               | S3 answered NotImplemented, HTTP 501
            """)
    void saysWhatIsWrongAndTheWayOut(int status, String code, String text) {
        answers.add(error(status, code));
        IOException e = assertThrows(IOException.class, this::list);
        assertTrue(e.getMessage().contains(text), e.getMessage());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            404 | NoSuchKey          | s3://logs/a/b.json: the object was deleted after it was listed
            412 | PreconditionFailed | the object changed after it was listed
            403 | InvalidObjectState | Restore it first
            """)
    void saysWhatIsWrongWithAnObject(int status, String code, String text) throws IOException {
        answers.add(new Answer(200, ONE_OBJECT));
        SourceObject object = list().getFirst();
        answers.add(error(status, code));
        object.opener().announce();
        IOException e = assertThrows(IOException.class, () -> object.opener().open());
        assertTrue(e.getMessage().contains(text), e.getMessage());
    }

    @Test
    void aPrefixWithoutObjectsIsAMistake() {
        answers.add(new Answer(200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"));
        IOException e = assertThrows(IOException.class, this::list);
        assertTrue(e.getMessage().contains("s3://logs/a/: the bucket holds no object"), e.getMessage());
    }

    @Test
    void withoutCredentialsSaysHowToGetSome() throws IOException {
        S3Location at = S3Location.parse("s3://logs");
        IOException none = S3Errors.explain(
                SdkClientException.create("Unable to load credentials from any of the providers in the chain"),
                "s3://logs/",
                at);
        assertTrue(none.getMessage().contains("no AWS credentials found. Set AWS_PROFILE"), none.getMessage());
        IOException down = S3Errors.explain(
                SdkClientException.create("failed", new IOException("Connection refused")), "s3://logs/", at);
        assertTrue(down.getMessage().contains("cannot be reached (java.io.IOException: Connection refused)"));
    }

    @Test
    void theOwnEndpointComesBeforeTheCommonOne() {
        URI own = AwsSettings.endpoint(
                "S3", name -> name.equals("AWS_ENDPOINT_URL_S3") ? "http://own:1" : "http://all:2");
        assertEquals(URI.create("http://own:1"), own);
        URI all = AwsSettings.endpoint("S3", name -> name.equals("AWS_ENDPOINT_URL_S3") ? null : "http://all:2");
        assertEquals(URI.create("http://all:2"), all);
        assertEquals(null, AwsSettings.endpoint("S3", name -> null));
    }
}
