package dev.tocsin.core.detect;

import dev.tocsin.core.event.NameQuery;
import java.util.Locale;

/**
 * Look-ups that mail servers make of senders' names: they see listed names all day and have no dealings with them. A TXT
 * query below a listed name that is none of these may be a tunnel, and counts.
 */
final class MailLookup {

    private MailLookup() {}

    /** Whether {@code query} asks of {@code name}, which {@code entry} lists, what only mail servers want to know. */
    static boolean is(String name, String entry, NameQuery query) {
        return switch (query.type()) {
            case "MX", "SPF" -> true;
            case "TXT" -> name.equals(entry) || isPolicyName(name) || hasPolicy(query);
            default -> false;
        };
    }

    private static boolean isPolicyName(String name) {
        return name.startsWith("_dmarc.")
                || name.startsWith("_mta-sts.")
                || name.startsWith("_smtp._tls.")
                || name.startsWith("_spf.")
                || name.contains("._domainkey.");
    }

    private static boolean hasPolicy(NameQuery query) {
        return query.answers().stream()
                .map(answer -> answer.data().toLowerCase(Locale.ROOT))
                .anyMatch(data -> data.contains("v=spf1") || data.contains("v=dmarc1") || data.contains("v=dkim1"));
    }
}
