package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.parse.ParseLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A name look-up that a tool saw a process make. */
final class NameLookup {

    private static final int MOST_ANSWERS = 32;

    private NameLookup() {}

    /** What Tracee's packet events say: {@code proto_dns} with questions and answers. */
    static void fill(Map<String, Object> args, HostDraft draft, Host host, Origin origin) {
        draft.action = null;
        Doc packet = args.get("proto_dns") instanceof Doc doc ? doc : new Doc();
        Object asked = packet.isEmpty() ? first(args) : packet.get("questions");
        List<Doc> questions = Values.docs(asked);
        if (questions.isEmpty()) {
            return;
        }
        String name = name(first(questions.getFirst(), "name", "query"));
        String type = first(questions.getFirst(), "type", "query_type");
        if (name == null) {
            return;
        }
        draft.action = Action.DNS;
        draft.query = query(draft, host, origin, name, type, packet.text("responseCode"), answers(packet));
    }

    private static @Nullable Object first(Map<String, Object> args) {
        Object requests = args.get("dns_questions");
        return requests == null ? args.get("dns_response") : requests;
    }

    private static @Nullable String first(Doc doc, String one, String other) {
        String text = doc.text(one);
        return text == null ? doc.text(other) : text;
    }

    /** A query of {@code host}'s process. */
    static NameQuery query(
            HostDraft draft,
            Host host,
            Origin origin,
            String name,
            @Nullable String type,
            @Nullable String code,
            List<NameQuery.Answer> answers) {
        return new NameQuery(
                origin,
                Math.floorDiv(draft.millis, 1000),
                host.account(),
                host.region(),
                null,
                name,
                type == null ? "A" : type,
                code,
                answers,
                null,
                -1,
                "UDP",
                host.instanceId(),
                null,
                null,
                null,
                0);
    }

    private static List<NameQuery.Answer> answers(Doc packet) {
        List<NameQuery.Answer> answers = new ArrayList<>();
        for (Doc answer : Values.docs(packet.get("answers"))) {
            String type = answer.text("type");
            String data = "CNAME".equals(type) ? name(answer.text("CNAME")) : Values.text(answer.get("IP"));
            if (type != null && data != null && answers.size() < MOST_ANSWERS) {
                answers.add(new NameQuery.Answer(type, data));
            }
        }
        return List.copyOf(answers);
    }

    /** In lower case without the final dot; null if it is none. */
    static @Nullable String name(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return bare.isEmpty() || bare.length() > ParseLimits.MAX_NAME ? null : bare;
    }
}
