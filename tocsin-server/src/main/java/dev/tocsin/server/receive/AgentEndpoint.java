package dev.tocsin.server.receive;

import dev.tocsin.core.event.Host;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.parse.runtime.HostHeader;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.http.LargeBodies;
import dev.tocsin.server.security.ReceiverKeys;
import dev.tocsin.server.source.FirehoseSource;
import dev.tocsin.server.usage.AgentReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes what {@code tocsin agent} sends: batches of a tool's lines under a head that says whose they are, each answered 200 once the
 * store holds it, and reports on agents' health below {@code /health}. docs/agent.md describes both.
 */
public final class AgentEndpoint implements LargeBodies {

    private static final String HEALTH = "/health";
    private static final String BEARER = "Bearer ";
    private static final String REQUEST_ID_HEADER = "x-tocsin-request-id";
    private static final Pattern REQUEST_ID = Pattern.compile("([0-9A-Za-z-]{1,64})-(\\d{16})");
    private static final int LONGEST_HEAD = 16_384;
    private static final int MOST_REPORTS = 1_000;

    private static final System.Logger LOG = System.getLogger(AgentEndpoint.class.getName());

    private final Map<String, FirehoseSource> byPath = new LinkedHashMap<>();
    private final Keys keys;
    private final Reports reports;
    private final InstantSource clock;
    private final Deliveries deliveries;

    /** Tells keys. */
    @FunctionalInterface
    public interface Keys {
        /** The hosts whose key for {@code source} is {@code presented}, or null if it is none. */
        ReceiverKeys.@Nullable Host host(String source, String presented) throws IOException;
    }

    /** Takes what agents report. */
    @FunctionalInterface
    public interface Reports {
        /** Keeps {@code report} on an agent that sends to {@code source}; it is in the store when this returns. */
        void take(FirehoseSource source, AgentReport report) throws IOException;
    }

    /** For {@code sources}, each at its path. */
    public AgentEndpoint(
            List<FirehoseSource> sources,
            Keys keys,
            FirehoseEndpoint.Watcher watcher,
            Reports reports,
            InstantSource clock) {
        sources.forEach(source -> byPath.put(source.settings().path(), source));
        this.keys = keys;
        this.reports = reports;
        this.clock = clock;
        this.deliveries = new Deliveries(watcher, clock);
    }

    @Override
    public boolean isFor(String rawPath) {
        return source(rawPath) != null;
    }

    private @Nullable FirehoseSource source(String rawPath) {
        return byPath.get(
                rawPath.endsWith(HEALTH) ? rawPath.substring(0, rawPath.length() - HEALTH.length()) : rawPath);
    }

    @Override
    public ApiAnswer answer(ApiRequest head, InputStream body) {
        FirehoseSource source = Objects.requireNonNull(source(head.rawPath()));
        try {
            ReceiverKeys.Host host = host(source, head);
            if (head.rawPath().endsWith(HEALTH)) {
                health(source, host, head, body);
            } else {
                take(source, host, head, body);
            }
            return answer(200, null);
        } catch (Refused e) {
            String said = Objects.requireNonNullElse(head.header(REQUEST_ID_HEADER), "");
            deliveries.refused(source, REQUEST_ID.matcher(said).matches() ? said : "", head, e);
            return answer(e.status(), e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "source " + source.name() + ": a request failed", e);
            return answer(500, "The request could not be worked on; send it again.");
        }
    }

    private ReceiverKeys.Host host(FirehoseSource source, ApiRequest head) throws Refused, IOException {
        if (!head.method().equals("POST")) {
            throw new Refused(405, "Only POST is taken here.");
        }
        String said = Objects.requireNonNullElse(head.header("authorization"), "");
        String key = said.startsWith(BEARER) ? said.substring(BEARER.length()) : "";
        ReceiverKeys.Host host =
                key.isEmpty() || key.length() > ReceiverKeys.LONGEST ? null : keys.host(source.name(), key);
        if (host == null) {
            throw deliveries.wrongKey(
                    source, head, "The key is missing or wrong; 'tocsin keys agent' makes one for this source.");
        }
        boolean account = source.settings().binding().accounts().isEmpty()
                || source.settings().binding().accounts().contains(host.account());
        String region = source.settings().binding().region();
        if (!account || (region != null && !region.equals(host.region()))) {
            throw new Refused(403, "The source does not take hosts of the key's account or Region.");
        }
        return host;
    }

