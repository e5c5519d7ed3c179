package dev.tocsin.server.command;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A marked, harmless event on its way through a running service: written to a source, read, judged, kept, and sent by each
 * destination. Each step says how long it took, or what to do.
 */
final class LiveSelftest {

    /** What the whole way may take: what design and commands promise for a new finding. */
    static final Duration LONGEST = Duration.ofSeconds(45);

    private static final long STEP_MILLIS = 250;

    private final ServerClient client;
    private final MarkedEvent event;
    private final InstantSource clock;
    private final PrintWriter out;
    private final Instant begin;

    /** Is asked again and again until it knows. */
    @FunctionalInterface
    private interface Question<T> {
        @Nullable
        T ask() throws IOException, InterruptedException;
    }

    LiveSelftest(ServerClient client, MarkedEvent event, InstantSource clock, PrintWriter out) {
        this.client = client;
        this.event = event;
        this.clock = clock;
        this.out = out;
        this.begin = clock.instant();
    }

    /** Goes the whole way with what {@code way} writes; whether all of it arrived. */
    boolean run(MarkedEvent.Way way) throws IOException, InterruptedException {
        String detector = detector();
        String name = way.write(event);
        say("written", "to " + name);
        try {
            if (!read(way, name)) {
                return false;
            }
            String id = until(() -> finding(detector));
            if (id == null) {
                fail(
                        "judged",
                        "the event was read and no finding came: does a suppression rule hide " + MarkedEvent.TYPE
                                + "? The ledger and 'tocsin explain --why-not' say more");
                return false;
            }
            say("judged", "finding " + id);
            boolean all = delivered(id);
            client.ask(
                    "POST", "/detector/" + detector + "/findings/archive", new Doc().with("findingIds", List.of(id)));
            out.println("The finding is archived. " + way.remove(name));
            return all;
        } finally {
            out.flush();
        }
    }

    private String detector() throws IOException, InterruptedException {
        if (client.ask("GET", "/detector", null).get("detectorIds") instanceof List<?> ids && !ids.isEmpty()) {
            return String.valueOf(ids.getFirst());
        }
        throw new IOException("there is no detector in " + event.region()
                + ": 'aws guardduty create-detector --enable' makes one, AWS_REGION says where");
    }

    private boolean read(MarkedEvent.Way way, String name) throws IOException, InterruptedException {
        if (!way.isRead()) {
            return true;
        }
        String end = name.substring(name.lastIndexOf('/') + 1);
        Doc row = until(() -> JsonText.objects(client.ask("GET", "ledger", null).get("objects")).stream()
                .filter(one -> String.valueOf(one.text("source")).endsWith(end))
                .findFirst()
                .orElse(null));
        if (row == null) {
            fail(
                    "read",
                    "no source of the service read it: is that place one of its sources, and does /tocsin/v1/health/ready"
                            + " show it as up?");
            return false;
        }
        if (row.number("accepted", 0) == 0) {
            fail("read", "it was read and nothing of it was taken: " + Plain.text(String.valueOf(row.text("message"))));
            return false;
        }
        say("read", "by the service");
        return true;
    }

    private @Nullable String finding(String detector) throws IOException, InterruptedException {
        Doc criterion = new Doc()
                .with("type", equal(MarkedEvent.TYPE))
                .with("resource.accessKeyDetails.userName", equal(event.user()));
        Doc asked = new Doc().with("findingCriteria", new Doc().with("criterion", criterion));
        Object ids =
                client.ask("POST", "/detector/" + detector + "/findings", asked).get("findingIds");
        return ids instanceof List<?> list && !list.isEmpty() ? String.valueOf(list.getFirst()) : null;
    }

    private static Doc equal(String value) {
        return new Doc().with("equals", List.of(value));
    }

    private boolean delivered(String id) throws IOException, InterruptedException {
        Map<String, String> told = new HashMap<>();
        Boolean all = until(() -> {
            boolean open = false;
            for (Doc one : JsonText.objects(
                    client.ask("GET", "findings/" + id + "/deliveries", null).get("destinations"))) {
                String name = Objects.requireNonNullElse(one.text("name"), "");
                String status = Objects.requireNonNullElse(one.text("status"), "");
                if (status.equals("waiting")) {
                    open = true;
                } else if (told.put(name, status) == null) {
                    step(name, status);
                }
                if (status.equals("waiting") && one.text("problem") != null) {
                    told.putIfAbsent(name + " problem", String.valueOf(one.text("problem")));
                }
            }
            return open ? null : true;
        });
        if (all == null) {
            told.forEach((name, text) -> {
                if (name.endsWith(" problem")) {
                    fail(name.substring(0, name.length() - " problem".length()), "it waits: " + Plain.text(text));
                }
            });
            out.println("'tocsin destinations test NAME' tells what a receiver answers.");
            return false;
        }
        if (told.isEmpty()) {
            out.println("The service has no destinations: 'tocsin destinations add' makes one.");
        }
        return told.values().stream().noneMatch(status -> status.equals("dead"));
    }

    private void step(String name, String status) {
        switch (status) {
            case "sent" -> say(Plain.text(name), "has it");
            case "dead" -> fail(Plain.text(name), "refused it: 'tocsin destinations dead " + Plain.text(name) + "'");
            default -> out.println("  " + Plain.text(name) + ": its filters do not want it");
        }
    }

    private <T> @Nullable T until(Question<T> question) throws IOException, InterruptedException {
        Instant end = begin.plus(LONGEST);
        T answer = question.ask();
        while (answer == null && clock.instant().isBefore(end)) {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            answer = question.ask();
        }
        return answer;
    }

    private void say(String step, String what) {
        long millis = Duration.between(begin, clock.instant()).toMillis();
        out.printf(java.util.Locale.ROOT, "  %-20s after %5.1f s  %s%n", step, millis / 1000.0, what);
        out.flush();
    }

    private void fail(String step, String what) {
        out.println("  " + step + ": NOT within " + LONGEST.toSeconds() + " s: " + what);
        out.flush();
    }
}
