package dev.tocsin.core.rule;

import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.parse.ApiCallReader;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** A row of {@code rules/cases.txt}: a call, and whether a rule tells it. */
public record RuleCase(String rule, boolean matches, String what, ApiCall call) {

    private static final Pattern BAR = Pattern.compile("\\s+\\|\\s*");
    private static final FieldPlan PLAN = AccountFunction.fieldPlan();
    private static final String ACCOUNT = "111122223333";

    /** All rows. */
    public static List<RuleCase> all() {
        try (InputStream in = Objects.requireNonNull(RuleCase.class.getResourceAsStream("/rules/cases.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(RuleCase::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuleCase of(String line) {
        String[] cells = BAR.split(line, -1);
        try {
            Doc more = cells.length > 6 && !cells[6].isBlank() ? Doc.parse(cells[6]) : new Doc();
            return new RuleCase(cells[0], cells[1].equals("yes"), cells[2], read(record(cells, more)));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(line, e);
        }
    }

    private static String record(String[] cells, Doc more) throws IOException {
        String[] call = cells[3].split(" ", 2);
        boolean data = Boolean.TRUE.equals(more.get("data"));
        Doc record = new Doc()
                .with("eventVersion", "1.11")
                .with("eventTime", "2026-03-01T12:00:00Z")
                .with("eventID", "e")
                .with("eventSource", call[0] + ".amazonaws.com")
                .with("eventName", call[1])
                .with("awsRegion", "eu-central-1")
                .with("sourceIPAddress", "203.0.113.10")
                .with("userAgent", more.text("agent"))
                .with("errorCode", more.text("error"))
                .with("userIdentity", identity(cells[4]))
                .with("requestParameters", cells[5].equals("null") ? null : Doc.parse(cells[5]))
                .with("responseElements", more.get("response"))
                .with("additionalEventData", more.get("additional"))
                .with("resources", more.get("resources"))
                .with("recipientAccountId", ACCOUNT)
                .with("eventCategory", data ? "Data" : "Management");
        return record.toJson();
    }

    private static Doc identity(String who) {
        Doc identity = new Doc().with("accountId", ACCOUNT).with("principalId", "P" + who);
        return switch (who) {
            case "user" ->
                identity.with("type", "IAMUser")
                        .with("userName", "alice")
                        .with("arn", "arn:aws:iam::" + ACCOUNT + ":user/alice");
            case "root" -> identity.with("type", "Root").with("arn", "arn:aws:iam::" + ACCOUNT + ":root");
            case "federated" ->
                identity.with("type", "FederatedUser").with("arn", "arn:aws:sts::" + ACCOUNT + ":federated-user/x");
            case "role" -> role(identity, "role/deploy");
            case "sso" -> role(identity, "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1");
            case "servicerole" -> role(identity, "role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO");
            case "service" -> role(identity, "role/deploy").with("invokedBy", "backup.amazonaws.com");
            default -> throw new IllegalArgumentException("who: " + who);
        };
    }

    private static Doc role(Doc identity, String path) {
        return identity.with("type", "AssumedRole")
                .with("arn", "arn:aws:sts::" + ACCOUNT + ":assumed-role/x/session")
                .with(
                        "sessionContext",
                        new Doc()
                                .with(
                                        "sessionIssuer",
                                        new Doc()
                                                .with("type", "Role")
                                                .with("arn", "arn:aws:iam::" + ACCOUNT + ":" + path)));
    }

    private static ApiCall read(String json) {
        List<Event> events = new ArrayList<>();
        RecordSink sink = new RecordSink() {
            @Override
            public void accept(Event event) {
                events.add(event);
            }

            @Override
            public void ignore(long count, String reason) {
                throw new IllegalStateException(reason + ": " + json);
            }

            @Override
            public void reject(long position, String reason) {
                throw new IllegalStateException(reason + ": " + json);
            }

            @Override
            public void note(long position, String text) {}
        };
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        ParseContext context = new ParseContext(LogObject.named("test"), PLAN, null, null);
        new ApiCallReader(context, sink, true).record(bytes, 0, bytes.length, 0);
        return (ApiCall) events.getFirst();
    }

    @Override
    public String toString() {
        return rule + (matches ? " tells " : " leaves ") + what;
    }
}