    private void health(FirehoseSource source, ReceiverKeys.Host host, ApiRequest head, InputStream body)
            throws Refused, IOException {
        Deliveries.checkOpen(source);
        for (Object one : deliveries.read(head, body, AgentEndpoint::reports)) {
            if (!(one instanceof Doc doc)) {
                throw new Refused(400, "A report is no object.");
            }
            checkInstance(host, doc.text("instanceId"));
            reports.take(source, AgentReport.of(host.account(), host.region(), doc));
        }
    }

    private static List<?> reports(byte[] body) throws Refused {
        Doc read = parsed(new String(body, StandardCharsets.UTF_8));
        List<?> all = read.get("reports") instanceof List<?> list ? list : List.of();
        if (all.size() > MOST_REPORTS) {
            throw new Refused(413, "There are more than " + MOST_REPORTS + " reports.");
        }
        return all;
    }

    private static Doc parsed(String text) throws Refused {
        try {
            return Doc.parse(text);
        } catch (IOException e) {
            throw new Refused(400, "This is no JSON object.");
        }
    }

    private static void checkInstance(ReceiverKeys.Host host, @Nullable String instance) throws Refused {
        if (host.instance() != null && !host.instance().equals(instance)) {
            throw new Refused(403, "The key is for another instance.");
        }
    }

    private void take(FirehoseSource source, ReceiverKeys.Host host, ApiRequest head, InputStream body)
            throws Refused, IOException {
        String said = Objects.requireNonNullElse(head.header(REQUEST_ID_HEADER), "");
        Matcher name = REQUEST_ID.matcher(said);
        if (!name.matches()) {
            throw new Refused(400, "X-Tocsin-Request-Id is missing or no agent's name and number.");
        }
        String id = "aws-account-id=" + host.account() + "/aws-region=" + host.region() + "/RuntimeLogs/" + said;
        deliveries.take(source, id, head, body, bytes -> {
            check(host, name, bytes);
            return made(head);
        });
    }

    /** When the batch was made: event time is believed until then. */
    private long made(ApiRequest head) {
        String made = Objects.requireNonNullElse(head.header("x-tocsin-made"), "");
        return made.matches("\\d{1,15}") ? Long.parseLong(made) : clock.millis();
    }

    /** What the head says must be what the key is for and the request is called. */
    private static void check(ReceiverKeys.Host host, Matcher name, byte[] body) throws Refused {
        int end = 0;
        while (end < body.length && end < LONGEST_HEAD && body[end] != '\n') {
            end++;
        }
        Host said = head(new String(body, 0, end, StandardCharsets.UTF_8));
        if (!host.account().equals(said.account()) || !host.region().equals(said.region())) {
            throw new Refused(403, "The key is for another account or Region.");
        }
        checkInstance(host, said.instanceId());
        if (!name.group(1).equals(said.agentId()) || Long.parseLong(name.group(2)) != said.sequence()) {
            throw new Refused(400, "X-Tocsin-Request-Id is not what the head says.");
        }
    }

    private static Host head(String line) throws Refused {
        try {
            return HostHeader.parse(line).host();
        } catch (IOException e) {
            throw new Refused(400, String.valueOf(e.getMessage()));
        }
    }

    private static ApiAnswer answer(int status, @Nullable String error) {
        return new ApiAnswer(
                status,
                Map.of("Content-Type", "application/json"),
                new Doc().with("message", error).toJson().getBytes(StandardCharsets.UTF_8));
    }
}
