package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that are answered by reading logs again. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class ReplayApiTest extends ServiceFixture {

    private static final String ROOT = "Policy:IAMUser/RootCredentialUsage";
    private static final String ALICE = "arn:aws:iam::" + ACCOUNT + ":user/alice";
    private static final String REPLAYS = "/tocsin/v1/replays";

    @Override
    ServiceOptions options() {
        logs();
        ServiceOptions.Watch watch = new ServiceOptions.Watch(
                List.of(SourceConfig.folder("drop", folder.resolve("logs").toString())),
                Set.of(),
                Set.of(),
                true,
                lists -> EngineServices.NONE,
                null,
                List.of(),
                1);
        return new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", ACCOUNT, watch);
    }

    private Path logs() {
        try {
            return Files.createDirectories(folder.resolve("logs").resolve("2026/03/01"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void bring() throws IOException {
        Path hidden = Files.writeString(
                logs().resolve(".a.json"),
                "{\"Records\":[" + record("10:00", "ListUsers", 1) + "," + record("10:05", "ListUsers", 2) + ","
                        + record("10:10", "CreateUser", 3) + "]}");
        Files.move(hidden, logs().resolve("a.json"));
    }

    private static String record(String minute, String action, int number) {
        return "{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"alice\",\"arn\":\""
                + ALICE
                + "\",\"accountId\":\"" + ACCOUNT + "\",\"principalId\":\"AIDAEXAMPLE\"},\"eventTime\":\"2026-03-01T"
                + minute + ":00Z\",\"eventSource\":\"iam.amazonaws.com\",\"eventName\":\"" + action
                + "\",\"awsRegion\":\"us-east-1\",\"sourceIPAddress\":\"203.0.113.10\",\"userAgent\":\"x\",\"eventID\":\"e-"
                + number + "\",\"eventType\":\"AwsApiCall\",\"recipientAccountId\":\"" + ACCOUNT + "\"}";
    }

    /** Asks, and waits until it is answered; the class's timeout ends it. */
    private Doc answered(String question) throws IOException, InterruptedException {
        Answer asked = signed(administrator, "POST", REPLAYS, question);
        assertEquals(202, asked.status(), asked.raw().body());
        Doc now = asked.body();
        while ("READING".equals(now.text("state"))) {
            now = signed(administrator, "GET", REPLAYS + "/" + asked.text("id"), "")
                    .body();
        }
        return now;
    }

    private static List<Doc> docs(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }

    @Test
    void theFirstConditionThatFailedIsTheLast() throws IOException, InterruptedException {
        Doc done = answered("{'type':'" + ROOT + "','who':'" + ALICE + "','at':'2026-03-01T10:30:00Z'}");
        List<Doc> conditions = docs(done.part("answer"), "conditions");
        assertEquals("DONE", done.text("state"), done.toJson());
        assertTrue(conditions.size() > 2, done.toJson());
        assertEquals(false, conditions.getLast().get("met"));
        assertEquals(true, conditions.getFirst().get("met"));
        assertEquals(3, done.number("records", 0));
    }

    @Test
    void allThatSomebodyDidComesInOrder() throws IOException, InterruptedException {
        Doc done = answered("{'who':'alice','at':'2026-03-01T12:00:00Z'}");
        List<Doc> lines = docs(done.part("answer"), "lines");
        assertEquals(2, lines.size(), done.toJson());
        assertEquals(2, lines.getFirst().number("count", 0));
        assertTrue(String.valueOf(lines.getLast().text("text")).contains("CreateUser"), done.toJson());
    }

    @Test
    void whatLiesOutsideOfTheTimeIsNotRead() throws IOException, InterruptedException {
        Doc done = answered("{'who':'alice','at':'2026-03-20T12:00:00Z','days':2}");
        assertEquals(0, done.number("objects", -1), done.toJson());
        assertFalse(done.part("answer").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'who':''}",
                "{'who':'alice','days':0}",
                "{'who':'alice','days':36}",
                "{'who':'alice','at':'yesterday'}",
                "{'who':'alice','type':'Policy:IAMUser/RootCredentialUsag'}"
            })
    void whatCannotBeAskedIsRefused(String question) throws IOException, InterruptedException {
        assertEquals(400, signed(administrator, "POST", REPLAYS, question).status());
    }

    @Test
    void logsOfAllAccountsAreTheManagementAccountsAlone() throws IOException, InterruptedException {
        Answer refused = signed(key("999999999999", Role.ADMINISTRATOR), "POST", REPLAYS, "{'who':'alice'}");
        assertEquals(403, refused.status(), refused.raw().body());
    }

    @Test
    void aQuestionThatNobodyAskedIsNotThere() throws IOException, InterruptedException {
        Answer missing = signed(administrator, "GET", REPLAYS + "/nothing", "");
        assertTrue(
                missing.status() == 404 || missing.status() == 400,
                missing.raw().body());
    }
}
