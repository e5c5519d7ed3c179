package dev.tocsin.core.parse;

import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.NameQuery.Answer;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.parse.RawQuery.Member;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges what a resolver query record says, and makes a name query of it or says why not. */
final class QueryMaker {

    private static final int HIGHEST_PORT = 65_535;

    private final ParseContext context;
    private final RecordSink sink;
    private @Nullable String lastTime;
    private long lastAt;

    QueryMaker(ParseContext context, RecordSink sink) {
        this.context = context;
        this.sink = sink;
    }

    /** Gives the record to the sink: accepted or rejected. */
    void make(RawQuery raw, long position, int size, long hash) {
        String version = raw.filled(Member.VERSION);
        if (version != null && !isReadable(version)) {
            sink.reject(position, "version " + clip(version) + " is another structure; 1.x is read");
            return;
        }
        String time = raw.filled(Member.TIME);
        long at = time == null ? EventTime.NONE : time(time);
        if (at == EventTime.NONE) {
            sink.reject(
                    position,
                    time == null ? "record without query_timestamp" : "no time: query_timestamp " + clip(time));
            return;
        }
        String text = raw.get(Member.NAME);
        String name = text == null ? null : QueryName.of(text);
        if (name == null) {
            sink.reject(position, text == null ? "record without query_name" : "no name can be: " + clip(text));
            return;
        }
        sink.accept(query(raw, new Origin(context.object(), position, size), at, name, hash));
    }

    private NameQuery query(RawQuery raw, Origin origin, long at, String name, long hash) {
        String account = Accounts.normal(raw.get(Member.ACCOUNT));
        String region = raw.filled(Member.REGION);
        String type = raw.get(Member.TYPE);
        return new NameQuery(
                origin,
                at,
                account == null ? context.account() : account,
                region == null ? context.region() : region,
                raw.filled(Member.VPC),
                name,
                type == null ? "" : type.toUpperCase(Locale.ROOT),
                raw.filled(Member.RESPONSE_CODE),
                answers(raw.answers),
                raw.filled(Member.SOURCE_ADDRESS),
                port(raw.get(Member.SOURCE_PORT)),
                raw.filled(Member.TRANSPORT),
                raw.filled(Member.INSTANCE),
                raw.filled(Member.RESOLVER_ENDPOINT),
                raw.filled(Member.RESOLVER_INTERFACE),
                raw.filled(Member.FIREWALL_ACTION),
                hash);
    }

    private static List<Answer> answers(List<@Nullable String> raw) {
        if (raw.isEmpty()) {
            return List.of();
        }
        Answer[] answers = new Answer[raw.size() / 2];
        for (int i = 0; i < answers.length; i++) {
            String type = Objects.requireNonNullElse(raw.get(2 * i), "").toUpperCase(Locale.ROOT);
            answers[i] = new Answer(type, data(type, Objects.requireNonNullElse(raw.get(2 * i + 1), "")));
        }
        return List.of(answers);
    }

    private static String data(String type, String data) {
        return switch (type) {
            case "CNAME", "DNAME", "NS", "PTR" -> Objects.requireNonNullElse(QueryName.of(data), data);
            default -> data;
        };
    }

    /** Many records of a log share a second. */
    private long time(String text) {
        if (!text.equals(lastTime)) {
            lastAt = EventTime.parse(text);
            lastTime = text;
        }
        return lastAt;
    }

    /** Whether the major number is 1. */
    private static boolean isReadable(String version) {
        return version.equals("1") || version.startsWith("1.");
    }

    private static int port(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 5) {
            return -1;
        }
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = port * 10 + digit;
        }
        return port <= HIGHEST_PORT ? port : -1;
    }

    private static String clip(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}
