package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.deliver.Receiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Destinations of our own, from the API to a real receiver. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class DestinationsTest extends ServiceFixture {

    private static final String PATH = "/tocsin/v1/destinations";

    @SuppressWarnings("NullAway.Init")
    private Receiver receiver;

    @SuppressWarnings("NullAway.Init")
    private String detector;

    private List<Doc> configured = List.of();

    @Override
    ServiceOptions options() {
        return super.options().sending(new ServiceOptions.Outward(configured, "https://console.example.com"));
    }

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        receiver = new Receiver();
        detector = signed(administrator, "POST", "/detector", "{'enable':true}").text("detectorId");
    }

    @AfterEach
    void end() {
        receiver.close();
    }

    private static String id(int number) {
        return String.format(java.util.Locale.ROOT, "%032x", number);
    }

    /** A state of a finding comes, as from an engine elsewhere. */
    private void finding(int number, long revision, double severity) throws IOException, InterruptedException {
        String head = "'id':'" + id(number) + "','type':'Recon:EC2/Portscan','region':'" + REGION + "','severity':"
                + severity;
        String finding = "{" + head + ",'account':'" + ACCOUNT + "','revision':" + revision
                + ",'firstSeen':'2026-03-01T12:00:00Z','lastSeen':'2026-03-01T12:05:00Z','document':{" + head
                + ",'schemaVersion':'2.0','accountId':'" + ACCOUNT + "','title':'t" + number + "','description':'d',"
                + "'arn':'arn:aws:guardduty:x:y:detector/z/finding/" + id(number) + "','partition':'aws',"
                + "'resource':{'resourceType':'Instance'},'service':{'count':" + revision
                + ",'eventFirstSeen':'2026-03-01T12:00:00.000Z','eventLastSeen':'2026-03-01T12:05:00.000Z'}}}";
        Answer answer = signed(administrator, "POST", "/tocsin/v1/ingest", "{'findings':[" + finding + "]}");
        assertEquals(200, answer.status(), answer.raw().body());
    }

    private String webhook(String more) throws IOException, InterruptedException {
        return created("{'name':'hook','type':'webhook','url':'" + receiver.url() + "'" + more + "}");
    }

    private String created(String body) throws IOException, InterruptedException {
        Answer answer = signed(administrator, "POST", PATH, body);
        assertEquals(201, answer.status(), answer.raw().body());
        return answer.text("id");
    }

    private Doc shown(String id) throws IOException, InterruptedException {
        return signed(administrator, "GET", PATH + "/" + id, "").body();
    }

    private void awaitCount(String id, String member, long count) throws IOException, InterruptedException {
        while (shown(id).number(member, -1) != count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aSignedEventArrivesForEachStateThatLeaves() throws Exception {
        String id = webhook(",'secret':'s3cret','frequency':'FIFTEEN_MINUTES'");
        finding(1, 3, 5);
        Receiver.Got got = receiver.next();
        assertEquals(id(1) + "-3", got.header("X-Tocsin-Id"));
        assertEquals(
                "v1=" + hmac("s3cret", got.header("X-Tocsin-Timestamp") + "." + got.body()),
                got.header("X-Tocsin-Signature"));
        Doc event = Doc.parse(got.body());
        assertEquals("GuardDuty Finding", event.text("detail-type"));
        assertEquals(id(1), event.part("detail").text("id"));
        assertEquals(REGION, event.text("region"));
        awaitCount(id, "sent", 1);
        finding(1, 4, 5);
        awaitCount(id, "waiting", 1);
        assertEquals(List.of(), receiver.rest(), "what goes on waits for its clock");
        assertFalse(signed(administrator, "GET", PATH, "").raw().body().contains("s3cret"));
    }

    private static String hmac(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void onlyAdministratorsSeeAndChangeDestinations() throws IOException, InterruptedException {
        String id = webhook("");
        Key reader = key(ACCOUNT, Role.READER);
        assertEquals(403, signed(reader, "GET", PATH, "").status());
        assertEquals(403, signed(reader, "POST", PATH + "/" + id + "/test", "").status());
        Key other = key("222222222222", Role.ADMINISTRATOR);
        assertEquals(
                "{\"destinations\":[]}", signed(other, "GET", PATH, "").raw().body());
        assertEquals(404, signed(other, "DELETE", PATH + "/" + id, "").status());
    }

    @Test
    void aDestinationIsChangedTestedAndDeleted() throws IOException, InterruptedException {
        String id = webhook(",'minSeverity':7");
        Answer changed = signed(administrator, "POST", PATH + "/" + id, "{'minSeverity':4,'secret':'x','regions':[]}");
        assertEquals(4, changed.body().number("minSeverity", 0), changed.raw().body());
        assertEquals(true, changed.body().get("secretSet"));
        assertEquals("CHANGED", receiver.next().body().contains("UpdateDestination") ? "CHANGED" : "no notice");
        Answer tested = signed(administrator, "POST", PATH + "/" + id + "/test", "");
        assertEquals(true, tested.body().get("delivered"), tested.raw().body());
        Receiver.Got got = receiver.next();
        assertTrue(got.body().contains("[TEST]"), got.body());
        receiver.does(exchange -> Receiver.status(exchange, 403));
        Answer refused = signed(administrator, "POST", PATH + "/" + id + "/test", "");
        assertEquals(false, refused.body().get("delivered"));
        assertTrue(refused.text("answer").contains("answered 403"), refused.text("answer"));
        assertEquals(200, signed(administrator, "DELETE", PATH + "/" + id, "").status());
        assertEquals(404, signed(administrator, "GET", PATH + "/" + id, "").status());
    }

    @Test
    void aTopicsPropertiesAreSealedAndMayBeTakenAway() throws IOException, InterruptedException {
        String login =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\\\"u\\\" password=\\\"s3cret\\\";";
        String id = created("{'name':'bus','type':'kafka','brokers':['127.0.0.1:1'],'topic':'findings','properties':"
                + "{'security.protocol':'SASL_PLAINTEXT','sasl.mechanism':'PLAIN','sasl.jaas.config':'" + login
                + "'}}");
        String all = signed(administrator, "GET", PATH, "").raw().body();
        assertFalse(all.contains("s3cret"), all);
        Answer changed = signed(administrator, "POST", PATH + "/" + id, "{'topic':'others'}");
        assertEquals(true, changed.body().get("propertiesSet"), changed.raw().body());
        Answer moved = signed(administrator, "POST", PATH + "/" + id, "{'brokers':['127.0.0.1:2']}");
        assertEquals(400, moved.status(), "a login that nobody is shown must not go to another host");
        assertTrue(moved.raw().body().contains("properties"), moved.raw().body());
        Answer same = signed(administrator, "POST", PATH + "/" + id, "{'brokers':['127.0.0.1:1']}");
        assertEquals(200, same.status(), same.raw().body());
        assertFalse(changed.raw().body().contains("s3cret"), changed.raw().body());
        Answer tested = signed(administrator, "POST", PATH + "/" + id + "/test", "");
        assertEquals(false, tested.body().get("delivered"), tested.raw().body());
        assertTrue(
                tested.text("answer").startsWith("Kafka at 127.0.0.1:1: a broker does not answer"),
                tested.text("answer"));
        Answer without = signed(administrator, "POST", PATH + "/" + id, "{'properties':{}}");
        assertEquals(null, without.body().get("propertiesSet"), without.raw().body());
    }

    @Test
    void whatIsWrongIsSaid() throws IOException, InterruptedException {
        Answer answer = signed(administrator, "POST", PATH, "{'name':'a','type':'webhok'}");
        assertEquals(400, answer.status());
        assertTrue(answer.text("message").contains("did you mean webhook"), answer.text("message"));
    }

    @Test
    void theConfigurationsDestinationsAreReadOnly() throws IOException, InterruptedException, ConfigException {
        configured = List.of(new Doc()
                .with("name", "siem")
                .with("type", "webhook")
                .with("url", receiver.url())
                .with("secret", "from the environment"));
        restart();
        Answer list = signed(administrator, "GET", PATH, "");
        assertFalse(
                list.raw().body().contains("from the environment"), list.raw().body());
        Doc one = JsonText.objects(list.body().get("destinations")).getFirst();
        assertEquals("configuration", one.text("origin"));
        String id = Objects.requireNonNull(one.text("id"));
        assertEquals(409, signed(administrator, "DELETE", PATH + "/" + id, "").status());
        finding(1, 1, 5);
        assertEquals(id(1) + "-1", receiver.next().header("X-Tocsin-Id"));
        configured = List.of();
        restart();
        assertEquals(404, signed(administrator, "GET", PATH + "/" + id, "").status());
    }

    @Test
    void filtersChoose() throws IOException, InterruptedException {
        webhook(",'minSeverity':7");
        created("{'name':'other','type':'webhook','url':'" + receiver.url() + "','types':['Trojan:']}");
        created("{'name':'third','type':'webhook','url':'" + receiver.url() + "','regions':['us-east-1']}");
        created("{'name':'fourth','type':'webhook','url':'" + receiver.url() + "','accounts':['333333333333']}");
        finding(1, 1, 6.9);
        finding(2, 1, 7);
        assertEquals(id(2) + "-1", receiver.next().header("X-Tocsin-Id"));
        assertEquals(List.of(), receiver.rest());
    }

    @Test
    void whatARuleHidesNeverLeavesAndWhatAUserArchivedDoes() throws IOException, InterruptedException, ConfigException {
        String id = webhook(",'types':['Recon:']");
        String filter = "{'name':'hide','action':'ARCHIVE','findingCriteria':{'criterion':{'id':{'equals':['" + id(1)
                + "']}}}}";
        assertEquals(
                200,
                signed(administrator, "POST", "/detector/" + detector + "/filter", filter)
                        .status());
        finding(1, 1, 5);
        finding(1, 2, 5);
        finding(2, 1, 5);
        awaitCount(id, "sent", 2); // the notice of the filter, and the one that it does not hide
        receiver.rest();
        signed(
                administrator,
                "POST",
                "/detector/" + detector + "/findings/archive",
                "{'findingIds':['" + id(1) + "','" + id(2) + "']}");
        finding(1, 3, 5);
        finding(2, 2, 5);
        awaitCount(id, "waiting", 1);
        assertEquals(List.of(), receiver.rest());
    }

    @Test
    void aRefusedMessageBecomesADeadLetterThatCanBeReplayed() throws IOException, InterruptedException {
        String id = webhook("");
        receiver.does(exchange -> Receiver.status(exchange, 400));
        finding(1, 1, 5);
        awaitCount(id, "dead", 1);
        assertEquals(0, shown(id).number("waiting", -1));
        Answer dead = signed(administrator, "GET", PATH + "/" + id + "/dead", "");
        Doc letter = JsonText.objects(dead.body().get("letters")).getFirst();
        assertEquals(id(1), letter.text("findingId"));
        assertTrue(String.valueOf(letter.text("problem")).contains("400"), letter.toJson());
        List<Receiver.Got> tries = receiver.rest();
        assertEquals(5, tries.size());
        assertEquals(
                1,
                tries.stream().map(one -> one.header("X-Tocsin-Id")).distinct().count());
        receiver.does(exchange -> Receiver.status(exchange, 200));
        Answer replayed = signed(administrator, "POST", PATH + "/" + id + "/replay", "");
        assertEquals(1, replayed.body().number("replayed", -1));
        assertEquals(id(1) + "-1", receiver.next().header("X-Tocsin-Id"));
        awaitCount(id, "dead", 0);
        String metrics = open("GET", "/metrics", "").raw().body();
        assertTrue(metrics.contains("tocsin_dead_letters{destination=\"hook\""), metrics);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "302", "404", "torn", "huge"})
    void aFailingOrLyingReceiverGetsAllInTheEnd(String behaviour) throws IOException, InterruptedException {
        String id = webhook("");
        receiver.does(
                switch (behaviour) {
                    case "torn" -> Receiver::tornAnswer;
                    case "huge" -> receiver::hugeAnswer;
                    case "302" ->
                        exchange -> {
                            exchange.getResponseHeaders().add("Location", receiver.url() + "/elsewhere");
                            Receiver.status(exchange, 302);
                        };
                    default -> exchange -> Receiver.status(exchange, Integer.parseInt(behaviour));
                });
        finding(1, 1, 5);
        assertEquals(id(1) + "-1", receiver.next().header("X-Tocsin-Id"));
        if (!behaviour.equals("huge")) { // its status says that it took the message
            assertEquals(id(1) + "-1", receiver.next().header("X-Tocsin-Id"), "it is tried again under the same id");
            assertEquals("failing", shown(id).text("status"));
            receiver.does(exchange -> Receiver.status(exchange, 200));
        }
        awaitCount(id, "sent", 1);
        assertEquals("up", shown(id).text("status"));
        assertTrue(receiver.rest().stream().noneMatch(one -> one.path().contains("elsewhere")));
    }

    @Test
    void aReceiverThatHangsHoldsUpNoOther() throws IOException, InterruptedException {
        try (Receiver slow = new Receiver()) {
            slow.does(slow::hang);
            String id = created("{'name':'slow','type':'webhook','url':'" + slow.url() + "'}");
            webhook("");
            for (int i = 1; i <= 20; i++) {
                finding(i, 1, 5);
            }
            for (int i = 1; i <= 20; i++) {
                receiver.next();
            }
            slow.next();
            assertEquals(0, shown(id).number("sent", -1));
        }
    }

    @Test
    void aRestartLosesNothingThatWaits() throws IOException, InterruptedException, ConfigException {
        webhook("");
        receiver.does(exchange -> Receiver.status(exchange, 503));
        for (int i = 1; i <= 5; i++) {
            finding(i, 1, 5);
        }
        receiver.next();
        restart();
        receiver.rest();
        receiver.does(exchange -> Receiver.status(exchange, 200));
        java.util.Set<String> ids = new java.util.TreeSet<>();
        while (ids.size() < 5) {
            ids.add(receiver.next().header("X-Tocsin-Id"));
        }
        assertTrue(ids.contains(id(5) + "-1"), ids::toString);
    }

    @Test
    void moreThanTheRateBecomesADigestButForCriticalOnes() throws IOException, InterruptedException {
        String id = webhook(",'rate':2,'format':'guardduty','enabled':true,'types':['Recon:']");
        receiver.does(receiver::hang);
        finding(1, 1, 5);
        receiver.next(); // under way, so that the others come together; it is tried again
        for (int i = 2; i <= 12; i++) {
            finding(i, 1, i == 7 ? 9 : 5);
        }
        receiver.does(exchange -> Receiver.status(exchange, 200));
        List<Doc> bodies = new java.util.ArrayList<>();
        long findings = 0;
        while (findings < 12) {
            Doc body = Doc.parse(receiver.next().body());
            bodies.add(body);
            findings += "Digest:Tocsin/ManyFindings".equals(body.text("type"))
                    ? body.part("service").part("additionalInfo").number("findings", 0)
                    : 1;
        }
        assertTrue(bodies.stream().anyMatch(one -> id(7).equals(one.text("id"))), "the Critical one by itself");
        assertTrue(bodies.size() < 12, bodies.size() + " messages");
        awaitCount(id, "waiting", 0);
    }

    @Test
    void aFileHasALineForEach() throws IOException, InterruptedException {
        String id = created("{'name':'file','type':'file','path':'findings.jsonl'}");
        finding(1, 1, 5);
        finding(2, 1, 5);
        awaitCount(id, "sent", 2);
        Path file = folder.resolve("data/destinations/findings.jsonl");
        assertEquals(2, Files.readAllLines(file).size());
        assertEquals(
                "Recon:EC2/Portscan",
                Doc.parse(Files.readAllLines(file).getFirst()).text("type"));
    }

    @Test
    void aSubscriberOfSnsUnderstandsANotification() throws IOException, InterruptedException {
        created("{'name':'sns','type':'sns-http','url':'" + receiver.url()
                + "','topic':'arn:aws:sns:eu-central-1:111122223333:findings','secret':'x'}");
        finding(1, 1, 5);
        Receiver.Got got = receiver.next();
        Doc notification = Doc.parse(got.body());
        assertEquals("Notification", notification.text("Type"));
        assertEquals(got.header("x-amz-sns-message-id"), notification.text("MessageId"));
        assertEquals(got.header("x-amz-sns-topic-arn"), notification.text("TopicArn"));
        assertEquals("Notification", got.header("x-amz-sns-message-type"));
        Doc event = Doc.parse(String.valueOf(notification.text("Message")));
        assertEquals(id(1), event.part("detail").text("id"));
        assertTrue(got.header("X-Tocsin-Signature").startsWith("v1="));
    }

    @Test
    void aChatGetsTextWithALinkToTheConsole() throws IOException, InterruptedException {
        webhook(",'format':'text'");
        finding(1, 1, 5);
        assertEquals(
                "[MEDIUM] t1\nd\nType: Recon:EC2/Portscan\nWhere: account " + ACCOUNT + ", " + REGION
                        + "\nWhen: 2026-03-01T12:00:00Z\nhttps://console.example.com/#/findings/" + id(1),
                receiver.next().body());
    }

    @Test
    void metadataOfACloudIsOutOfReach() throws IOException, InterruptedException {
        String id = created("{'name':'imds','type':'webhook','url':'http://169.254.169.254/latest/meta-data'}");
        Answer tested = signed(administrator, "POST", PATH + "/" + id + "/test", "");
        assertTrue(tested.text("answer").contains("metadata"), tested.text("answer"));
    }
}
