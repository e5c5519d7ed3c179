package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.config.ConfigException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Profiles of identities over the service: who may see and change them, and what a change does to the engine at work. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class ProfilesTest extends FolderFixture {

    private static final long START = 1_772_366_400; // 2026-03-01T12:00:00Z
    private static final long DAY = 86_400;
    private static final String ALICE = "arn:aws:iam::" + ACCOUNT + ":user/alice";
    private static final String PROFILES = "/tocsin/v1/profiles";
    private static final String OF_ALICE = PROFILES + "?principal=" + URLEncoder.encode(ALICE, StandardCharsets.UTF_8);

    private int number;

    private String record(long at, String service, String action, String from, String agent) {
        return "{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"alice\",\"arn\":\""
                + ALICE
                + "\",\"accountId\":\"" + ACCOUNT + "\",\"principalId\":\"AIDAEXAMPLE\"},\"eventTime\":\""
                + Times.iso(at).substring(0, 19) + "Z\",\"eventSource\":\"" + service
                + ".amazonaws.com\",\"eventName\":\"" + action + "\",\"awsRegion\":\"" + REGION
                + "\",\"sourceIPAddress\":\"" + from + "\",\"userAgent\":\"" + agent + "\",\"eventID\":\"e-" + number++
                + "\",\"eventType\":\"AwsApiCall\",\"recipientAccountId\":\"" + ACCOUNT + "\"}";
    }

    private String habit(long at) {
        return record(at, "ec2", "DescribeInstances", "203.0.113.10", "Mozilla/5.0");
    }

    /** A daily call for ten days, a secret read from elsewhere on the next, and what comes two hours later. */
    private void attack() throws IOException {
        List<String> records = new ArrayList<>();
        for (int day = 0; day < 10; day++) {
            records.add(habit(START + day * DAY));
        }
        long at = START + 10 * DAY;
        records.add(record(at, "secretsmanager", "GetSecretValue", "198.51.100.7", "aws-cli/2.15.0"));
        drop("a.json", records);
        drop("b.json", List.of(habit(at + 7_200)));
    }

    private void drop(String name, List<String> records) throws IOException {
        Path hidden =
                Files.writeString(logs().resolve("." + name), "{\"Records\":[" + String.join(",", records) + "]}");
        Files.move(hidden, logs().resolve(name));
    }

    private Doc alice() throws IOException, InterruptedException {
        Answer answer = signed(administrator, "GET", OF_ALICE, "");
        return answer.status() == 200 ? answer.body() : new Doc();
    }

    /** Waits until alice has so many disputed values; the class's timeout ends it. */
    private Doc awaitDisputed(int count) throws IOException, InterruptedException {
        Doc profile = alice();
        while (profile.number("disputedValues", -1) != count) {
            profile = alice();
        }
        return profile;
    }

    private static String told(Doc profile, String list) {
        return String.valueOf(profile.get(list));
    }

    @Test
    void readersSeeAndAdministratorsChange() throws IOException, InterruptedException, ConfigException {
        attack();
        Doc profile = awaitDisputed(3);
        assertTrue(told(profile, "usual").contains("ec2:DescribeInstances"), profile.toString());
        assertTrue(told(profile, "disputed").contains("secretsmanager:GetSecretValue"), profile.toString());
        Key reader = key(ACCOUNT, Role.READER);
        Doc list = signed(reader, "GET", PROFILES, "").body();
        assertTrue(told(list, "profiles").contains(ALICE), list.toString());
        String accept = "{'principal':'" + ALICE + "'}";
        assertEquals(403, signed(reader, "POST", PROFILES + "/accept", accept).status());
        assertEquals(403, signed(reader, "DELETE", OF_ALICE, "").status());
        Key stranger = key("999999999999", Role.ADMINISTRATOR);
        assertEquals(404, signed(stranger, "GET", OF_ALICE, "").status());
        assertEquals(
                403,
                signed(stranger, "DELETE", OF_ALICE + "&account=" + ACCOUNT, "").status());

        assertEquals(
                202, signed(administrator, "POST", PROFILES + "/accept", accept).status());
        assertTrue(told(awaitDisputed(0), "usual").contains("secretsmanager:GetSecretValue"));
        Doc row = (Doc) ((List<?>) Objects.requireNonNull(signed(administrator, "GET", "/tocsin/v1/audit", "")
                        .body()
                        .get("entries")))
                .getFirst();
        assertEquals("AcceptAsUsual", row.text("action"));
        assertEquals(ALICE, row.part("request").text("principal"));
        restart();
        assertEquals(0, awaitDisputed(0).number("disputedValues", -1), "accepted for good");

        assertEquals(202, signed(administrator, "DELETE", OF_ALICE, "").status());
        while (!alice().isEmpty()) {
            Thread.onSpinWait();
        }
        restart();
        assertEquals(404, signed(administrator, "GET", OF_ALICE, "").status());
        assertEquals(404, signed(administrator, "DELETE", OF_ALICE, "").status(), "there is none any more");
    }

    @Test
    void aFindingOfNoUseMakesWhatLedToItUsual() throws IOException, InterruptedException {
        attack();
        awaitDisputed(3);
        String detector = String.valueOf(((List<?>) Objects.requireNonNull(
                        signed(administrator, "GET", "/detector", "").body().get("detectorIds")))
                .getFirst());
        String findings = "/detector/" + detector + "/findings";
        Object ids = null;
        while (!(ids instanceof List<?> list) || list.isEmpty()) {
            ids = signed(administrator, "POST", findings, "{}").body().get("findingIds");
        }
        String body = "{'findingIds':['" + list.getFirst() + "'],'feedback':'NOT_USEFUL'}";
        assertEquals(
                200, signed(administrator, "POST", findings + "/feedback", body).status());
        assertTrue(told(awaitDisputed(0), "usual").contains("secretsmanager:GetSecretValue"));
    }

    @Test
    void wrongQuestionsAreRefused() throws IOException, InterruptedException {
        assertEquals(404, signed(administrator, "GET", OF_ALICE, "").status());
        assertEquals(
                400, signed(administrator, "GET", PROFILES + "?who=alice", "").status());
        assertEquals(400, signed(administrator, "DELETE", PROFILES, "").status());
        assertEquals(
                400, signed(administrator, "POST", PROFILES + "/accept", "{}").status());
        assertEquals(
                400,
                signed(administrator, "POST", PROFILES + "/accept", "{'principal':'a','values':[{'feature':'x'}]}")
                        .status());
    }
}
