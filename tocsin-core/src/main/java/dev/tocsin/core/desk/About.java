package dev.tocsin.core.desk;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;

/** Which findings speak of a resource: when more becomes known of it, they are told again. */
final class About {

    /** Findings kept a resource; beyond that the oldest is not enriched any more. */
    static final int MAX = 64;

    private static final StateKind<Doc> KIND = StateKind.ofDocs("about", 1);

    private About() {}

    static void note(String entity, String findingId, KeyContext context) {
        List<String> ids = new ArrayList<>(of(entity, context));
        if (!ids.contains(findingId)) {
            ids.add(findingId);
            if (ids.size() > MAX) {
                ids.removeFirst();
            }
            context.put(KIND, entity, new Doc().with("ids", ids));
        }
    }

    static List<String> of(String entity, KeyContext context) {
        Doc entry = context.get(KIND, entity);
        return entry != null && entry.get("ids") instanceof List<?> ids
                ? ids.stream().map(String::valueOf).toList()
                : List.of();
    }
}
